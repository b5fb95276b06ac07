import { hash } from 'bcryptjs';
import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import { hashPassword, verifyPassword } from '../../shared/auth/password';
import { User } from '../../shared/db';
import { api } from '../support/api';
import { logIn, register } from '../support/people';

describe('login', () => {
  test('answers tokens that must not be stored', async () => {
    const ada = await register('Ada');
    const { status, headers, body } = await api('POST /auth/login', {
      body: { email: ada.email, password: ada.password },
    });
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      accessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      tokenType: 'Bearer',
      expiresIn: 900,
      refreshToken: expect.stringMatching(/^[\w-]{64}$/),
    });
  });

  test('takes the e-mail address in any case', async () => {
    const ada = await register();
    expect((await logIn({ ...ada, email: ada.email.toUpperCase() })).token).toEqual(expect.any(String));
  });

  test('gives a wrong password and an unknown e-mail address the same answer', async () => {
    const ada = await register();
    const attempt = (email: string) => api('POST /auth/login', { body: { email, password: 'wrong horse' } });
    const [wrong, unknown] = [await attempt(ada.email), await attempt('nobody@example.com')];
    expect(wrong.body).toMatchObject({ status: 401, code: 'invalid-credentials' });
    expect(unknown.body).toEqual({ ...wrong.body, requestId: unknown.body.requestId });
  });

  test('spends the same time on an unknown e-mail address', async () => {
    const passwordHash = await hashPassword('correct horse');
    const medianOf = async (hash: string | undefined) => {
      const times: number[] = [];
      for (let round = 0; round < 101; round += 1) {
        const startedAt = performance.now();
        expect(await verifyPassword('wrong horse', hash)).toBe(false);
        times.push(performance.now() - startedAt);
      }
      return times.sort((a, b) => a - b)[50] ?? 0;
    };
    const ratio = (await medianOf(undefined)) / (await medianOf(passwordHash));
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  test('hashes again a password whose hash has another cost', async () => {
    const ada = await register();
    await User.update({ passwordHash: await hash(ada.password, 5) }, { where: { id: ada.id } });
    await logIn(ada);
    expect((await User.findByPk(ada.id))?.passwordHash).toMatch(/^\$2b\$04\$/);
    expect((await logIn(ada)).token).toEqual(expect.any(String));
  });
});

describe('an access token', () => {
  test('is an ES256 JWT for 15 minutes that the served keys verify', async () => {
    const ada = await register();
    const { headers, body } = await api('GET /.well-known/jwks.json');
    expect(headers.get('cache-control')).toBe('public, max-age=300');
    expect(decodeProtectedHeader(ada.token)).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: body.keys[0].kid });
    const { payload } = await jwtVerify(ada.token, await importJWK(body.keys[0]));
    expect(payload).toEqual({
      iss: 'inkwell',
      aud: 'inkwell',
      sub: String(ada.id),
      sid: expect.any(String),
      jti: expect.any(String),
      iat: expect.any(Number),
      exp: (payload.iat ?? 0) + 900,
    });
  });

  test('is different every time', async () => {
    const ada = await register();
    expect(decodeJwt((await logIn(ada)).token).jti).not.toBe(decodeJwt((await logIn(ada)).token).jti);
  });
});

describe('getMe', () => {
  test('answers the caller', async () => {
    const ada = await register();
    const { body } = await api('GET /auth/me', { token: ada.token });
    expect(body).toMatchObject({ id: ada.id, name: 'Ada', email: ada.email, role: 'user' });
  });
});

describe('changePassword', () => {
  const newPassword = 'battery staple';

  test('replaces the password and ends the other sessions', async () => {
    const ada = await register();
    const other = await logIn(ada);
    const body = { currentPassword: ada.password, newPassword };
    expect((await api('PUT /auth/password', { token: ada.token, body })).status).toBe(204);
    expect((await api('GET /auth/me', { token: ada.token })).status).toBe(200);
    expect((await api('GET /auth/me', { token: other.token })).status).toBe(401);
    expect((await api('POST /auth/refresh', { body: { refreshToken: other.refreshToken } })).status).toBe(401);
    expect((await logIn(ada)).token).toBeUndefined();
    expect((await logIn({ ...ada, password: newPassword })).token).toEqual(expect.any(String));
  });

  test('needs the current password', async () => {
    const ada = await register();
    const body = { currentPassword: 'wrong horse', newPassword };
    const answer = await api('PUT /auth/password', { token: ada.token, body });
    expect([answer.status, answer.body.code]).toEqual([401, 'invalid-credentials']);
    expect((await logIn(ada)).token).toEqual(expect.any(String));
  });
});
