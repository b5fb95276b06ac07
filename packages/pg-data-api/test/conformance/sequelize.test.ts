import { DataTypes, Sequelize } from 'sequelize';
import { type Driver, openDriver, openPg } from '../support/drivers';

const { driver, calls, close, database } = openDriver();
afterAll(close);

function open(dialectModule: object) {
  return new Sequelize(database, 'u', 'p', { dialect: 'postgres', dialectModule, logging: false });
}

async function exercise(dialectModule: Driver) {
  const sequelize = open(dialectModule);
  const Thing = sequelize.define(
    'Thing',
    {
      name: { type: DataTypes.STRING, unique: true },
      kind: DataTypes.ENUM('a', "b'c"),
      amount: DataTypes.DECIMAL(10, 2),
      big: DataTypes.BIGINT,
      ratio: DataTypes.DOUBLE,
      ok: DataTypes.BOOLEAN,
      day: DataTypes.DATEONLY,
      at: DataTypes.DATE,
      time: DataTypes.TIME,
      uuid: DataTypes.UUID,
      json: DataTypes.JSONB,
      blob: DataTypes.BLOB,
      tags: DataTypes.ARRAY(DataTypes.STRING),
      address: DataTypes.INET,
    },
    { timestamps: false, indexes: [{ fields: ['amount', 'big'] }] },
  );
  const values = (name: string) => ({
    name,
    kind: "b'c",
    amount: '1.50',
    big: '9007199254740993',
    ratio: 0.1,
    ok: true,
    day: '2024-01-15',
    at: new Date('2024-01-15T10:30:00.123Z'),
    time: '10:30:00',
    uuid: '550e8400-e29b-41d4-a716-446655440000',
    json: { 'a:b': "it's \\ $1" },
    blob: Buffer.from([0, 255]),
    tags: ['a,b', 'c"d', "e'\\"],
    address: '10.0.0.1',
  });
  const plain = (rows: { get(options: object): unknown }[]) => rows.map((row) => row.get({ plain: true }));
  const failure = (error: Record<string, unknown>) => ({
    name: error.name,
    message: error.message,
    fields: error.fields,
  });
  const seen: unknown[] = [];
  await sequelize.sync({ force: true });
  await sequelize.sync({ alter: true });
  seen.push(
    plain([await Thing.create(values("x'\\"))]),
    plain(await Thing.bulkCreate([values('y'), values('z')] as never)),
  );
  seen.push(
    plain(await Thing.findAll({ order: ['id'] })),
    await Thing.count({ where: { json: { 'a:b': "it's \\ $1" } } }),
  );
  seen.push((await Thing.findOrCreate({ where: { name: 'w' }, defaults: values('w') as never })).map(String).length);
  seen.push(await Thing.findOrCreate({ where: { name: 'w' } }).then(([row, isNew]) => [row.get('name'), isNew]));
  seen.push(await Thing.upsert({ ...values('v'), id: 1 }).then(([row]) => row.get({ plain: true })));
  seen.push(await Thing.create(values('v')).catch(failure), await Thing.increment('amount', { where: { id: 1 } }));
  seen.push(await Thing.update({ ok: false }, { where: { id: 2 }, returning: true }).then(([count]) => count));
  await sequelize
    .transaction({ isolationLevel: 'SERIALIZABLE' as never }, async (transaction) => {
      await Promise.all([1, 2, 3].map((id) => Thing.findByPk(id, { transaction, lock: true })));
      await Thing.destroy({ where: {}, transaction });
      await sequelize.transaction({ transaction }, () => Promise.reject(new Error('inner'))).catch(failure);
      throw new Error('rolled back');
    })
    .catch(failure);
  seen.push(await Thing.count());
  const { queryInterface } = sequelize as never as { queryInterface: ReturnType<Sequelize['getQueryInterface']> };
  seen.push(await queryInterface.describeTable('Things'), await queryInterface.showIndex('Things'));
  await sequelize.close();
  return seen;
}

test('models and the query interface see what they see over pg', async () => {
  const actual = await exercise(driver as unknown as Driver);
  const expected = await exercise(openPg());
  for (const [index, outcome] of expected.entries()) expect(actual[index]).toEqual(outcome);
}, 20_000);

test('a statement costs one call, a transaction two more', async () => {
  const sequelize = open(driver);
  await sequelize.authenticate();
  calls.length = 0;
  await sequelize.query('SELECT 1');
  await sequelize.transaction(async (transaction) => {
    await sequelize.query('SELECT 1', { transaction });
  });
  await sequelize.close();
  expect(calls).toEqual(['Execute', 'BeginTransaction', 'Execute', 'CommitTransaction']);
});
