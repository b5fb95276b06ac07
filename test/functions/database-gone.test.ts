import { setTimeout } from 'node:timers/promises';
import { operations } from '../../shared/contract';
import type { Operation } from '../../shared/contract/route';
import { api } from '../support/api';
import { type DatabaseProxy, startDatabaseProxy } from '../support/database-proxy';
import type { Scene } from '../support/scene';

const needsDatabase = operations.filter((operation) => operation.needsDatabase !== false);
const needsNone = operations.filter((operation) => operation.needsDatabase === false);

let proxy: DatabaseProxy;
let scenes: typeof import('../support/scene');
let requests: typeof import('../support/request-of');

/** What names the way to the database; the handlers read it when they are first imported. */
const variable = process.env.DATABASE_URL ? 'DATABASE_URL' : 'AWS_ENDPOINT_URL_RDS_DATA';

beforeAll(async () => {
  proxy = await startDatabaseProxy(process.env[variable] ?? '');
  process.env[variable] = proxy.url;
  scenes = await import('../support/scene');
  requests = await import('../support/request-of');
  for (const operation of operations) await call(operation, await scenes.createScene());
});

afterEach(() => proxy.forward());

afterAll(async () => {
  const { sequelize } = await import('../../shared/db');
  await sequelize.close();
  await proxy.close();
});

async function call(operation: Operation, scene: Scene) {
  const startedAt = performance.now();
  const { route, body } = requests.buildRequest(operation, scene);
  const { status, headers, body: answered } = await api(route, { token: scene.owner.token, body });
  const isInTime = performance.now() - startedAt < 5000;
  return [operation.operationId, status, answered?.code, headers.get('retry-after'), isInTime];
}

const unavailable = ({ operationId }: Operation) => [operationId, 503, 'database-unavailable', '5', true];

/** As many at once as the pool has connections, so that each of them is in use when the database goes. */
async function openConnections() {
  const { sequelize } = await import('../../shared/db');
  await Promise.all(Array.from({ length: 10 }, () => sequelize.query('SELECT 1')));
}

/** Within a second: an attempt to connect that began before may still fail the first request after. */
async function expectRecovery() {
  let health = await api('GET /health');
  for (let round = 0; round < 20 && health.status !== 200; round++) {
    await setTimeout(50);
    health = await api('GET /health');
  }
  expect(health.body).toEqual({ status: 'ok', database: 'ok' });
}

describe.each([
  ['refuses connections', () => proxy.refuse()],
  ['cuts connections', () => proxy.cut()],
  ['never answers', () => proxy.hang()],
])('while the database %s', (_, takeAway) => {
  test('what needs it is a 503 within 5 s, the rest goes on, and it recovers by itself', async () => {
    const scene = await scenes.createScene();
    await openConnections();
    await takeAway();
    const refused = Promise.all(needsDatabase.map((operation) => call(operation, scene)));
    const answered = await Promise.all(needsNone.map((operation) => call(operation, scene)));
    expect(answered.map(([, status]) => status)).toEqual(needsNone.map(({ status }) => status));
    expect(await refused).toEqual(needsDatabase.map(unavailable));
    await proxy.forward();
    await expectRecovery();
  }, 15_000);
});

test('/health tells', async () => {
  expect((await api('GET /health')).body).toEqual({ status: 'ok', database: 'ok' });
  await proxy.refuse();
  expect((await api('GET /health')).body).toMatchObject({ status: 503, code: 'database-unavailable' });
  await proxy.forward();
  await expectRecovery();
});

test('a database that falls silent in the midst of a request is a 503 within 5 s too', async () => {
  const scene = await scenes.createScene();
  const writing = operations.filter(({ operationId }) => /^(changePassword|createPost)$/.test(operationId));
  const warn = jest.spyOn(console, 'warn').mockReturnValue();
  const statements = ['UPDATE "users"', 'INSERT INTO "posts"'];
  proxy.hangAt(...statements, ...statements.map((statement) => statement.replaceAll('"', '\\"')));
  const answers = await Promise.all(writing.map((operation) => call(operation, scene)));
  expect(answers).toEqual(writing.map(unavailable));
  await proxy.forward();
  for (const operation of writing) expect((await call(operation, scene))[1]).toBe(operation.status);
  const rollback = [expect.stringMatching(/^Rolling back transaction/)];
  expect(warn.mock.calls).toEqual(variable === 'DATABASE_URL' ? [rollback] : []);
  warn.mockRestore();
}, 15_000);
