import { decodeProtectedHeader } from 'jose';
import { createAccessTokenKeys } from '../../local/access-token-keys';

const user = { name: 'Ada', email: 'ada@example.com', password: 'correct horse' };
const { email, password } = user;

let [oldKey, newKey]: { kid: string }[] = [];

beforeAll(async () => {
  [oldKey, newKey] = await Promise.all([createKey(), createKey()]);
});

async function createKey() {
  return JSON.parse(await createAccessTokenKeys()).keys[0] as { kid: string };
}

/** Runs against functions that start with this set of keys, as after a deployment. */
async function withKeys<T>(keys: unknown[], run: (api: typeof import('../support/api').api) => Promise<T>): Promise<T> {
  jest.resetModules();
  process.env.JWT_KEYS = JSON.stringify({ keys });
  const { api } = await import('../support/api');
  const { sequelize } = await import('../../shared/db');
  try {
    return await run(api);
  } finally {
    await sequelize.close();
  }
}

test('a key is rotated without ending a session: published, then signing, then taken out', async () => {
  const token = await withKeys([oldKey], async (api) => {
    await api('POST /users', { body: user });
    return (await api('POST /auth/login', { body: { email, password } })).body.accessToken as string;
  });
  await withKeys([oldKey, newKey], async (api) => {
    const { body } = await api('GET /.well-known/jwks.json');
    expect(body.keys.map(({ kid }: { kid: string }) => kid)).toEqual([oldKey?.kid, newKey?.kid]);
    const login = await api('POST /auth/login', { body: { email, password } });
    expect(decodeProtectedHeader(login.body.accessToken).kid).toBe(oldKey?.kid);
  });
  const newToken = await withKeys([newKey, oldKey], async (api) => {
    expect((await api('GET /auth/me', { token })).status).toBe(200);
    const login = await api('POST /auth/login', { body: { email, password } });
    expect(decodeProtectedHeader(login.body.accessToken).kid).toBe(newKey?.kid);
    return login.body.accessToken as string;
  });
  await withKeys([newKey], async (api) => {
    expect((await api('GET /auth/me', { token: newToken })).status).toBe(200);
    expect((await api('GET /auth/me', { token })).body.code).toBe('unauthenticated');
  });
});
