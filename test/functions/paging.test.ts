import { Op } from 'sequelize';
import { operations } from '../../shared/contract';
import { Post, User } from '../../shared/db';
import { encodeCursor } from '../../shared/db/cursor';
import { type Answer, api } from '../support/api';
import type { OperationId } from '../support/request-of';
import { createGuest, type Guest } from '../support/scene';

interface Item {
  id: number;
  [key: string]: string | number;
}

let author: Guest;
let admin: Guest;

/** Three values of each key for 40 rows: ties everywhere. */
const times = ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.001Z', '2026-03-01T00:00:00.000Z'];
const titles = ['B', 'a \\ \' " %_', 'ä 🖋'];
const rowsOf = (count: number) => Array.from({ length: count }, (_, index) => index);
const timesOf = (index: number) => {
  const time = new Date(times[index % 3] ?? '');
  return { createdAt: time, updatedAt: time };
};

beforeAll(async () => {
  author = await createGuest();
  admin = await createGuest('admin');
  const text = (index: number) => titles[(index * 7) % 5] ?? 'B';
  await Post.bulkCreate(
    rowsOf(40).map((index) => ({ title: text(index), content: 'fox', userId: author.id, ...timesOf(index) })),
  );
  await User.bulkCreate(
    rowsOf(40).map((index) => ({
      name: text(index),
      email: `walker.${index}@example.com`,
      passwordHash: 'none',
      ...timesOf(index),
    })),
  );
});

const filters: Partial<Record<OperationId, string[]>> = {
  listPosts: ['', 'userId=AUTHOR', 'q=fox', `createdAfter=${times[0]}&createdBefore=${times[2]}`],
  listUserPosts: [''],
  listUsers: ['', 'nameContains=%25_', 'nameContains=a&email=walker.1%40example.com'],
};

const lists = operations.filter(({ query }) => query && 'cursor' in query.shape);
const sortsOf = (operationId: string) =>
  ['createdAt', '-createdAt'].concat(operationId === 'listUsers' ? ['name', '-name'] : ['title', '-title']);
const walks = lists.flatMap(({ operationId, path }) =>
  sortsOf(operationId).flatMap((sort) =>
    (filters[operationId as OperationId] ?? []).map((filter) => [operationId, sort, filter, path] as const),
  ),
);

const get = (target: string) => api(`GET ${target as `/${string}`}`, { token: admin.token });
const targetOf = (path: string, sort: string, filter = '') =>
  `${path.replace('{userId}', String(author.id))}?sort=${sort}&${filter.replace('AUTHOR', String(author.id))}`;

/** Follows the Link headers; what happens between two pages is up to the caller. */
async function walk(target: string, limit: number, between: () => Promise<unknown> = async () => {}) {
  const items: Item[] = [];
  let next: string | undefined = `${target}&limit=${limit}`;
  while (next) {
    const [{ body, headers }]: [Answer, unknown] = await Promise.all([get(next), between()]);
    items.push(...body.items);
    const query: string | undefined = /^<(\?.*)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
    expect(query && new URLSearchParams(query).get('cursor')).toEqual(body.nextCursor ?? undefined);
    next = query && new URL(query, `http://localhost${target}`).href.replace('http://localhost', '');
  }
  return items;
}

function compareBy(sort: string) {
  const key = sort.replace('-', '');
  const sign = sort.startsWith('-') ? -1 : 1;
  return (a: Item, b: Item) =>
    sign * (Buffer.compare(Buffer.from(`${a[key]}`), Buffer.from(`${b[key]}`)) || a.id - b.id);
}

test('the contract offers these sorts', () => {
  for (const { operationId, query } of lists) {
    for (const sort of sortsOf(operationId)) expect(query?.safeParse({ sort }).success).toBe(true);
  }
  expect(lists.map(({ operationId }) => operationId)).toEqual(['listUsers', 'listUserPosts', 'listPosts']);
});

test.each(walks)('%s by %s of "%s" shows every row once, in order, and counts them', async (_, sort, filter, path) => {
  const target = targetOf(path, sort, filter);
  const { body } = await get(`${target}&limit=100&count=true`);
  expect(body.total).toBe(body.items.length);
  expect(body.nextCursor).toBeNull();
  expect(body.items).toEqual([...body.items].sort(compareBy(sort)));
  const items = await walk(target, 7);
  expect(items).toEqual(body.items);
});

test('a total is given on request only', async () => {
  expect((await get('/posts')).body).not.toHaveProperty('total');
  expect((await get('/posts?count=false')).body).not.toHaveProperty('total');
  expect((await get('/posts?count=true&limit=1')).body.total).toBe(40);
});

