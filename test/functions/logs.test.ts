import { operations } from '../../shared/contract';
import { api } from '../support/api';
import type { Scene } from '../support/scene';

const canary = 'canary-password-7f3a';
const lines: string[] = [];
const secrets = new Set<string>([canary, 'correct horse', 'battery staple']);

let scenes: typeof import('../support/scene');
let requests: typeof import('../support/request-of');
let db: typeof import('../../shared/db');

/** The settings are read when the modules are first imported. */
beforeAll(async () => {
  Object.assign(process.env, { LOG_LEVEL: 'debug', SQL_LOG: '1' });
  jest.spyOn(process.stdout, 'write').mockImplementation(record);
  jest.spyOn(process.stderr, 'write').mockImplementation(record);
  scenes = await import('../support/scene');
  requests = await import('../support/request-of');
  db = await import('../../shared/db');
  for (const operation of operations) await callInEveryWay(operation);
  await failInside();
  await collectHashes();
  jest.restoreAllMocks();
});

function record(text: string | Uint8Array) {
  lines.push(String(text));
  return true;
}

/** Granted, without a token, with a wrong one, and with canaries for all its values. */
async function callInEveryWay(operation: (typeof operations)[number]) {
  const scene = await scenes.createScene();
  const admin = await scenes.createGuest('admin');
  for (const token of [undefined, `${admin.token}x`, admin.token]) {
    const { route, body } = requests.buildRequest(operation, scene, admin);
    const wrong = body && Object.fromEntries(Object.entries(body).map(([name]) => [name, `${canary}\u0000`]));
    if (body) await api(route, { token, body: wrong });
    if (body) await api(route, { token, body: `{"password":"${canary}"` });
    const answer = await api(route, { token, body, headers: { cookie: canary } });
    if (answer.status === 204 || answer.status === 200) collectTokens(answer.body);
  }
  await guessWrong(scene);
  for (const { token, refreshToken } of [admin, scene.owner]) collectTokens({ accessToken: token, refreshToken });
  await collectHashes();
}

async function guessWrong({ owner: { email, token } }: Scene) {
  await api('POST /auth/login', { body: { email, password: canary } });
  await api('PUT /auth/password', { token, body: { currentPassword: canary, newPassword: canary } });
  await api('POST /auth/refresh', { body: { refreshToken: canary } });
  await api('POST /users', { body: { name: 'Ada', email, password: canary } });
}

/** Failures whose cause is logged: the statement fails with the hash among its parameters. */
async function failInside() {
  const { owner } = await scenes.createScene();
  collectTokens({ accessToken: owner.token, refreshToken: owner.refreshToken });
  await db.sequelize.query('ALTER TABLE users RENAME COLUMN password_hash TO hidden');
  await db.sequelize.query('ALTER TABLE sessions RENAME COLUMN rotation_salt TO hidden');
  const body = { name: 'Ada', email: 'inside@example.com', password: canary };
  expect((await api('POST /users', { body })).status).toBe(500);
  expect((await api('POST /auth/refresh', { body: { refreshToken: owner.refreshToken } })).status).toBe(500);
  await db.sequelize.query('ALTER TABLE users RENAME COLUMN hidden TO password_hash');
  await db.sequelize.query('ALTER TABLE sessions RENAME COLUMN hidden TO rotation_salt');
}

function collectTokens({ accessToken, refreshToken }: { accessToken?: string; refreshToken?: string } = {}) {
  if (accessToken) secrets.add(accessToken).add(accessToken.split('.')[2] ?? accessToken);
  if (refreshToken) secrets.add(refreshToken);
}

async function collectHashes() {
  const users = await db.User.findAll({ attributes: ['passwordHash'] });
  const sessions = await db.Session.findAll();
  for (const { passwordHash } of users) secrets.add(passwordHash);
  for (const { refreshTokenHash, previousRefreshTokenHash, rotationSalt } of sessions) {
    for (const secret of [refreshTokenHash, previousRefreshTokenHash, rotationSalt]) if (secret) secrets.add(secret);
  }
}

test('no line of the log holds a password, a hash or a token', () => {
  const text = lines.join('');
  expect(secrets.size).toBeGreaterThan(100);
  expect([...secrets].filter((secret) => text.includes(secret))).toEqual([]);
});

test('no line holds a key that signs, or an e-mail address', () => {
  const text = lines.join('');
  expect(text).not.toContain(JSON.parse(process.env.JWT_KEYS ?? '').keys[0].d);
  expect(text).not.toContain('@example.com');
});

test('every line is one JSON object, and every operation has its lines', () => {
  const entries = lines
    .join('')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const logged = new Set(entries.map(({ operationId }) => operationId));
  expect(operations.filter(({ operationId }) => !logged.has(operationId))).toEqual([]);
});

test('SQL_LOG=1 prints each statement with its time and without its values', () => {
  const statements = lines.map((line) => JSON.parse(line)).filter(({ message }) => message === 'sql');
  expect(statements.length).toBeGreaterThan(100);
  for (const { durationMs, statement } of statements) {
    expect(durationMs).toEqual(expect.any(Number));
    expect(statement.replaceAll("'…'", '')).not.toContain("'");
  }
  expect(statements.some(({ statement }) => /^INSERT INTO "users" .* VALUES .*\$1/.test(statement))).toBe(true);
});
