/** @jest-environment ./test/support/database-environment.ts */
import { openDataApi } from '../../support/data-api';

const { dataApi, call, execute } = openDataApi();
const lenient = openDataApi({
  switches: {
    float4: 'shortest',
    nonFiniteNumbers: 'string',
    datesBeforeChrist: 'text',
    undocumentedTypes: 'text',
  },
});

afterAll(() => Promise.all([dataApi.close(), lenient.dataApi.close()]));

async function fieldOf(expression: string, members: object = {}) {
  const { body } = await execute(`select ${expression}`, {}, members);
  return body.records?.[0][0] ?? body;
}

test.each([
  ['true', { booleanValue: true }],
  ['null::bool', { isNull: true }],
  ['32767::int2', { longValue: 32767 }],
  ['1.5::float8', { doubleValue: 1.5 }],
  ['1e300::float8', { doubleValue: 1e300 }],
  ['0.1::float4', { doubleValue: 0.10000000149011612 }],
  ['1.50::numeric', { stringValue: '1.50' }],
  ["'NaN'::numeric", { stringValue: 'NaN' }],
  ['25::oid', { stringValue: '25' }],
  ["'a'::char(3)", { stringValue: 'a  ' }],
  ["'a\"\\ü'::name", { stringValue: 'a"\\ü' }],
  ["'550E8400-e29b-41d4-a716-446655440000'::uuid", { stringValue: '550e8400-e29b-41d4-a716-446655440000' }],
  ["'2024-01-15'::date", { stringValue: '2024-01-15' }],
  ["'10:30:00.1'::time", { stringValue: '10:30:00.100' }],
  ["'2024-01-15 10:30:00'::timestamp", { stringValue: '2024-01-15 10:30:00' }],
  ["'2024-01-15 10:30:00.1234'::timestamp", { stringValue: '2024-01-15 10:30:00.123400' }],
  ["'2024-01-15 12:34:56+09'::timestamptz", { stringValue: '2024-01-15 03:34:56' }],
  ["'2024-01-15 12:34:56.78+09'::timestamptz", { stringValue: '2024-01-15 03:34:56.780' }],
  [`'{"b" : [1, 2.50, 1e2], "a":"x  \\u00e9"}'::json`, { stringValue: '{"b":[1,2.5,100],"a":"x  é"}' }],
  [`'{"b" : null}'::jsonb`, { stringValue: '{"b":null}' }],
  ["'\\x6869'::bytea", { blobValue: 'aGk=' }],
  ["'10.0.0.1/8'::inet", { stringValue: '10.0.0.1/8' }],
  ["'[1,5)'::int4range", { stringValue: '[1,5)' }],
  ["'{1,NULL,3}'::int[]", { arrayValue: { longValues: [1, null, 3] } }],
  ["'{}'::int8[]", { arrayValue: { longValues: [] } }],
  ["'[2:3]={1,2}'::int[]", { arrayValue: { longValues: [1, 2] } }],
  [
    "array['a,b','c\"d','e\\f','NULL','',null]",
    { arrayValue: { stringValues: ['a,b', 'c"d', 'e\\f', 'NULL', '', null] } },
  ],
  ["'{t,f}'::bool[]", { arrayValue: { booleanValues: [true, false] } }],
  ["'{1.5,2}'::float8[]", { arrayValue: { doubleValues: [1.5, 2] } }],
  ["'{1.50}'::numeric[]", { arrayValue: { stringValues: ['1.50'] } }],
  ["array['2024-01-15 12:00+01'::timestamptz]", { arrayValue: { stringValues: ['2024-01-15 11:00:00'] } }],
  ['array[\'{"a": 1}\'::json]', { arrayValue: { stringValues: ['{"a":1}'] } }],
])('%s', async (expression, field) => {
  expect(await fieldOf(expression)).toEqual(field);
});

