import { importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { createAccessTokenKeys } from '../../local/access-token-keys';
import { operations } from '../../shared/contract';
import { Session, User } from '../../shared/db';
import { type Answer, createApi } from '../support/api';
import { buildRequest, type OperationId } from '../support/request-of';
import { createGuest, createScene, type Guest } from '../support/scene';

const callers = ['anonymous', 'other', 'owner', 'admin'] as const;
type Caller = (typeof callers)[number];

/** What each operation answers to: nobody, another user, the owner of what it is about, an admin. */
const statuses: Record<OperationId, [anonymous: number, other: number, owner: number, admin: number]> = {
  createUser: [201, 201, 201, 201],
  createUsers: [401, 403, 403, 201],
  listUsers: [401, 200, 200, 200],
  getUser: [401, 200, 200, 200],
  updateUser: [401, 403, 200, 200],
  deleteUser: [401, 403, 204, 204],
  listUserPosts: [200, 200, 200, 200],
  login: [200, 200, 200, 200],
  refresh: [200, 200, 200, 200],
  logout: [401, 204, 204, 204],
  getMe: [401, 200, 200, 200],
  changePassword: [401, 204, 204, 204],
  listSessions: [401, 200, 200, 200],
  revokeSession: [401, 404, 204, 404],
  revokeOtherSessions: [401, 204, 204, 204],
  getJwks: [200, 200, 200, 200],
  createPost: [401, 201, 201, 201],
  listPosts: [200, 200, 200, 200],
  getPost: [200, 200, 200, 200],
  updatePost: [401, 403, 200, 200],
  deletePost: [401, 403, 204, 204],
  getHealth: [200, 200, 200, 200],
  getOpenApi: [200, 200, 200, 200],
};

const protectedOperations = operations.filter(({ access }) => access !== 'public');
const publicOperations = operations.filter(({ access }) => access === 'public');

async function findCaller(caller: Caller, owner: Guest) {
  if (caller === 'anonymous') return undefined;
  return caller === 'owner' ? owner : createGuest(caller === 'admin' ? 'admin' : 'user');
}

describe.each(['1.0', '2.0'] as const)('with payload %s', (payload) => {
  const api = createApi({ payload });
  const challengeOf = ({ headers }: Answer) =>
    headers.get(payload === '1.0' ? 'x-amzn-remapped-www-authenticate' : 'www-authenticate');

  test.each(operations.map((operation) => [operation.operationId, operation] as const))(
    '%s knows its callers',
    async (operationId, operation) => {
      const answered: number[] = [];
      for (const caller of callers) {
        const scene = await createScene();
        const person = await findCaller(caller, scene.owner);
        const { route, body } = buildRequest(operation, scene, person);
        const answer = await api(route, { token: person?.token, body });
        answered.push(answer.status);
        expect([caller, challengeOf(answer)]).toEqual([caller, answer.status === 401 ? 'Bearer' : null]);
      }
      expect(answered).toEqual(statuses[operationId as OperationId]);
    },
  );

  test.each(Object.entries(junkTokens()))('%s is refused wherever a token is needed', async (_, createToken) => {
    const scene = await createScene();
    const token = await createToken(scene.owner);
    for (const operation of protectedOperations) {
      const { route, body } = buildRequest(operation, scene);
      const answer = await api(route, { body, headers: { authorization: token } });
      expect([route, answer.status, answer.body.code]).toEqual([route, 401, 'unauthenticated']);
      expect(challengeOf(answer)).toBe('Bearer error="invalid_token"');
    }
  });

  test('a junk token does not matter where none is needed', async () => {
    for (const operation of publicOperations) {
      const { route, body } = buildRequest(operation, await createScene());
      expect([route, (await api(route, { body, token: 'junk' })).status]).toEqual([route, operation.status]);
    }
  });

  test('the role is asked before the body is read', async () => {
    const { token } = await createGuest();
    expect((await api('POST /users/batch', { token, body: '{' })).status).toBe(403);
    expect((await api('POST /users/batch', { body: '{' })).status).toBe(401);
  });

  test('only an admin changes a role or finds a user by e-mail address', async () => {
    const guest = await createGuest();
    const admin = await createGuest('admin');
    const change = { body: { role: 'admin' } };
    const find = `GET /users?email=${guest.email}` as const;
    expect((await api(`PATCH /users/${guest.id}`, { ...change, token: guest.token })).body.code).toBe('forbidden');
    expect((await api(find, { token: guest.token })).body.code).toBe('forbidden');
    expect((await api(find, { token: admin.token })).body.items).toHaveLength(1);
    expect((await api(`PATCH /users/${guest.id}`, { ...change, token: admin.token })).body.role).toBe('admin');
  });
});

type CreateToken = (owner: Guest) => string | Promise<string>;

/** Values of the Authorization header. */
function junkTokens(): Record<string, CreateToken> {
  return {
    'a word': () => 'Bearer junk',
    'a token of no scheme': ({ token }) => token,
    'a token of another scheme': ({ token }) => `Basic ${token}`,
    'a token sent twice': ({ token }) => `Bearer ${token}, Bearer ${token}`,
    'a refresh token': ({ refreshToken }) => `Bearer ${refreshToken}`,
    'a token without its signature': ({ token }) => `Bearer ${token.replace(/[^.]*$/, '')}`,
    'a token with a changed claim': async ({ token, id }) => {
      const [head, claims = '', signature] = token.split('.');
      const changed = Buffer.from(claims, 'base64url')
        .toString()
        .replace(`"${id}"`, `"${id + 1}"`);
      return `Bearer ${head}.${Buffer.from(changed).toString('base64url')}.${signature}`;
    },
    'a token of alg none': (owner) => `Bearer ${new UnsecuredJWT(claimsOf(owner)).encode()}`,
    'an HS256 token made with the public key': (owner) => sign(owner, { isSymmetric: true }),
    'a token of an unknown key': async (owner) => sign(owner, { jwks: await createAccessTokenKeys() }),
    'a token of another key under our key id': async (owner) => {
      const [key] = JSON.parse(await createAccessTokenKeys()).keys;
      return sign(owner, { jwks: JSON.stringify({ keys: [{ ...key, kid: ourKey().kid }] }) });
    },
    'an expired token': (owner) => sign(owner, { claims: { exp: Math.floor(Date.now() / 1000) - 1 } }),
    'a token for another audience': (owner) => sign(owner, { claims: { aud: 'elsewhere' } }),
    'a token of another issuer': (owner) => sign(owner, { claims: { iss: 'elsewhere' } }),
    'an ID token': (owner) => sign(owner, { typ: 'JWT' }),
    'a token that never expires': (owner) => sign(owner, { claims: { exp: undefined } }),
    'a token whose session is not one': (owner) => sign(owner, { claims: { sid: 'x' } }),
    'a token of another user for this session': (owner) => sign(owner, { claims: { sub: String(owner.id + 1) } }),
    'a token of a revoked session': async ({ token, sessionId }) => {
      await Session.revoke({ id: sessionId });
      return `Bearer ${token}`;
    },
    'a token of a deleted user': async ({ token, id }) => {
      await User.destroy({ where: { id } });
      return `Bearer ${token}`;
    },
  };
}

interface Forgery {
  claims?: { [K in keyof JWTPayload]: JWTPayload[K] | undefined };
  typ?: string;
  jwks?: string;
  isSymmetric?: boolean;
}

/** Good but for what is said. */
async function sign(owner: Guest, { claims, typ = 'at+jwt', jwks, isSymmetric = false }: Forgery) {
  const jwk = ourKey(jwks);
  const { kid, x, y } = jwk;
  const key = isSymmetric ? Buffer.from(JSON.stringify({ x, y })) : await importJWK(jwk, 'ES256');
  const header = { alg: isSymmetric ? 'HS256' : 'ES256', typ, kid };
  return `Bearer ${await new SignJWT({ ...claimsOf(owner), ...claims } as JWTPayload).setProtectedHeader(header).sign(key)}`;
}

function ourKey(jwks = process.env.JWT_KEYS ?? '') {
  return JSON.parse(jwks).keys[0];
}

function claimsOf({ id, sessionId }: Guest) {
  const now = Math.floor(Date.now() / 1000);
  return { iss: 'inkwell', aud: 'inkwell', sub: String(id), sid: sessionId, jti: '1', iat: now, exp: now + 60 };
}
