import { QueryTypes, type Sequelize } from 'sequelize';
import { config } from '../../shared/config';
import { createSequelize } from '../../shared/db/create-sequelize';
import { migrateDown, migrateUp, migrationStatus } from '../../shared/db/migrate';
import { migrations } from '../../shared/db/migrations';
import { initModels } from '../../shared/models';

const names = migrations.map(({ name }) => name);

let sequelize: Sequelize;

beforeAll(() => {
  sequelize = createSequelize(config.database);
  initModels(sequelize);
});

afterAll(() => sequelize.close());

/** Type, length, nullability and whether the value comes by itself, a line a column. */
async function describeColumns() {
  const rows = await sequelize.query<{ column: string }>(
    `SELECT format('%s.%s %s(%s) %s%s', table_name, column_name, data_type,
              character_maximum_length, is_nullable, identity_generation) AS column
       FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'migrations' ORDER BY 1`,
    { type: QueryTypes.SELECT },
  );
  return rows.map(({ column }) => column);
}

async function describeForeignKeys() {
  const rows = await sequelize.query<{ key: string }>(
    `SELECT format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) AS key
       FROM pg_constraint WHERE contype = 'f' ORDER BY 1`,
    { type: QueryTypes.SELECT },
  );
  return rows.map(({ key }) => key.replace(' ON UPDATE CASCADE', ''));
}

async function revertAll() {
  while (await migrateDown(sequelize));
}

test('migrations and models describe the same tables, but for the column that only PostgreSQL writes', async () => {
  const migrated = [await describeColumns(), await describeForeignKeys()];
  await revertAll();
  await sequelize.sync();
  const declared = [await describeColumns(), await describeForeignKeys()];
  await sequelize.drop();
  await migrateUp(sequelize);
  expect(migrated[0]?.filter((column) => !column.startsWith('posts.search '))).toEqual(declared[0]);
  expect(migrated[1]).toEqual(declared[1]);
});

test('every migration goes down and up again', async () => {
  const before = await describeColumns();
  for (const name of names.toReversed()) expect(await migrateDown(sequelize)).toBe(name);
  expect(await migrateDown(sequelize)).toBeUndefined();
  expect(await describeColumns()).toEqual([]);
  expect(await migrationStatus(sequelize)).toEqual(names.map((name) => ({ name, isApplied: false })));
  expect(await migrateUp(sequelize)).toEqual(names);
  expect(await migrateUp(sequelize)).toEqual([]);
  expect(await describeColumns()).toEqual(before);
});

test('runners that start together apply each migration once', async () => {
  await revertAll();
  await sequelize.query('DROP TABLE migrations');
  const runners = Array.from({ length: 3 }, () => createSequelize(config.database));
  const applied = await Promise.all(runners.map(migrateUp));
  await Promise.all(runners.map((runner) => runner.close()));
  expect(applied.flat().sort()).toEqual(names);
});

test('a migration that fails leaves nothing of itself behind', async () => {
  await revertAll();
  await sequelize.query('CREATE TABLE sessions ()');
  await expect(migrateUp(sequelize)).rejects.toThrow('relation "sessions" already exists');
  expect((await migrationStatus(sequelize)).map(({ isApplied }) => isApplied)).toEqual([true, true, false]);
  await sequelize.query('DROP TABLE sessions');
  expect(await migrateUp(sequelize)).toEqual(['0003-create-sessions']);
});

test('every time holds milliseconds, all that a JavaScript Date can, so that a cursor names it exactly', async () => {
  const rows = await sequelize.query(
    `SELECT DISTINCT datetime_precision FROM information_schema.columns
      WHERE table_schema = 'public' AND data_type LIKE 'timestamp%'`,
    { type: QueryTypes.SELECT },
  );
  expect(rows).toEqual([{ datetime_precision: 3 }]);
});

test('names and titles sort by code point on every server', async () => {
  const rows = await sequelize.query<{ column_name: string }>(
    `SELECT column_name FROM information_schema.columns WHERE collation_name = 'C' AND table_schema = 'public' ORDER BY 1`,
    { type: QueryTypes.SELECT },
  );
  expect(rows.map(({ column_name }) => column_name)).toEqual(['name', 'title']);
});
