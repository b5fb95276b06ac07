import { config } from '../shared/config';
import { createSequelize } from '../shared/db/create-sequelize';
import { migrateUp } from '../shared/db/migrate';

/** Run by the deployment before the functions go live; it waits for locks as long as the function may run. */
export async function handler(): Promise<{ applied: string[] }> {
  const sequelize = createSequelize(config.database, { statementTimeoutMs: 0 });
  try {
    return { applied: await migrateUp(sequelize) };
  } finally {
    await sequelize.close();
  }
}
