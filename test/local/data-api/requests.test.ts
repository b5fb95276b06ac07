/** @jest-environment ./test/support/database-environment.ts */
import { ARNS, openDataApi, send } from '../../support/data-api';

const { dataApi, database, call, execute } = openDataApi();

afterAll(() => dataApi.close());

test('answers JSON with a request id', async () => {
  const body = JSON.stringify({ ...ARNS, database, sql: 'select 1' });
  const response = await dataApi.fetch(new Request('http://localhost/Execute', { method: 'POST', body }));
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(response.headers.get('x-amzn-requestid')).toMatch(/^[\da-f-]{36}$/);
  expect(await response.json()).toEqual({ numberOfRecordsUpdated: 0, records: [[{ longValue: 1 }]] });
});

test.each([
  ['no JSON', '{'],
  ['a list', '[]'],
  ['no object', 'null'],
])('refuses %s', async (_, body) => {
  expect(await send(dataApi, 'Execute', body)).toMatchObject({ status: 400, error: 'ValidationException' });
});

test.each([
  ['Execute', { sql: null }, "Value at 'sql'.* must not be null"],
  ['Execute', { resourceArn: undefined }, "'resourceArn'.* must not be null"],
  ['Execute', { sql: 'select 1', secretArn: 'arn:aws:r' }, "'secretArn'.*greater than or equal to 11"],
  ['Execute', { sql: 'select 1', resourceArn: 'a'.repeat(101) }, "'resourceArn'.*less than or equal to 100"],
  ['Execute', { sql: 'select 1', database: 'a'.repeat(65) }, "'database'.*less than or equal to 64"],
  ['Execute', { sql: `select '${'a'.repeat(65_536)}'` }, "'sql'.*less than or equal to 65536"],
  ['Execute', { sql: 'select 1', schema: 'public' }, "^The schema parameter isn't supported$"],
  ['BeginTransaction', { schema: 'public' }, "^The schema parameter isn't supported$"],
  ['Execute', { sql: 5 }, "'sql'.* type string"],
  ['Execute', { sql: 'select 1', formatRecordsAs: 'XML' }, "'formatRecordsAs'.*NONE, JSON"],
  ['Execute', { sql: 'select 1', resultSetOptions: { longReturnType: 'X' } }, "'longReturnType'"],
  ['CommitTransaction', {}, "'transactionId'.* must not be null"],
  ['CommitTransaction', { transactionId: 'a'.repeat(193) }, "'transactionId'.*equal to 192"],
  ['BatchExecute', { sql: 'select 1', parameterSets: [{}] }, 'not a list'],
])('%s refuses %j', async (operation, members, message) => {
  const answer = await call(operation, members);
  expect(answer).toMatchObject({ status: 400, error: 'ValidationException' });
  expect(answer.body).toEqual({ __type: 'ValidationException', message: expect.stringMatching(message) });
});

test('refuses more than 4 MiB', async () => {
  const answer = await execute('select :a', { a: { stringValue: 'x'.repeat(4 * 1024 * 1024) } });
  expect(answer).toMatchObject({ status: 413, error: 'RequestEntityTooLargeException' });
});

test('knows five operations', async () => {
  expect(await send(dataApi, 'ExecuteSql', '{}')).toMatchObject({ status: 400, error: 'BadRequestException' });
  expect(await send(dataApi, 'Other', '{}')).toMatchObject({ status: 404, error: 'UnknownOperationException' });
  expect(await send(dataApi, 'constructor', '{}')).toMatchObject({ status: 404 });
  expect(await send(dataApi, 'Execute', '', 'GET')).toMatchObject({ status: 404 });
});

test('does not take the secret’s database when none is named', async () => {
  const { status, body } = await execute('select 1', {}, { database: undefined });
  expect(status).toBe(400);
  expect(body).toEqual({
    __type: 'DatabaseErrorException',
    message: 'ERROR: database "postgres" does not exist; SQLState: 3D000',
  });
});

test('says that a database does not exist', async () => {
  const { body } = await execute('select 1', {}, { database: 'nowhere' });
  expect(body.message).toMatch(/^ERROR: database "nowhere" does not exist(; .*)?; SQLState: 3D000$/);
});

test('answers 504 without a message when there is no server', async () => {
  const lost = openDataApi({ databaseUrl: 'postgresql://postgres@127.0.0.1:1/postgres', onError: () => {} });
  const answer = await lost.execute('select 1');
  expect(answer).toEqual({
    status: 504,
    error: 'DatabaseUnavailableException',
    body: { __type: 'DatabaseUnavailableException' },
  });
  await lost.dataApi.close();
});
