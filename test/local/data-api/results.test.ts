/** @jest-environment ./test/support/database-environment.ts */
import { openDataApi } from '../../support/data-api';

const { dataApi, execute } = openDataApi();
const lenient = openDataApi({ switches: { returningCount: 'affected' } });

afterAll(() => Promise.all([dataApi.close(), lenient.dataApi.close()]));

test('resultSetOptions choose the members of integers and decimals', async () => {
  const sql = 'select 9007199254740993::int8, 1.5::numeric, 2::numeric';
  const asText = { resultSetOptions: { longReturnType: 'STRING' } };
  expect((await execute(sql, {}, asText)).body.records[0][0]).toEqual({ stringValue: '9007199254740993' });
  const asNumbers = { resultSetOptions: { decimalReturnType: 'DOUBLE_OR_LONG' } };
  const { body } = await execute(sql, {}, asNumbers);
  expect(body.records[0].slice(1)).toEqual([{ doubleValue: 1.5 }, { longValue: 2 }]);
});

test('formatRecordsAs JSON', async () => {
  const sql = `select 1 as a, null as b, array['x',null] as c, '\\x6869'::bytea as d, 1.5::float8 as e`;
  const { body } = await execute(sql, {}, { formatRecordsAs: 'JSON', includeResultMetadata: true });
  expect(body).toEqual({ formattedRecords: expect.any(String), numberOfRecordsUpdated: 0 });
  expect(JSON.parse(body.formattedRecords)).toEqual([{ a: 1, b: null, c: ['x', null], d: 'aGk=', e: 1.5 }]);
  const twice = await execute('select 1 as a, 2 as a', {}, { formatRecordsAs: 'JSON' });
  expect(twice.error).toBe('ValidationException');
});

test('counts what was changed, and not what was returned', async () => {
  await execute('create table counted (id serial primary key, name varchar(7) not null, price numeric(8,2))');
  const insert = "insert into counted (name) values ('a'), ('b')";
  expect((await execute(insert)).body).toEqual({ generatedFields: [], numberOfRecordsUpdated: 2 });
  const returning = await execute(`${insert} returning id`);
  expect(returning.body).toEqual({ numberOfRecordsUpdated: 0, records: [[{ longValue: 3 }], [{ longValue: 4 }]] });
  expect((await lenient.execute('delete from counted returning id')).body.numberOfRecordsUpdated).toBe(4);
});

test('columnMetadata has 14 members', async () => {
  const { body } = await execute(
    'select id, name as label, price, 1 as one from counted',
    {},
    { includeResultMetadata: true },
  );
  expect(body.columnMetadata[0]).toEqual({
    arrayBaseColumnType: 0,
    isAutoIncrement: true,
    isCaseSensitive: false,
    isCurrency: false,
    isSigned: true,
    label: 'id',
    name: 'id',
    nullable: 0,
    precision: 10,
    scale: 0,
    schemaName: '',
    tableName: 'counted',
    type: 4,
    typeName: 'serial',
  });
  expect(body.columnMetadata.slice(1)).toMatchObject([
    { name: 'label', typeName: 'varchar', precision: 7, nullable: 0 },
    { typeName: 'numeric', precision: 8, scale: 2, nullable: 1 },
    { typeName: 'int4', tableName: '', nullable: 2 },
  ]);
});

test('a result of more than 1 MiB is refused', async () => {
  expect(await execute("select repeat('x', 1000000)")).toMatchObject({ status: 200 });
  const message = 'The result exceeds the size limit 1 MB';
  expect((await execute("select repeat('x', 1100000)")).body).toEqual({
    __type: 'UnsupportedResultException',
    message,
  });
  expect((await execute('select generate_series(1, 120000)')).body).toMatchObject({ message });
});