test.each([
  ['\'a\'::"char"', '"CHAR"'],
  ["interval '1 day'", 'INTERVAL'],
  ["'10:00+01'::timetz", 'TIMETZ'],
  ["'1'::money", 'MONEY'],
  ["'(1,2)'::point", 'POINT'],
  ["'pg_class'::regclass", 'regclass'],
  ["'1 2'::int2vector", 'int2vector'],
  ["array[interval '1 day']", 'INTERVAL[]'],
  ["array['a'::name]", 'NAME[]'],
  ["'a'::tsvector", 'tsvector'],
  ["B'1'", 'BIT'],
  ['row(1)', 'RECORD'],
])('%s is unsupported as %s', async (expression, name) => {
  const message = `The result contains the unsupported data type ${name}.`;
  expect(await fieldOf(expression)).toEqual({ __type: 'UnsupportedResultException', message });
  const { body } = await execute(`select ${expression} where false`, {}, { includeResultMetadata: true });
  expect(body.records).toEqual([]);
  expect(body.columnMetadata).toHaveLength(1);
});

test.each(['{{1,2},{3,4}}', '[1:1][2:3]={{1,2}}'])('an array of two dimensions, %s, is unsupported', async (text) => {
  const message = 'The result contains a multidimensional array';
  expect(await fieldOf(`'${text}'::int[]`)).toEqual({ __type: 'UnsupportedResultException', message });
});

test.each([
  "'infinity'::timestamptz",
  "'-infinity'::date",
  "'NaN'::float8",
  "'{Infinity}'::float4[]",
  "'0044-03-15 BC'::date",
  "'1e400'::jsonb",
])('%s is a failure without a message', async (expression) => {
  const answer = await execute(`select ${expression}`);
  expect(answer).toEqual({ status: 500, error: 'InternalFailure', body: { __type: 'InternalFailure' } });
});

test.each([
  ['0.1::float4', { doubleValue: 0.1 }],
  ["'NaN'::float8", { doubleValue: 'NaN' }],
  ["'0044-03-15 BC'::date", { stringValue: '0044-03-15 BC' }],
  ["'a'::tsvector", { stringValue: "'a'" }],
  ["array['a'::name]", { arrayValue: { stringValues: ['a'] } }],
])('%s, by a switch', async (expression, field) => {
  expect((await lenient.execute(`select ${expression}`)).body.records).toEqual([[field]]);
});

test('enums and domains, made in the transaction that reads them', async () => {
  const { transactionId } = (await call('BeginTransaction')).body;
  await execute("create type mood as enum ('sad', 'ok')", {}, { transactionId });
  await execute('create domain positive as int check (value > 0)', {}, { transactionId });
  const { body } = await execute("select 'ok'::mood, 5::positive", {}, { transactionId });
  expect(body.records).toEqual([[{ stringValue: 'ok' }, { longValue: 5 }]]);
  await call('RollbackTransaction', { transactionId });
});

test.each([
  ["set local datestyle to 'German'", "'2024-01-15'::date"],
  ["set local bytea_output to 'escape'", "'a'::bytea"],
])('%s is not misread', async (setting, expression) => {
  const { transactionId } = (await call('BeginTransaction')).body;
  await execute(setting, {}, { transactionId });
  expect(await execute(`select ${expression}`, {}, { transactionId })).toMatchObject({ error: 'InternalFailure' });
  await call('RollbackTransaction', { transactionId });
});

test('timestamptz is in UTC in any session time zone', async () => {
  const { transactionId } = (await call('BeginTransaction')).body;
  await execute("set local time zone 'Asia/Kolkata'", {}, { transactionId });
  const expression = "'2024-03-01 01:00:00.5+00'::timestamptz, '0001-01-01 00:00:00+00'::timestamptz";
  const { body } = await execute(`select ${expression}`, {}, { transactionId });
  expect(body.records).toEqual([[{ stringValue: '2024-03-01 01:00:00.500' }, { stringValue: '0001-01-01 00:00:00' }]]);
  await call('RollbackTransaction', { transactionId });
});
