import type { Sequelize } from 'sequelize';
import { createConfig } from '../../shared/config';
import { createSequelize } from '../../shared/db/create-sequelize';
import { initModels } from '../../shared/models';
import { type OpenDatabase, openDatabase } from '../open-database';
import { readSettings, type Settings } from '../settings';

/** Lends the configured database to a command; a statement may take as long as it needs. */
export async function withDatabase(
  run: (sequelize: Sequelize, url: string) => Promise<void>,
  open: (settings: Settings) => Promise<OpenDatabase> = openDatabase,
): Promise<void> {
  const database = await open(readSettings());
  const sequelize = createSequelize(createConfig({ DATABASE_URL: database.url }).database, { statementTimeoutMs: 0 });
  initModels(sequelize);
  try {
    await run(sequelize, database.url);
  } finally {
    await sequelize.close();
    await database.close();
  }
}
