import { Client } from 'pg';
import { QueryTypes } from 'sequelize';
import { config } from '../../shared/config';
import { createSequelize } from '../../shared/db/create-sequelize';

async function statementsOf(run: (sequelize: ReturnType<typeof createSequelize>) => Promise<unknown>) {
  const statements: string[] = [];
  const sequelize = createSequelize(config.database, { onStatement: (statement) => statements.push(statement) });
  try {
    await run(sequelize);
  } finally {
    await sequelize.close();
  }
  return statements;
}

test('a new connection sends no statement of its own', async () => {
  const query = jest.spyOn(Client.prototype, 'query');
  await statementsOf((sequelize) => sequelize.query('SELECT 1'));
  expect(query.mock.calls.map(([statement]) => statement)).toEqual(['SELECT 1']);
  query.mockRestore();
});

test('a bigint is a number, and one that does not fit is an error rather than another number', async () => {
  const sequelize = createSequelize(config.database);
  const select = (text: string) => sequelize.query(`SELECT ${text}::bigint AS n`, { type: QueryTypes.SELECT });
  expect(await select('9007199254740991')).toEqual([{ n: 9007199254740991 }]);
  await expect(select('9007199254740992')).rejects.toThrow('The bigint 9007199254740992 does not fit a JSON number.');
  await sequelize.close();
});

test('statements are told with their literals hidden', async () => {
  const statements = await statementsOf(async (sequelize) => {
    await sequelize.query(`SELECT 'canary', 'it''s canary', E'\\'canary', 'back\\', 'canary', 7`);
    await sequelize.query('SELECT $1::text', { bind: ['canary'] });
    await sequelize.query('SELECT :word', { replacements: { word: "canary' OR 'canary" } });
  });
  expect(statements).toEqual(["SELECT '…', '…', '…', '…', '…', 7", 'SELECT $1::text', "SELECT '…'"]);
});

test('what is sent between quotes stays a value', async () => {
  const sequelize = createSequelize(config.database);
  for (const word of ["'; DROP TABLE users; --", '\\', "\\'", '$1', ':x', '$$', '🖋']) {
    const rows = await sequelize.query('SELECT :word AS word', { replacements: { word }, type: QueryTypes.SELECT });
    expect(rows).toEqual([{ word }]);
  }
  await sequelize.close();
});
