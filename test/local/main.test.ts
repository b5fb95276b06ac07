/** @jest-environment node */
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { killRuns, run } from '../support/run-command';

jest.setTimeout(60_000);

let folder: string;
let dataDir: string;
const ada = { name: 'Ada', email: 'ada@example.com', password: 'correct horse' };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkwell-main-'));
  dataDir = join(folder, 'data');
});

afterEach(killRuns);

afterAll(() => rm(folder, { recursive: true, force: true }));

async function start(env: Record<string, string> = {}) {
  const service = run('main.ts', [], { DATA_DIR: dataDir, PORT: '0', POSTGRES_PORT: '0', ...env });
  await service.until('Ctrl-C');
  const [url = ''] = /http:\/\/localhost:\d+/.exec(service.output()) ?? [];
  const [databaseUrl = ''] = /postgresql:\/\/\S+/.exec(service.output()) ?? [];
  return { ...service, url, databaseUrl };
}

function post(url: string, body: object) {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

async function listen() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: String((server.address() as AddressInfo).port) };
}

function close(server: Server) {
  return new Promise((resolve) => server.close(resolve));
}

test('npm start serves the API and PostgreSQL, and stops cleanly when it is asked to', async () => {
  const service = await start();
  expect((await post(`${service.url}/users`, ada)).status).toBe(201);
  const client = new Client({ connectionString: service.databaseUrl });
  await client.connect();
  expect((await client.query('SELECT name FROM users')).rows).toEqual([{ name: 'Ada' }]);
  await client.end();
  service.child.kill('SIGINT');
  expect(await service.exit).toMatchObject({ code: 0, stderr: '' });
});

test('what was acknowledged is there after a kill -9, and the tokens are still good', async () => {
  const service = await start();
  const { email, password } = ada;
  const { accessToken } = await (await post(`${service.url}/auth/login`, { email, password })).json();
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` };
  const created = await fetch(`${service.url}/posts`, { method: 'POST', headers, body: '{"title":"Kept"}' });
  expect(created.status).toBe(201);
  service.child.kill('SIGKILL');
  await service.exit;
  const again = await start();
  expect((await (await fetch(`${again.url}/posts`)).json()).items).toMatchObject([{ title: 'Kept' }]);
  expect((await fetch(`${again.url}/auth/me`, { headers })).status).toBe(200);
  again.child.kill('SIGTERM');
  expect((await again.exit).code).toBe(0);
});

test('the keys are for their owner only', async () => {
  expect(await readdir(dataDir)).toEqual(expect.arrayContaining(['jwt-keys.json', 'postgres']));
  expect((await stat(join(dataDir, 'jwt-keys.json'))).mode & 0o777).toBe(0o600);
});

test.each(['PORT', 'POSTGRES_PORT'])('a busy %s is one line and exit code 1', async (name) => {
  const { server, port } = await listen();
  const { code, stderr } = await run('main.ts', [], { DATA_DIR: dataDir, PORT: '0', POSTGRES_PORT: '0', [name]: port })
    .exit;
  await close(server);
  expect(code).toBe(1);
  expect(stderr).toMatch(new RegExp(`^[^\\n]*${port}[^\\n]*${name}[^\\n]*\\n$`));
});

test('a data folder that is a file is one line and exit code 1', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  const { code, stderr } = await run('main.ts', [], { DATA_DIR: file, PORT: '0', POSTGRES_PORT: '0' }).exit;
  expect(code).toBe(1);
  expect(stderr).toMatch(/^[^\n]*DATA_DIR[^\n]*\n$/);
});

test.each([
  ['that is none', 'localhost/inkwell', /DATABASE_URL is not a PostgreSQL URL: "localhost\/inkwell"/],
  [
    'where nothing listens',
    'postgresql://u:hunter2@127.0.0.1:9/d',
    /"d" at 127\.0\.0\.1:9 as user "u": .*ECONNREFUSED/,
  ],
  ['of a host that is not there', 'postgresql://u:hunter2@db.invalid/d', /Check the host in DATABASE_URL/],
])('a DATABASE_URL %s is one line without the password and exit code 1', async (_, url, message) => {
  const { code, stderr } = await run('main.ts', ['--database-url', url], { DATA_DIR: dataDir, PORT: '0' }).exit;
  expect(code).toBe(1);
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/^[^\n]+\n$/);
  expect(stderr).not.toContain('hunter2');
});

test.each([
  [['--databse-url', 'x'], /--databse-url.*Usage: npm start/],
  [['x'], /Usage: npm start/],
])('the arguments %j are refused with the usage', async (args, message) => {
  const { code, stderr } = await run('main.ts', args, { DATA_DIR: dataDir }).exit;
  expect(code).toBe(1);
  expect(stderr).toMatch(message);
});

test('a PORT that is none is refused', async () => {
  const { code, stderr } = await run('main.ts', [], { DATA_DIR: dataDir, PORT: '80000' }).exit;
  expect([code, stderr]).toEqual([1, 'PORT is "80000". Set it to a port from 0 to 65535; 0 takes any free one.\n']);
});
