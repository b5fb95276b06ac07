import { randomBytes, randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import { Session } from '../../shared/db';
import { api } from '../support/api';
import { logIn, type Person, register } from '../support/people';

const day = 24 * 60 * 60_000;

function refresh(refreshToken: string) {
  return api('POST /auth/refresh', { body: { refreshToken } });
}

function sessionIdOf({ token }: { token: string }) {
  return String(decodeJwt(token).sid);
}

/** Moves a session into the past. */
async function age(person: Person, ms: number) {
  const session = await Session.findByPk(sessionIdOf(person), { rejectOnEmpty: true });
  const earlier = (time: Date) => new Date(time.getTime() - ms);
  const { createdAt, lastUsedAt, expiresAt, rotatedAt } = session;
  await Session.update(
    {
      createdAt: earlier(createdAt),
      lastUsedAt: earlier(lastUsedAt),
      expiresAt: earlier(expiresAt),
      rotatedAt: rotatedAt && earlier(rotatedAt),
    },
    { where: { id: session.id } },
  );
}

async function isAlive({ token }: { token: string }) {
  return (await api('GET /auth/me', { token })).status === 200;
}

describe('refresh', () => {
  test('answers new tokens of the same session', async () => {
    const ada = await register();
    const { status, headers, body } = await refresh(ada.refreshToken);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body.refreshToken).not.toBe(ada.refreshToken);
    expect(sessionIdOf({ token: body.accessToken })).toBe(sessionIdOf(ada));
    expect(await isAlive({ token: body.accessToken })).toBe(true);
    expect((await refresh(body.refreshToken)).status).toBe(200);
  });

  test('gives the same next refresh token to whoever asks again within 10 s', async () => {
    const ada = await register();
    const first = await refresh(ada.refreshToken);
    await age(ada, 9_000);
    const second = await refresh(ada.refreshToken);
    expect(second.body.refreshToken).toBe(first.body.refreshToken);
    expect((await refresh(first.body.refreshToken)).status).toBe(200);
  });

  test('ends the session when a used token comes back after 10 s', async () => {
    const ada = await register();
    const { body } = await refresh(ada.refreshToken);
    await age(ada, 10_000);
    expect((await refresh(ada.refreshToken)).body.code).toBe('invalid-refresh-token');
    expect((await refresh(body.refreshToken)).status).toBe(401);
    expect(await isAlive(ada)).toBe(false);
  });

  test('ends the session when a token from before the last one comes back', async () => {
    const ada = await register();
    const second = await refresh(ada.refreshToken);
    const third = await refresh(second.body.refreshToken);
    expect((await refresh(ada.refreshToken)).status).toBe(401);
    expect((await refresh(third.body.refreshToken)).status).toBe(401);
  });

  test('leaves other sessions alone when it ends one', async () => {
    const ada = await register();
    const other = await logIn(ada);
    await refresh(ada.refreshToken);
    await age(ada, 10_000);
    await refresh(ada.refreshToken);
    expect(await isAlive(other)).toBe(true);
  });

  test('refuses a token that was never given out', async () => {
    const invented = Buffer.concat([Buffer.from(randomUUID().replaceAll('-', ''), 'hex'), randomBytes(32)]);
    const { status, headers, body } = await refresh(invented.toString('base64url'));
    expect([status, body.code]).toEqual([401, 'invalid-refresh-token']);
    expect(headers.get('x-amzn-remapped-www-authenticate')).toBe('Bearer');
  });

  test.each([
    ['is good until 7 days without a refresh', 7 * day - 5_000, 200],
    ['is refused after 7 days without a refresh', 7 * day, 401],
  ])('%s', async (_, idle, status) => {
    const ada = await register();
    await age(ada, idle);
    expect((await refresh(ada.refreshToken)).status).toBe(status);
  });

  test('is refused 30 days after the login, however often it was used', async () => {
    const ada = await register();
    let { refreshToken } = ada;
    for (let week = 0; week < 4; week += 1) {
      await age(ada, 7 * day - 5_000);
      refreshToken = (await refresh(refreshToken)).body.refreshToken;
    }
    expect(refreshToken).toEqual(expect.any(String));
    await age(ada, 2 * day + 20_000);
    expect((await refresh(refreshToken)).status).toBe(401);
    expect(await isAlive(ada)).toBe(false);
  });

  test('stores no token, only hashes', async () => {
    const ada = await register();
    const { body } = await refresh(ada.refreshToken);
    const row = JSON.stringify(await Session.findByPk(sessionIdOf(ada)));
    expect(row).toContain('previousRefreshTokenHash');
    for (const token of [ada.refreshToken, body.refreshToken]) {
      expect(row).not.toContain(token);
      expect(row).not.toContain(Buffer.from(token, 'base64url').subarray(16).toString('base64url'));
    }
  });
});

