import { system } from '../../shared/contract/system';
import { sequelize } from '../../shared/db';
import { createHandler } from '../../shared/http/create-handler';

export const handler = createHandler(system.getHealth, async () => {
  await sequelize.query('SELECT 1');
  return { status: 'ok', database: 'ok' } as const;
});
