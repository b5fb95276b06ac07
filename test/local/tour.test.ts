import { InterruptedError } from '../../local/tour/failures';
import { readOptions } from '../../local/tour/read-options';
import { Session, sequelize, User } from '../../shared/db';
import { register, registerAdmin, writePost } from '../support/people';
import { closeServices, countRows, neverPromote, startService, tour, tourCommand } from '../support/tour';

afterEach(async () => {
  await closeServices();
  await User.destroy({ where: {} });
});

afterAll(() => sequelize.close());

describe('the tour', () => {
  test('goes as told on an empty database, twice, and leaves nothing', async () => {
    for (const _ of [1, 2]) {
      const { exitCode, output } = await tour();
      expect(output).toMatch(/12 steps in \d+\.\d s, all as told\.\nThe tour's users and posts are deleted again\.$/);
      expect(exitCode).toBe(0);
      expect(await countRows()).toEqual({ users: 0, posts: 0, sessions: 0 });
    }
  });

  test('touches nobody else, whatever their names', async () => {
    const john = await register('John Doe');
    for (const name of ['Oscar', 'Bob', 'Guide', 'Charlie', 'Zoe']) await register(name);
    await writePost(john);
    const before = await countRows();
    const { exitCode, output } = await tour();
    expect(output).toContain('Other users: 7, the admin among them.');
    expect(output).not.toContain(john.email);
    expect(exitCode).toBe(0);
    expect(await countRows()).toEqual(before);
  });

  test('prints no token and not the guide’s password', async () => {
    const secrets: string[] = [];
    const { output } = await tour({}, async (request, next) => {
      const response = await next();
      const { accessToken, refreshToken } = request.url.endsWith('/login') ? await response.clone().json() : {};
      if (accessToken) secrets.push(accessToken, refreshToken);
      if (request.headers.has('authorization')) secrets.push(request.headers.get('authorization') as string);
      return response;
    });
    expect(secrets.length).toBeGreaterThan(4);
    for (const secret of secrets) expect(output).not.toContain(secret.replace('Bearer ', ''));
    expect(output.match(/"password":/g)).toHaveLength(8);
  });

  test('is made by a given admin, whose session it ends', async () => {
    const admin = await registerAdmin();
    await Session.destroy({ where: {} });
    const { exitCode, output } = await tour({ credentials: admin, promote: neverPromote });
    expect(output).toContain(`made by ${admin.email}`);
    expect(exitCode).toBe(0);
    expect(await Session.count({ where: { revokedAt: null } })).toBe(0);
    expect(await User.count()).toBe(1);
  });

  test('deletes what a killed tour left, once that is over for sure', async () => {
    await leaveBehind('0123ab', new Date(Date.now() - 2 * 60 * 60_000));
    await leaveBehind('4567cd', new Date());
    const { exitCode, output } = await tour();
    expect(output).toContain('Deleted what was left of earlier tours that were killed: 1.');
    expect(exitCode).toBe(0);
    const left = await User.findAll({ order: ['id'] });
    expect(left.map(({ email }) => email)).toEqual(['bob.4567cd@tour.example', 'guide.4567cd@tour.example']);
  });

  test('cleans up when it is interrupted', async () => {
    const controller = new AbortController();
    const { exitCode, output } = await tour({ signal: controller.signal }, async (request, next) => {
      if (request.url.endsWith('/batch')) controller.abort(new InterruptedError('Interrupted.'));
      return next();
    });
    expect(output).toMatch(/✗ Interrupted\.\nThe tour's users and posts are deleted again\.$/);
    expect(output).not.toContain(' 5. List');
    expect(exitCode).toBe(130);
    expect(await countRows()).toEqual({ users: 0, posts: 0, sessions: 0 });
  });
});

describe('options', () => {
  test.each([
    [[], {}, { url: 'http://localhost:3000' }],
    [[], { PORT: '3001', TOUR_PASSWORD: 'x' }, { url: 'http://localhost:3001', credentials: undefined }],
    [
      ['--url', 'https://a.example/prod/', '--email', 'a@b.example'],
      { TOUR_PASSWORD: 'x' },
      { url: 'https://a.example/prod' },
    ],
    [
      ['--email', 'a@b.example', '--password', 'y'],
      { TOUR_PASSWORD: 'x' },
      { credentials: { email: 'a@b.example', password: 'y' } },
    ],
    [['--help', '--email', 'a@b.example'], {}, 'help'],
  ])('%j %j', (args, env, expected) => {
    const options = readOptions(args, env);
    if (typeof expected === 'string') expect(options).toBe(expected);
    else expect(options).toMatchObject(expected);
  });

  test.each([
    [['--url', 'https://a.example'], '--url needs --email'],
    [['--email', 'a@b.example'], 'set TOUR_PASSWORD'],
    [['--password', 'x'], '--password needs --email'],
    [['--url', 'ftp://a.example', '--email', 'a@b.example', '--password', 'x'], 'not an http or https URL'],
    [['--nope'], "Unknown option '--nope'"],
  ])('%j is refused', (args, message) => {
    expect(() => readOptions(args, {})).toThrow(message);
  });
});

test('the command that finds nobody says so in one line and exits with 1', async () => {
  const { url, port, close } = await startService();
  await close();
  const { exitCode, output } = await tourCommand({ PORT: String(port) });
  const tried = url.replace('127.0.0.1', 'localhost');
  expect(output).toBe(
    `No service answers at ${tried} (ECONNREFUSED). Start it with npm start, or name another with --url.\n`,
  );
  expect(exitCode).toBe(1);
}, 30_000);

test('the command tells the story and exits with 0', async () => {
  const { port } = await startService();
  const { exitCode, output } = await tourCommand({ PORT: String(port) });
  expect(output).toContain('12 steps in');
  expect(output).toContain(`Reference   http://localhost:${port}/docs`);
  expect(output).toContain('PostgreSQL  psql postgresql://');
  expect(output).not.toContain('\u001b');
  expect(exitCode).toBe(0);
  expect(await countRows()).toEqual({ users: 0, posts: 0, sessions: 0 });
}, 30_000);

async function leaveBehind(run: string, createdAt: Date) {
  for (const [name, mailbox] of [
    ['Bob', 'bob'],
    ['Guide', 'guide'],
  ] as const) {
    await User.create({ name, email: `${mailbox}.${run}@tour.example`, passwordHash: '', createdAt });
  }
}
