import { api } from '../support/api';
import { type Person, register, registerAdmin, writePost } from '../support/people';

let ada: Person;
let bob: Person;

beforeAll(async () => {
  ada = await register('Ada');
  bob = await register('Bob');
});

describe('createPost', () => {
  test('answers the post and where it lives', async () => {
    const body = { title: 'On engines', content: 'They weave.' };
    const answer = await api('POST /posts', { token: ada.token, body });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      ...body,
      id: expect.any(Number),
      userId: ada.id,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: answer.body.createdAt,
    });
    const { body: found } = await api(`GET ${answer.headers.get('location') as `/${string}`}`);
    expect(found).toEqual(answer.body);
  });

  test('takes a post without content', async () => {
    const { body } = await api('POST /posts', { token: ada.token, body: { title: 'Short' } });
    expect(body.content).toBe('');
  });

  test('counts code points, not UTF-16 units', async () => {
    const fits = await api('POST /posts', { token: ada.token, body: { title: '🖋'.repeat(200) } });
    expect(fits.status).toBe(201);
    const tooLong = await api('POST /posts', { token: ada.token, body: { title: '🖋'.repeat(201) } });
    expect(tooLong.body.errors).toEqual([{ pointer: '/body/title', message: 'must be 1 to 200 characters long' }]);
  });
});

test.each([
  ['createPost', 'POST', () => '/posts'],
  ['updatePost', 'PATCH', (id: number) => `/posts/${id}`],
] as const)('%s refuses control characters in the content, but for tabs and line ends', async (_, method, pathOf) => {
  const { id } = await writePost(ada);
  const write = (content: string) =>
    api(`${method} ${pathOf(id) as '/'}`, { token: ada.token, body: { title: 'Text', content } });
  expect((await write('a\tb\r\nc')).body.content).toBe('a\tb\r\nc');
  expect((await write('a\u0001b')).body.errors).toMatchObject([{ pointer: '/body/content' }]);
});

describe('getPost', () => {
  test('adds the author on request', async () => {
    const post = await writePost(ada);
    const { body } = await api(`GET /posts/${post.id}?include=author`);
    expect(body).toEqual({ ...post, author: { id: ada.id, name: 'Ada' } });
  });

  test('answers 404 for a post that is not there', async () => {
    const { status, body } = await api('GET /posts/9007199254740991');
    expect([status, body.code]).toEqual([404, 'not-found']);
  });
});

describe('updatePost', () => {
  test('changes what is named and the time of the change', async () => {
    const post = await writePost(ada, 'Draft');
    const { status, body } = await api(`PATCH /posts/${post.id}`, { token: ada.token, body: { content: 'Final' } });
    expect(status).toBe(200);
    expect(body).toEqual({ ...post, content: 'Final', updatedAt: expect.any(String) });
    expect(Date.parse(body.updatedAt)).toBeGreaterThanOrEqual(Date.parse(body.createdAt));
  });

  test('is for the author and admins', async () => {
    const post = await writePost(ada);
    const admin = await registerAdmin();
    const change = (token: string) => api(`PATCH /posts/${post.id}`, { token, body: { title: 'New' } });
    expect((await change(bob.token)).body.code).toBe('forbidden');
    expect((await change(admin.token)).status).toBe(200);
  });

  test('refuses to change nothing', async () => {
    const post = await writePost(ada);
    const { body } = await api(`PATCH /posts/${post.id}`, { token: ada.token, body: {} });
    expect(body.errors).toEqual([{ pointer: '/body', message: 'must change something' }]);
  });
});

describe('deletePost', () => {
  test('deletes once', async () => {
    const post = await writePost(ada);
    expect((await api(`DELETE /posts/${post.id}`, { token: ada.token })).status).toBe(204);
    expect((await api(`DELETE /posts/${post.id}`, { token: ada.token })).status).toBe(404);
    expect((await api(`GET /posts/${post.id}`)).status).toBe(404);
  });

  test('is for the author and admins', async () => {
    const post = await writePost(ada);
    expect((await api(`DELETE /posts/${post.id}`, { token: bob.token })).body.code).toBe('forbidden');
    expect((await api(`GET /posts/${post.id}`)).status).toBe(200);
  });
});

describe('listPosts', () => {
  test.each([
    ['words in any form', 'fox run', ['The running foxes']],
    ['a phrase', '"quick brown"', ['A quick brown dog']],
    ['either', 'foxes or dog', ['A quick brown dog', 'The running foxes']],
    ['without', 'world -dog', ['The running foxes']],
    ['operators of to_tsquery as mere words', "foxes' & !:* running", ['The running foxes']],
    ['nothing that is a word', '!!!', []],
  ])('finds %s', async (_, q, titles) => {
    const cy = await register('Cy');
    await writePost(cy, 'The running foxes');
    await writePost(cy, 'A quick brown dog');
    const { body } = await api(`GET /posts?userId=${cy.id}&q=${encodeURIComponent(q)}&sort=title`);
    expect(body.items.map(({ title }: { title: string }) => title)).toEqual(titles);
  });

  test('lists what was written between two times, the times themselves left out', async () => {
    const dee = await register('Dee');
    const posts = [await writePost(dee, '1'), await writePost(dee, '2'), await writePost(dee, '3')] as never[];
    const [first, second, third] = posts as { createdAt: string }[];
    const after = encodeURIComponent(first?.createdAt.replace('Z', '+00:00') ?? '');
    const { body } = await api(`GET /posts?userId=${dee.id}&createdAfter=${after}&createdBefore=${third?.createdAt}`);
    expect(body.items).toEqual([second]);
  });

  test('sorts by code point, capitals first', async () => {
    const eve = await register('Eve');
    for (const title of ['b', 'a', 'B', 'ä']) await writePost(eve, title);
    const titles = async (sort: string) =>
      (await api(`GET /posts?userId=${eve.id}&sort=${sort}`)).body.items.map((post: { title: string }) => post.title);
    expect(await titles('title')).toEqual(['B', 'a', 'b', 'ä']);
    expect(await titles('-title')).toEqual(['ä', 'b', 'a', 'B']);
  });
});