describe('parallel refreshes of one token', () => {
  test('leave one living family', async () => {
    const ada = await register();
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(ada.refreshToken)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    const tokens = new Set(answers.map(({ body }) => body.refreshToken));
    expect(tokens.size).toBe(1);
    expect(await Session.count({ where: { userId: ada.id } })).toBe(1);
    expect((await refresh([...tokens][0])).status).toBe(200);
  });
});

describe('logout', () => {
  test('ends this session, its access token and its refresh token, and no other', async () => {
    const ada = await register();
    const other = await logIn(ada);
    expect((await api('POST /auth/logout', { token: ada.token })).status).toBe(204);
    expect(await isAlive(ada)).toBe(false);
    expect((await refresh(ada.refreshToken)).status).toBe(401);
    expect(await isAlive(other)).toBe(true);
  });
});

describe('listSessions', () => {
  test('lists the living ones, newest first, and marks the one that asks', async () => {
    const ada = await register();
    const { email, password } = ada;
    const call = { body: { email, password }, headers: { 'user-agent': 'Firefox on Linux' } };
    const second = { token: (await api('POST /auth/login', call)).body.accessToken };
    await api('POST /auth/logout', { token: (await logIn(ada)).token });
    const { body } = await api('GET /auth/sessions', { token: ada.token });
    expect(body.items).toEqual([
      expect.objectContaining({ id: sessionIdOf(second), userAgent: 'Firefox on Linux', current: false }),
      expect.objectContaining({ id: sessionIdOf(ada), current: true }),
    ]);
    const { createdAt, expiresAt } = body.items[1];
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(30 * day);
  });
});

describe('revokeSession', () => {
  test('ends a session of the caller', async () => {
    const ada = await register();
    const other = await logIn(ada);
    const path = `DELETE /auth/sessions/${sessionIdOf(other)}` as const;
    expect((await api(path, { token: ada.token })).status).toBe(204);
    expect(await isAlive(other)).toBe(false);
    expect((await api(path, { token: ada.token })).status).toBe(404);
  });

  test('does not know the sessions of others', async () => {
    const [ada, bob] = [await register('Ada'), await register('Bob')];
    const answer = await api(`DELETE /auth/sessions/${sessionIdOf(bob)}`, { token: ada.token });
    expect(answer.status).toBe(404);
    expect(await isAlive(bob)).toBe(true);
  });
});

test('revokeOtherSessions ends all but this one', async () => {
  const ada = await register();
  const others = [await logIn(ada), await logIn(ada)];
  expect((await api('DELETE /auth/sessions', { token: ada.token })).status).toBe(204);
  expect(await Promise.all([ada, ...others].map(isAlive))).toEqual([true, false, false]);
});

test('a login forgets the sessions of the user that have expired', async () => {
  const ada = await register();
  await age(ada, 31 * day);
  await logIn(ada);
  expect(await Session.count({ where: { userId: ada.id } })).toBe(1);
});
