import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { User } from '../../shared/db';
import { buildUser, register } from '../support/people';
import { run } from '../support/run-command';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkwell-commands-'));
});

afterAll(() => rm(folder, { recursive: true }));

function command(name: string, ...args: string[]) {
  const { DATABASE_URL, JWT_KEYS } = process.env;
  return run(`commands/${name}.ts`, args, { DATABASE_URL, JWT_KEYS, DATA_DIR: folder }).exit;
}

test('routes lists every operation with its file', async () => {
  const { code, stdout } = await command('routes');
  expect(code).toBe(0);
  expect(stdout.trim().split('\n')).toHaveLength(24);
  expect(stdout).toMatch(/^POST +\/users +public +create-user +functions\/users\/create-user\.ts$/m);
});

describe('admin', () => {
  test('makes a user an admin', async () => {
    const ada = await register();
    const { code, stdout } = await command('admin', ada.email.toUpperCase());
    expect([code, stdout]).toEqual([0, `Ada <${ada.email}> is an admin.\n`]);
    expect((await User.findByPk(ada.id))?.role).toBe('admin');
  });

  test('says so when there is no such user', async () => {
    const { code, stderr } = await command('admin', 'nobody@example.com');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^There is no user with the e-mail address "nobody@example\.com"\.[^\n]*\n$/);
  });
});

describe('invoke', () => {
  test('runs one handler with one event', async () => {
    const user = buildUser('Invoked');
    const file = join(folder, 'event.json');
    await writeFile(file, JSON.stringify({ body: JSON.stringify(user) }));
    const { code, stdout } = await command('invoke', 'createUser', file);
    expect(code).toBe(0);
    expect(stdout).toContain('"statusCode": 201');
    expect((await User.findByEmail(user.email))?.name).toBe('Invoked');
  });

  test('needs no event where the operation needs none', async () => {
    const { stdout } = await command('invoke', 'getHealth');
    expect(stdout).toContain('"database": "ok"');
  });

  test.each([
    [['getHelth'], /There is no operation "getHelth"\. npm run routes lists them\./],
    [[], /There is no operation ""/],
    [['getHealth', '/nowhere.json'], /Cannot read the event in \/nowhere\.json: ENOENT/],
  ])('refuses %j in one line', async (args, message) => {
    const { code, stderr } = await command('invoke', ...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^[^\n]+\n$/);
  });
});

describe('db:migrate', () => {
  test('goes down, tells the status and goes up', async () => {
    expect((await command('db-migrate', 'down')).stdout).toBe('Reverted 0003-create-sessions.\n');
    expect((await command('db-migrate', 'status')).stdout).toBe(
      'applied  0001-create-users\napplied  0002-create-posts\npending  0003-create-sessions\n',
    );
    expect((await command('db-migrate')).stdout).toBe('Applied 0003-create-sessions.\n');
    expect((await command('db-migrate', 'up')).stdout).toBe('Nothing to apply.\n');
  });

  test('refuses what it does not know', async () => {
    const { code, stderr } = await command('db-migrate', 'sideways');
    expect([code, stderr]).toEqual([1, 'There is no "sideways". Usage: npm run db:migrate [-- up | down | status]\n']);
  });
});

test('db:reset leaves an empty database at the newest migration', async () => {
  await register();
  const { stdout } = await command('db-reset');
  expect(stdout).toMatch(/^Emptied the database and applied 0001-create-users, .*0003-create-sessions\.\n$/);
  expect(await User.count()).toBe(0);
});
