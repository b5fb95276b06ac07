/** @jest-environment ./test/support/database-environment.ts */
import { openDataApi } from '../../support/data-api';
import { ManualClock } from '../../support/manual-clock';

const clock = new ManualClock();
const { dataApi, call, execute } = openDataApi({ clock });

beforeAll(() => execute('create table ledger (id int primary key)'));
afterAll(() => dataApi.close());

async function begin() {
  const { body } = await call('BeginTransaction');
  return { transactionId: body.transactionId as string };
}

async function countLedger() {
  return (await execute('select count(*) from ledger')).body.records[0][0].longValue;
}

test('a transaction is committed, or rolled back', async () => {
  const first = await begin();
  expect(first.transactionId).toMatch(/^[\w+/=]{184}$/);
  await execute('insert into ledger values (1)', {}, first);
  expect((await call('CommitTransaction', first)).body).toEqual({ transactionStatus: 'Transaction Committed' });
  const second = await begin();
  await execute('insert into ledger values (2)', {}, second);
  expect((await call('RollbackTransaction', second)).body).toEqual({ transactionStatus: 'Rollback Complete' });
  expect(await countLedger()).toBe(1);
});

test.each(['Execute', 'BatchExecute', 'CommitTransaction', 'RollbackTransaction'])(
  '%s does not know an id',
  async (name) => {
    const answer = await call(name, { transactionId: 'AXy', sql: 'select 1', parameterSets: [[]] });
    expect(answer).toMatchObject({
      status: 404,
      body: { __type: 'TransactionNotFoundException', message: 'Transaction AXy is not found' },
    });
  },
);

test('an empty id is not the lack of one', async () => {
  expect(await execute('select 1', {}, { transactionId: '' })).toMatchObject({ status: 404 });
});

test('a failed statement leaves the transaction aborted until its savepoint, or its end', async () => {
  const transaction = await begin();
  await execute('savepoint a', {}, transaction);
  await execute('selekt', {}, transaction);
  expect((await execute('select 1', {}, transaction)).body.message).toBe(
    'ERROR: current transaction is aborted, commands ignored until end of transaction block; SQLState: 25P02',
  );
  await execute('rollback to savepoint a', {}, transaction);
  expect(await execute('select 1', {}, transaction)).toMatchObject({ status: 200 });
  await execute('selekt', {}, transaction);
  expect((await call('CommitTransaction', transaction)).body).toEqual({ transactionStatus: 'Transaction Committed' });
  expect(await call('CommitTransaction', transaction)).toMatchObject({ status: 404 });
});

test.each([
  ['rolled-back', { transactionStatus: 'Rollback Complete' }],
  ['refused', { __type: 'DatabaseErrorException', message: expect.stringMatching(/SQLState: 25P02$/) }],
] as const)('a commit of an aborted transaction is %s by a switch', async (commitOfAborted, body) => {
  const other = openDataApi({ switches: { commitOfAborted } });
  const { transactionId } = (await other.call('BeginTransaction')).body;
  await other.execute('selekt', {}, { transactionId });
  expect((await other.call('CommitTransaction', { transactionId })).body).toEqual(body);
  await other.dataApi.close();
});

test('several statements, arrays and unsupported types do not abort a transaction', async () => {
  const transaction = await begin();
  expect((await execute('select 1; select 2', {}, transaction)).error).toBe('ValidationException');
  expect((await execute("select interval '1 day'", {}, transaction)).error).toBe('UnsupportedResultException');
  expect(await execute('select 1', {}, transaction)).toMatchObject({ status: 200 });
  await call('RollbackTransaction', transaction);
});

test('a transaction expires after 3 minutes without a call, and after 24 hours', async () => {
  const idle = await begin();
  clock.advance(179_000);
  expect(await execute('select 1', {}, idle)).toMatchObject({ status: 200 });
  clock.advance(179_000);
  expect(await execute('insert into ledger values (3)', {}, idle)).toMatchObject({ status: 200 });
  clock.advance(181_000);
  expect(await execute('select 1', {}, idle)).toMatchObject({ error: 'TransactionNotFoundException' });
  expect(await countLedger()).toBe(1);
  const long = await begin();
  for (let hours = 0; hours < 24; hours += 1 / 24) {
    await execute('select 1', {}, long);
    clock.advance(150_000);
  }
  expect(await execute('select 1', {}, long)).toMatchObject({ error: 'TransactionNotFoundException' });
});

test('COMMIT as text ends the work and keeps the id', async () => {
  const transaction = await begin();
  await execute('insert into ledger values (4)', {}, transaction);
  await execute('commit', {}, transaction);
  expect(await countLedger()).toBe(2);
  expect(await execute('select 1', {}, transaction)).toMatchObject({ status: 200 });
  await call('RollbackTransaction', transaction);
});

test('a transaction keeps its session, and belongs to its database and cluster', async () => {
  const transaction = await begin();
  await execute('set local search_path to elsewhere', {}, transaction);
  const { body } = await execute('show search_path', {}, transaction);
  expect(body.records).toEqual([[{ stringValue: 'elsewhere' }]]);
  expect(await execute('select 1', {}, { ...transaction, database: 'other' })).toMatchObject({
    error: 'ValidationException',
  });
  const resourceArn = 'arn:aws:rds:us-east-1:000000000000:cluster:other';
  expect(await execute('select 1', {}, { ...transaction, resourceArn })).toMatchObject({ status: 404 });
  await call('RollbackTransaction', transaction);
});

test('without a transaction nothing of a session is left', async () => {
  await execute('set search_path to elsewhere');
  await execute('begin');
  await execute('prepare p as select 1');
  await execute('create temp table scratch (id int)');
  expect((await execute('show search_path')).body.records[0][0].stringValue).toContain('public');
  expect((await execute('execute p')).body.message).toMatch(/SQLState: 26000$/);
  expect((await execute('select * from scratch')).body.message).toMatch(/SQLState: 42P01$/);
  expect((await execute('show timezone')).body.records).toEqual([[{ stringValue: 'UTC' }]]);
});

describe('a batch', () => {
  const insert = 'insert into ledger values (:id) returning id';
  const setsOf = (...ids: number[]) => ids.map((longValue) => [{ name: 'id', value: { longValue } }]);

  test('runs once for each set and drops the rows', async () => {
    const answer = await call('BatchExecute', { sql: insert, parameterSets: setsOf(10, 11) });
    expect(answer.body).toEqual({ updateResults: [{ generatedFields: [] }, { generatedFields: [] }] });
  });

  test('runs nothing without a set, and once for an empty one', async () => {
    expect((await call('BatchExecute', { sql: 'select 1' })).body).toEqual({ updateResults: [] });
    const answer = await call('BatchExecute', { sql: 'select 1', parameterSets: [[]] });
    expect(answer.body).toEqual({ updateResults: [{ generatedFields: [] }] });
  });

  test('is all or nothing, or not, by the switch', async () => {
    expect((await call('BatchExecute', { sql: insert, parameterSets: setsOf(20, 10) })).body.message).toMatch(/23505$/);
    expect((await execute('select 1 from ledger where id = 20')).body.records).toEqual([]);
    const other = openDataApi({ switches: { batchIsAtomic: false } });
    await other.call('BatchExecute', { sql: insert, parameterSets: setsOf(20, 10) });
    expect((await execute('select 1 from ledger where id = 20')).body.records).toHaveLength(1);
    await other.dataApi.close();
  });
});
