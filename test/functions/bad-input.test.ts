import fc from 'fast-check';
import { operations } from '../../shared/contract';
import { problemCodesOf } from '../../shared/contract/open-api';
import { Problem } from '../../shared/contract/problem';
import type { Operation } from '../../shared/contract/route';
import { sequelize } from '../../shared/db';
import { type Answer, api, createApi } from '../support/api';
import { buildRequest, routeOf } from '../support/request-of';
import { createGuest, createScene, type Guest, type Scene } from '../support/scene';

let admin: Guest;
let scene: Scene;

beforeAll(async () => {
  admin = await createGuest('admin');
  scene = await createScene();
});

const named = (list: readonly Operation[]) => list.map((operation) => [operation.operationId, operation] as const);
const withBody = named(operations.filter(({ body }) => body));
const withParams = named(operations.filter(({ params }) => params));

function send(operation: Operation, { query = '', body, headers = {} }: Parts = {}) {
  const valid = buildRequest(operation, scene, admin);
  return api(`${valid.route}${query}`, { token: admin.token, body: body === undefined ? valid.body : body, headers });
}

interface Parts {
  query?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

function pointersOf({ status, body }: Answer) {
  const errors: { pointer: string }[] = body.errors ?? [];
  return [status, [...new Set(errors.map(({ pointer }) => pointer))]] as const;
}

/** Every member of a value: its JSON Pointer, and the value with another in its place. */
function membersOf(value: unknown, pointer = '/body'): { pointer: string; put: (other: unknown) => unknown }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const put = (other: unknown) =>
      Array.isArray(value) ? value.with(Number(name), other) : { ...value, [name]: other };
    const inner = membersOf(member, `${pointer}/${name}`);
    const nested = inner.map((one) => ({ ...one, put: (other: unknown) => put(one.put(other)) }));
    return [{ pointer: `${pointer}/${name}`, put }, ...nested];
  });
}

async function digest() {
  const digests = ['users', 'posts', 'sessions'].map(
    (table) => `(SELECT md5(coalesce(string_agg(t::text, '' ORDER BY t.id), '')) FROM ${table} t) AS ${table}`,
  );
  return (await sequelize.query(`SELECT ${digests.join(', ')}`))[0];
}

describe('what is refused', () => {
  let before: unknown;

  beforeAll(async () => {
    before = await digest();
  });

  afterAll(async () => expect(await digest()).toEqual(before));

  test.each(withBody)('%s refuses a body that is no JSON object', async (_, operation) => {
    for (const body of ['', '{"a":', '{} {}', "{'a': 1}", 'null', '[]', '"text"', '7', 'true', '\u0000']) {
      expect([body, ...pointersOf(await send(operation, { body }))]).toEqual([body, 400, ['/body']]);
    }
  });

  test.each(withBody)('%s refuses a field that it does not know', async (_, operation) => {
    const { body } = buildRequest(operation, scene, admin);
    for (const name of ['id', 'passwordHash', 'constructor', 'a/b~c', '__proto__']) {
      const text = `${JSON.stringify(body).slice(0, -1)},${JSON.stringify(name)}:{"role":"admin"}}`;
      const pointer = `/body/${name.replace('~', '~0').replace('/', '~1')}`;
      expect([name, ...pointersOf(await send(operation, { body: text }))]).toEqual([name, 400, [pointer]]);
    }
  });

  test.each(withBody)('%s refuses values of a wrong type and text that cannot be stored', async (_, operation) => {
    for (const { pointer, put } of membersOf(buildRequest(operation, scene, admin).body)) {
      for (const value of [7, true, null, {}, ['x'], 'a\u0000b', '\ud800', 'x'.repeat(10_001), '']) {
        if (value === '' && pointer === '/body/content') continue;
        const [status, pointers] = pointersOf(await send(operation, { body: put(value) }));
        expect([pointer, value, status]).toEqual([pointer, value, 400]);
        expect(pointers.length > 0 && pointers.every((one) => one.startsWith(pointer))).toBe(true);
      }
    }
  });

  test.each(withBody)('%s refuses other content types, and bodies of 10 MB', async (_, operation) => {
    for (const type of ['', 'text/plain', 'application/xml', 'application/json; charset=latin1', 'json']) {
      const { status, body } = await send(operation, { headers: { 'content-type': type } });
      expect([type, status, body.code]).toEqual([type, 415, 'unsupported-media-type']);
    }
    const { status, body } = await send(operation, { body: { a: 'x'.repeat(10 * 1024 * 1024) } });
    expect([status, body.code]).toEqual([413, 'payload-too-large']);
  });

  test.each(named(operations))('%s refuses query parameters that it does not know', async (_, operation) => {
    for (const payload of ['1.0', '2.0'] as const) {
      const { route, body } = buildRequest(operation, scene, admin);
      for (const name of ['unknown', 'constructor', '__proto__', 'toString']) {
        const answer = await createApi({ payload })(`${route}?${name}=1`, { token: admin.token, body });
        expect([payload, ...pointersOf(answer)]).toEqual([payload, 400, [`/query/${name}`]]);
      }
    }
  });

  test.each(queryTable())('%s refuses ?%s=%s', async (operationId, name, value) => {
    const operation = operations.find((one) => one.operationId === operationId) as Operation;
    expect(pointersOf(await send(operation, { query: `?${name}=${value}` }))).toEqual([400, [`/query/${name}`]]);
  });

  test.each(withParams)('%s refuses a path parameter that is none', async (_, operation) => {
    const [name = ''] = Object.keys(operation.params?.shape ?? {});
    const { body } = buildRequest(operation, scene, admin);
    for (const value of ['9223372036854775808', '9007199254740992', '0', '-1', '1.5', '1e3', 'abc', '%00', '%20']) {
      const answer = await api(routeOf(operation, { [name]: value }), { token: admin.token, body });
      expect([value, ...pointersOf(answer)]).toEqual([value, 400, [`/params/${name}`]]);
    }
  });

  test.each([...new Set(operations.map(({ path }) => path))])(
    '%s supports the methods of the contract',
    async (path) => {
      const allowed = operations.filter((one) => one.path === path).map(({ method }) => method as string);
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY']) {
        if (allowed.includes(method)) continue;
        const { status, headers } = await api(`${method} ${path.replace(/\{\w+\}/, '1') as `/${string}`}`);
        expect([method, status, headers.get('allow')?.split(', ').sort()]).toEqual([method, 405, [...allowed].sort()]);
      }
    },
  );

  test('an answer to very much that is wrong stays small', async () => {
    const manyNames = Object.fromEntries(Array.from({ length: 200_000 }, (_, index) => [index, 1]));
    for (const body of [manyNames, { ['x'.repeat(4_000_000)]: 1 }, { users: Array(500_000).fill(1) }]) {
      const answer = await api('POST /users/batch', { token: admin.token, body });
      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer.body).length).toBeLessThan(50_000);
    }
  });
});

