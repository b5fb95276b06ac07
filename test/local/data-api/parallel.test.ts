/** @jest-environment ./test/support/database-environment.ts */
import { setTimeout as sleep } from 'node:timers/promises';
import { openDataApi } from '../../support/data-api';

const serverOnly = process.env.TEST_DATABASE_URL ? describe : describe.skip;

serverOnly('on a server, as the embedded database has one backend (set TEST_DATABASE_URL)', () => {
  const { dataApi, call, execute } = openDataApi({ statementTimeoutMs: 300 });
  const sleeping = 'select pg_sleep(0.2)::text';

  afterAll(() => dataApi.close());

  test('a second call on a transaction is refused at once', async () => {
    const { transactionId } = (await call('BeginTransaction')).body;
    const first = execute(sleeping, {}, { transactionId });
    const refusals = [
      await execute('select 1', {}, { transactionId }),
      await call('CommitTransaction', { transactionId }),
    ];
    for (const { status, body } of refusals) {
      const message = 'Transaction is still running a query';
      expect({ status, ...body }).toEqual({ status: 400, __type: 'DatabaseErrorException', message });
    }
    expect(await first).toMatchObject({ status: 200 });
    expect(await call('CommitTransaction', { transactionId })).toMatchObject({ status: 200 });
  });

  test('closing waits for the statement that runs in a transaction', async () => {
    const other = openDataApi();
    const { transactionId } = (await other.call('BeginTransaction')).body;
    const running = other.execute(sleeping, {}, { transactionId });
    await sleep(20);
    await other.dataApi.close();
    expect(await running).toMatchObject({ status: 200 });
  });

  test('transactions do not see each other', async () => {
    await execute('create table seen (id int)');
    const [first, second] = await Promise.all([call('BeginTransaction'), call('BeginTransaction')]);
    await execute('insert into seen values (1)', {}, { transactionId: first?.body.transactionId });
    const { body } = await execute('select * from seen', {}, { transactionId: second?.body.transactionId });
    expect(body.records).toEqual([]);
    for (const { body } of [first, second]) await call('RollbackTransaction', { transactionId: body.transactionId });
  });

  test('a statement may take its time and no more', async () => {
    const { status, body } = await execute('select pg_sleep(2)::text');
    expect({ status, ...body }).toEqual({
      status: 400,
      __type: 'StatementTimeoutException',
      message: 'canceling statement due to statement timeout',
      dbConnectionId: expect.any(Number),
    });
  });

  test('continueAfterTimeout lets it go on without an answer', async () => {
    await execute('create table late (id int)');
    const sql = 'insert into late select 1 from pg_sleep(0.5)';
    expect(await execute(sql, {}, { continueAfterTimeout: true })).toMatchObject({
      error: 'StatementTimeoutException',
    });
    expect((await execute('select * from late')).body.records).toEqual([]);
    await sleep(400);
    expect((await execute('select * from late')).body.records).toHaveLength(1);
  });

  test('a lost backend ends its transaction', async () => {
    const { transactionId } = (await call('BeginTransaction')).body;
    const { body } = await execute('select pg_backend_pid()', {}, { transactionId });
    await execute(`select pg_terminate_backend(${body.records[0][0].longValue})`);
    await sleep(50);
    expect(await execute('select 1', {}, { transactionId })).toMatchObject({ error: 'TransactionNotFoundException' });
  });
});