describe.each(['createdAt', '-createdAt', 'title', '-title'])('while rows come, go and change, by %s,', (sort) => {
  test('no row is seen twice and none that stood throughout is missed', async () => {
    const writer = await createGuest();
    const build = (index: number) => ({ title: `T${index % 4}`, userId: writer.id, content: '', ...timesOf(index) });
    const rows = await Post.bulkCreate(rowsOf(60).map(build), { returning: true });
    const passing = rows.filter((_, index) => index % 3 === 0).map(({ id }) => id);
    const renamed = rows.filter((_, index) => index % 3 === 1).map(({ id }) => id);
    let round = 0;
    const items = await walk(`/users/${writer.id}/posts?sort=${sort}`, 4, async () => {
      round += 1;
      const gone = passing.splice(0, 2);
      const changed = { title: `T${round % 4}` };
      await Promise.all([
        round < 15 && Post.bulkCreate([build(round), build(round + 1)]),
        Post.destroy({ where: { id: { [Op.in]: gone } } }),
        Post.update(changed, { where: { id: renamed[(round * 5) % renamed.length] } }),
      ]);
    });
    const stood = rows.filter((_, index) => index % 3 === 2).map(({ id }) => id);
    const ids = items.map(({ id }) => id);
    expect(ids.filter((id) => stood.includes(id)).sort((a, b) => a - b)).toEqual(stood);
    const unmoved = sort.endsWith('title') ? ids.filter((id) => !renamed.includes(id)) : ids;
    expect(unmoved).toHaveLength(new Set(unmoved).size);
  });
});

test.each(['"', '\\', '\n', '🖋'])('a hundred of the longest posts, all of %j, are a page', async (character) => {
  const post = { title: character.repeat(200), content: character.repeat(10_000), userId: admin.id };
  await Promise.all(rowsOf(100).map(() => Post.create(post)));
  const { status, body } = await get(`/users/${admin.id}/posts?limit=100`);
  expect([status, body.items?.length]).toEqual([200, process.env.DATABASE_URL ? 100 : expect.any(Number)]);
  await Post.destroy({ where: { userId: admin.id } });
});

test('a page that is more than the transport carries is a shorter page, and no row is lost', async () => {
  const post = { title: 'Long', content: '🖋'.repeat(10_000), userId: admin.id };
  await Promise.all(rowsOf(60).map(() => Post.create(post)));
  const items = await walk(`/users/${admin.id}/posts?`, 60);
  expect(new Set(items.map(({ id }) => id)).size).toBe(60);
  await Post.destroy({ where: { userId: admin.id } });
});

describe('a cursor', () => {
  const refused = { code: 'validation-failed', errors: [{ pointer: '/query/cursor', message: expect.any(String) }] };
  const cursorOf = async (target: string) => (await get(`${target}&limit=3`)).body.nextCursor as string;

  test.each(['/posts?sort=title', '/posts?q=fox', '/posts?userId=1', '/users?', '/users?sort=name'])(
    'of /posts is refused by %s',
    async (target) => {
      const cursor = await cursorOf('/posts?');
      expect((await get(`${target}&cursor=${cursor}`)).body).toMatchObject(refused);
    },
  );

  test('of one user is refused by another', async () => {
    const cursor = await cursorOf(`/users/${author.id}/posts?`);
    expect((await get(`/users/${admin.id}/posts?cursor=${cursor}`)).body).toMatchObject(refused);
  });

  test('is good under another limit, and to others', async () => {
    const cursor = await cursorOf('/posts?');
    expect((await api(`GET /posts?limit=1&cursor=${cursor}`)).status).toBe(200);
  });

  test('is refused when a character is changed, added or missing', async () => {
    const cursor = await cursorOf('/posts?');
    const swap = (index: number) =>
      `${cursor.slice(0, index)}${cursor[index] === 'A' ? 'B' : 'A'}${cursor.slice(index + 1)}`;
    const changed = [...cursor].map((_, index) => swap(index));
    for (const other of [...changed, `${cursor}A`, cursor.slice(1), cursor.slice(0, -1), `${cursor}.`]) {
      expect([other, (await get(`/posts?cursor=${other}`)).status]).toEqual([other, 400]);
    }
  });

  test.each([
    ['createdAt', 'yesterday', 1],
    ['createdAt', '2026-01-01', 1],
    ['createdAt', '+275760-09-13T00:00:00.000Z', 1],
    ['createdAt', '0000-01-01T00:00:00.000Z', 1],
    ['createdAt', '-000001-01-01T00:00:00.000Z', 1],
    ['title', 'a\u0000', 1],
    ['title', 7, 1],
    ['title', 'a', 1.5],
    ['title', 'a', '1; DROP TABLE posts'],
  ])('with a good checksum over nonsense is refused: %s %j %j', async (sort, value, id) => {
    const cursor = encodeCursor({ value, id } as never, JSON.stringify(['Post', sort, {}]));
    expect((await get(`/posts?sort=${sort}&cursor=${cursor}`)).body).toMatchObject(refused);
  });
});