/** What each parameter of each list refuses. */
function queryTable() {
  const bad: Record<string, string[]> = {
    limit: ['-1', '0', '101', '1.5', '1e1', 'ten', '', '99999999999999999999'],
    cursor: ['tampered', '%00', 'W10.x', 'x'.repeat(2049)],
    count: ['1', 'yes', ''],
    sort: ['id', 'password_hash', '--name', 'constructor'],
    include: ['sessions', '__proto__', ''],
    userId: ['9223372036854775808', '0', '-1', 'x'],
    createdAfter: ['yesterday', '2026-02-30T00:00:00Z', '2026-01-01', '0000-01-01T00:00:00Z'],
    createdBefore: ['1', '2026-01-01T00:00:00', '9999-12-31T23:59:59-00:01'],
    q: ['', '%00', 'x'.repeat(201)],
    email: ['', 'a%00b', 'x'.repeat(255)],
    nameContains: ['', '%00', 'x'.repeat(51)],
  };
  return operations.flatMap(({ operationId, query }) =>
    Object.keys(query?.shape ?? {}).flatMap((name) =>
      [...(bad[name] ?? []), `1&${name}=2`].map((value) => [operationId, name, value] as const),
    ),
  );
}

describe('whatever comes', () => {
  const numRuns = 25;
  const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('\u0000', '\ud800', "'; --", '%'));

  function expectAnswer(operation: Operation, { status, body, headers }: Answer) {
    if (status === operation.status) return;
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(Problem.parse(body).status).toBe(status);
    expect(status).toBeLessThan(500);
    expect(problemCodesOf(operation)).toContain(body.code);
  }

  test.each(withBody)('%s answers any body with its success or its problems', async (_, operation) => {
    const members = membersOf(buildRequest(operation, scene, admin).body);
    const body = fc.oneof(
      fc.json(),
      text,
      fc.tuple(fc.constantFrom(...members), fc.oneof(text, fc.jsonValue())).map(([{ put }, value]) => put(value)),
    );
    await fc.assert(
      fc.asyncProperty(body, async (body) => expectAnswer(operation, await send(operation, { body }))),
      { numRuns },
    );
  });

  test.each(named(operations.filter(({ query }) => query)))('%s answers any query', async (_, operation) => {
    const name = fc.oneof(fc.constantFrom(...Object.keys(operation.query?.shape ?? {})), text);
    const query = fc.array(fc.tuple(name, text), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(query, async (query) =>
        expectAnswer(operation, await send(operation, { query: `?${new URLSearchParams(query)}` })),
      ),
      { numRuns: 2 * numRuns },
    );
  });

  test('getMe answers any token', async () => {
    const getMe = operations.find(({ operationId }) => operationId === 'getMe') as Operation;
    const part = fc.oneof(fc.json(), text).map((value) => Buffer.from(value).toString('base64url'));
    const token = fc.array(part, { maxLength: 5 }).map((parts) => parts.join('.'));
    await fc.assert(
      fc.asyncProperty(token, async (token) => expectAnswer(getMe, await api('GET /auth/me', { token }))),
      { numRuns: 4 * numRuns },
    );
  });
});
