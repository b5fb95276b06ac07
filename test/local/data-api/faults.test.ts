/** @jest-environment ./test/support/database-environment.ts */
import type { FaultOf } from '../../../local/data-api/faults';
import { resumingFor, throttling } from '../../../local/data-api/faults';
import { serve } from '../../../local/serve';
import { ARNS, openDataApi } from '../../support/data-api';
import { ManualClock } from '../../support/manual-clock';

let faultOf: FaultOf = () => undefined;
const { dataApi, database, call, execute } = openDataApi({ faultOf: (asked) => faultOf(asked) });

beforeAll(() => execute('create table struck (id int)'));
afterEach(() => {
  faultOf = () => undefined;
});
afterAll(() => dataApi.close());

async function countStruck() {
  return (await execute('select count(*) from struck')).body.records[0][0].longValue;
}

test('an instance resumes for the seconds given', async () => {
  const clock = new ManualClock();
  const resuming = openDataApi({ faultOf: resumingFor(2, () => clock.now()) });
  const message =
    `The Aurora DB instance ${ARNS.resourceArn} is resuming after being auto-paused. ` +
    'Please wait a few seconds and try again.';
  for (const ms of [0, 1999]) {
    clock.advance(ms);
    expect(await resuming.execute('select 1')).toEqual({
      status: 400,
      error: 'DatabaseResumingException',
      body: { __type: 'DatabaseResumingException', message },
    });
  }
  clock.advance(1);
  expect(await resuming.execute('select 1')).toMatchObject({ status: 200 });
  await resuming.dataApi.close();
});

test('calls are throttled by their number', async () => {
  const throttled = openDataApi({ faultOf: throttling(1, 3) });
  const statuses = [];
  for (let number = 1; number <= 4; number += 1) statuses.push((await throttled.execute('select 1')).error);
  expect(statuses).toEqual(['ThrottlingException', null, 'ThrottlingException', null]);
  await throttled.dataApi.close();
});

test.each([
  ['InternalServerErrorException', 500],
  ['ServiceUnavailableError', 503],
  ['DatabaseUnavailableException', 504],
] as const)('%s comes before the call is carried out, or after', async (error, status) => {
  const before = await countStruck();
  faultOf = () => ({ kind: 'error', error, when: 'before' });
  expect(await execute('insert into struck values (1)')).toEqual({ status, error, body: { __type: error } });
  faultOf = ({ sql }) => (sql?.startsWith('insert') ? { kind: 'error', error, when: 'after' } : undefined);
  expect(await execute('insert into struck values (1)')).toMatchObject({ status });
  expect(await countStruck()).toBe(before + 1);
});

test('the answer to a commit is lost: the connection ends and the work is done', async () => {
  const serving = await serve(dataApi.fetch, { port: 0, onError: () => {} });
  const before = await countStruck();
  const { transactionId } = (await call('BeginTransaction')).body;
  await execute('insert into struck values (2)', {}, { transactionId });
  faultOf = ({ operation }) => (operation === 'CommitTransaction' ? { kind: 'lost-answer' } : undefined);
  const body = JSON.stringify({ ...ARNS, transactionId });
  const answer = fetch(`${serving.url}/CommitTransaction`, { method: 'POST', body }).then((response) =>
    response.text(),
  );
  await expect(answer).rejects.toThrow();
  expect(await countStruck()).toBe(before + 1);
  await serving.close();
});

test('a transaction expires in the middle', async () => {
  const { transactionId } = (await call('BeginTransaction')).body;
  const before = await execute('insert into struck values (3) returning id', {}, { transactionId });
  expect(before).toMatchObject({ status: 200 });
  faultOf = ({ sql }) => (sql === 'select 2' ? { kind: 'expired-transaction' } : undefined);
  expect(await execute('select 2', {}, { transactionId, database })).toMatchObject({
    status: 404,
    error: 'TransactionNotFoundException',
  });
});
