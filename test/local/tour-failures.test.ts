import { makeAdmin } from '../../local/commands/make-admin';
import { runTour } from '../../local/tour/tour';
import { sequelize, User } from '../../shared/db';
import { logIn, register } from '../support/people';
import { closeServices, countRows, gateway, neverPromote, startService, tour } from '../support/tour';

const problem = { code: 'a-code', detail: 'The detail.', requestId: 'the-request' };

afterEach(async () => {
  await closeServices();
  await User.destroy({ where: {} });
});

afterAll(() => sequelize.close());

describe('a service that misbehaves', () => {
  test('by searching without regard to case', async () => {
    const { exitCode, output } = await tour({}, async ({ url, method, headers }, next) => {
      if (!url.includes('nameContains=c')) return next();
      const { items } = await (await gateway.fetch(new Request(url.replace('=c', '=C'), { method, headers }))).json();
      const { items: rest, ...page } = await (await next()).json();
      return Response.json({ ...page, items: [...rest, ...items] }, { headers: { 'x-amzn-requestid': 'the-request' } });
    });
    expect(output).toContain(`✗ Step 6, "Find the users whose name contains "o"", did not go as told.
    a small "c" finds Alice and not Charlie
    expected  ["Alice"]
    got       ["Alice","Charlie"]
    request   the-request`);
    await expectCleanFailure(exitCode);
  });

  test('by keeping the posts of a deleted user', async () => {
    const { exitCode, output } = await tour({}, async (request, next) => {
      return /\/posts\/\d+$/.test(request.url) ? Response.json({ id: 1, title: 'Still here' }) : next();
    });
    expect(output).toMatch(
      /✗ Step 12, "Delete the user, and the posts go too", did not go as told\.\n +GET \/posts\/\d+/,
    );
    expect(output).toMatch(/expected {2}404 Not Found\n +got {7}200 OK\n/);
    await expectCleanFailure(exitCode);
  });

  test('by not deleting', async () => {
    let isKept = false;
    const { exitCode, output } = await tour({}, async (request, next) => {
      if (request.method !== 'DELETE' || isKept) return next();
      isKept = true;
      return new Response(null, { status: 204 });
    });
    expect(output).toContain('✗ Step 3, "Delete John", did not go as told.');
    await expectCleanFailure(exitCode);
  });

  test('by a problem, which is told in full', async () => {
    const { exitCode, output } = await tour({}, async (request, next) => {
      return request.method === 'PATCH' ? Response.json(problem, { status: 500 }) : next();
    });
    expect(output).toMatch(/got {7}500 Internal Server Error, a-code: The detail\.\n +request {3}the-request/);
    await expectCleanFailure(exitCode);
  });

  test('by an answer that is no answer', async () => {
    const { exitCode, output } = await tour({}, async (request, next) => {
      return request.url.endsWith('/batch') ? new Response('<p>Welcome</p>', { status: 201 }) : next();
    });
    expect(output).toContain('✗ Step 4, "Add Alice, Bob and Charlie in one batch", did not go as told.');
    await expectCleanFailure(exitCode);
  });

  test('by ignoring the filter: nobody else is deleted', async () => {
    await register('Ada');
    const { exitCode } = await tour({}, async ({ url, method, headers }, next) => {
      return url.includes('email=') ? gateway.fetch(new Request(url.split('?')[0] ?? '', { method, headers })) : next();
    });
    expect(exitCode).toBe(1);
    const left = await User.findAll();
    expect(left.map(({ name }) => name)).toEqual(['Ada']);
  });

  test('by not letting the tour clean up, which tells who is left', async () => {
    const { exitCode, output } = await tour({}, async ({ url, method }, next) => {
      const isKept =
        method === 'DELETE' && url.endsWith(`/${(await User.findOne({ where: { name: 'Jane Smith' } }))?.id}`);
      return isKept ? Response.json({}, { status: 500 }) : next();
    });
    expect(output).toMatch(/✗ Of these users some may be left: .*jane\.smith\.[0-9a-f]{6}@tour\.example/);
    expect(output).not.toContain('deleted again');
    expect(exitCode).toBe(1);
    expect(await User.count()).toBe(1);
  });
});

describe('a tour that cannot begin', () => {
  test.each([
    ['nothing that listens', undefined, /^No service answers at http:.*\(ECONNREFUSED\)\. Start it with npm start/],
    ['another service', async () => Response.json({ hello: 'world' }), /^What answers at http:.* is not Inkwell/],
    ['an ill service', async () => Response.json(problem, { status: 503 }), /is not well\. a-code: The detail\.$/],
  ])('says so for %s', async (_, front, message) => {
    const serving = await startService(front);
    if (!front) await serving.close();
    const print = jest.fn();
    await expect(runTour({ url: serving.url, promote: makeAdmin, print })).rejects.toThrow(message);
    expect(print).not.toHaveBeenCalled();
  });

  test('for want of the database leaves nothing', async () => {
    await expect(tour({ promote: neverPromote })).rejects.toThrow(
      /^The tour cannot make itself an admin: run it with the same PORT, .* Not promoted\.$/,
    );
    expect(await countRows()).toEqual({ users: 0, posts: 0, sessions: 0 });
  });

  test('with the credentials of no admin says so', async () => {
    const ada = await register('Ada');
    await expect(tour({ credentials: ada })).rejects.toThrow(`${ada.email} is not an admin.`);
    await expect(tour({ credentials: { ...ada, password: 'wrong' } })).rejects.toThrow('invalid-credentials');
    expect((await logIn(ada)).token).toBeTruthy();
  });
});

async function expectCleanFailure(exitCode: number) {
  expect(exitCode).toBe(1);
  expect(await countRows()).toEqual({ users: 0, posts: 0, sessions: 0 });
}
