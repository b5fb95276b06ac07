import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operations } from '../shared/contract';
import { createOpenApi } from '../shared/contract/open-api';
import { problems } from '../shared/contract/problem';
import { loadHandler } from './support/api';

const root = join(__dirname, '..');

const table = `
  users   createUser           POST    /users                       public  201
  users   createUsers          POST    /users/batch                 admin   201
  users   listUsers            GET     /users                       user    200
  users   getUser              GET     /users/{userId}              user    200
  users   updateUser           PATCH   /users/{userId}              user    200
  users   deleteUser           DELETE  /users/{userId}              user    204
  users   listUserPosts        GET     /users/{userId}/posts        public  200
  auth    login                POST    /auth/login                  public  200
  auth    refresh              POST    /auth/refresh                public  200
  auth    logout               POST    /auth/logout                 user    204
  auth    getMe                GET     /auth/me                     user    200
  auth    changePassword       PUT     /auth/password               user    204
  auth    listSessions         GET     /auth/sessions               user    200
  auth    revokeSession        DELETE  /auth/sessions/{sessionId}   user    204
  auth    revokeOtherSessions  DELETE  /auth/sessions               user    204
  auth    getJwks              GET     /.well-known/jwks.json       public  200
  posts   createPost           POST    /posts                       user    201
  posts   listPosts            GET     /posts                       public  200
  posts   getPost              GET     /posts/{postId}              public  200
  posts   updatePost           PATCH   /posts/{postId}              user    200
  posts   deletePost           DELETE  /posts/{postId}              user    204
  system  getHealth            GET     /health                      public  200
  system  getOpenApi           GET     /openapi.json                public  200`;

const publishedProblems = `
  400 validation-failed
  401 unauthenticated
  401 invalid-credentials
  401 invalid-refresh-token
  403 forbidden
  404 not-found
  405 method-not-allowed
  409 email-taken
  413 payload-too-large
  415 unsupported-media-type
  429 too-many-requests
  431 headers-too-large
  500 internal-error
  502 bad-gateway
  503 database-unavailable
  504 gateway-timeout`;

const linesOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/ +/).join(' '));

test('the API is these 23 operations', () => {
  const lines = operations.map(({ tag, operationId, method, path, access, status }) =>
    [tag, operationId, method, path, access, status].join(' '),
  );
  expect(lines).toEqual(linesOf(table));
  expect(lines).toHaveLength(23);
});

test('a request can fail in these ways', () => {
  const lines = Object.entries(problems).map(([code, { status }]) => `${status} ${code}`);
  expect(lines).toEqual(linesOf(publishedProblems));
});

test.each([
  ['operation id', ({ operationId }: Operation) => operationId],
  ['function', ({ functionName }: Operation) => functionName],
  ['file', ({ entry }: Operation) => entry],
  ['method and path', ({ method, path }: Operation) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`],
  ['summary', ({ summary }: Operation) => summary],
])('no two operations share their %s', (_, nameOf) => {
  const names = operations.map(nameOf);
  expect(names).toEqual([...new Set(names)]);
});

type Operation = (typeof operations)[number];

test.each(operations.map((operation) => [operation.operationId, operation] as const))(
  '%s has its handler, and params, body and response that agree with its path, method and status',
  async (_, operation) => {
    expect(await loadHandler(operation)).toEqual({ handler: expect.any(Function) });
    const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys(operation.params?.shape ?? {})).toEqual(inPath);
    expect(Boolean(operation.response)).toBe(operation.status !== 204);
    if (operation.body) expect(['POST', 'PUT', 'PATCH']).toContain(operation.method);
    if (operation.access === 'public') return;
    expect(operation.cacheControl).toBeUndefined();
  },
);

test('each file in functions/ is the handler of an operation, but for the migrations', () => {
  const files = readdirSync(join(root, 'functions'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `functions/${file.replaceAll('\\', '/').replace(/\.ts$/, '')}`);
  expect(files.sort()).toEqual([...operations.map(({ entry }) => entry), 'functions/migrate'].sort());
});

test('docs/openapi.json is what the contract says', () => {
  const written = JSON.parse(readFileSync(join(root, 'docs/openapi.json'), 'utf8'));
  expect(written).toEqual(JSON.parse(JSON.stringify(createOpenApi(operations))));
});
