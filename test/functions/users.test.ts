import { Post, Session, User } from '../../shared/db';
import { api } from '../support/api';
import { buildUser, logIn, type Person, register, registerAdmin, writePost } from '../support/people';

let ada: Person;
let bob: Person;
let admin: Person;

beforeAll(async () => {
  ada = await register('Ada');
  bob = await register('Bob');
  admin = await registerAdmin();
});

describe('createUser', () => {
  test('answers the user, with the e-mail address and never the password or its hash', async () => {
    const user = buildUser('Cy');
    const answer = await api('POST /users', { body: user });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`/users/${answer.body.id}`);
    expect(answer.body).toEqual({
      id: expect.any(Number),
      name: 'Cy',
      email: user.email,
      role: 'user',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: answer.body.createdAt,
    });
  });

  test('stores a bcrypt hash of the configured cost', async () => {
    const user = buildUser();
    await api('POST /users', { body: user });
    expect((await User.findByEmail(user.email))?.passwordHash).toMatch(/^\$2b\$04\$.{53}$/);
  });

  test('refuses an e-mail address that is taken, whatever its case, and keeps the first user', async () => {
    const body = { ...buildUser('Mallory'), email: ada.email.toUpperCase() };
    const answer = await api('POST /users', { body });
    expect([answer.status, answer.body.code]).toEqual([409, 'email-taken']);
    expect((await User.findByEmail(body.email))?.name).toBe('Ada');
  });

  test('does not let anyone make themselves an admin', async () => {
    const { body } = await api('POST /users', { body: { ...buildUser(), role: 'admin' } });
    expect(body.errors).toEqual([{ pointer: '/body/role', message: 'is not known here' }]);
  });

  test.each([
    ['7 characters', '1234567', 400],
    ['8 characters', '12345678', 201],
    ['72 bytes', 'é'.repeat(36), 201],
    ['73 bytes', `${'é'.repeat(36)}x`, 400],
  ])('judges a password of %s by %#', async (_, password, status) => {
    expect((await api('POST /users', { body: { ...buildUser(), password } })).status).toBe(status);
  });
});

describe('createUsers', () => {
  test('creates all', async () => {
    const users = ['Alice', 'Bob', 'Charlie'].map(buildUser);
    const { status, body } = await api('POST /users/batch', { token: admin.token, body: { users } });
    expect(status).toBe(201);
    expect(body.items.map(({ email }: Person) => email)).toEqual(users.map(({ email }) => email));
    expect((await logIn(users[2] as Person)).token).toEqual(expect.any(String));
  });

  test.each([
    ['taken by a user', () => ada.email.toUpperCase()],
    ['given twice', (first: string) => first.toUpperCase()],
  ])('creates none when an e-mail address is %s', async (_, pick) => {
    const [first, second] = [buildUser(), buildUser()];
    const email = pick(first.email);
    const before = await User.count();
    const answer = await api('POST /users/batch', {
      token: admin.token,
      body: { users: [first, { ...second, email }] },
    });
    expect(answer.body).toMatchObject({ code: 'email-taken', detail: expect.stringContaining(email) });
    expect(await User.count()).toBe(before);
  });

  test('takes 100 and not 101', async () => {
    const users = Array.from({ length: 101 }, () => buildUser());
    const create = (batch: typeof users) => api('POST /users/batch', { token: admin.token, body: { users: batch } });
    expect((await create(users)).body.errors[0].pointer).toBe('/body/users');
    expect((await create(users.slice(1))).body.items).toHaveLength(100);
  });
});

describe('getUser', () => {
  test('shows the e-mail address to the user and to admins only', async () => {
    const emailFor = async ({ token }: Person) => (await api(`GET /users/${ada.id}`, { token })).body.email;
    expect(await emailFor(ada)).toBe(ada.email);
    expect(await emailFor(admin)).toBe(ada.email);
    expect(await emailFor(bob)).toBeUndefined();
  });

  test('adds the newest 20 posts on request', async () => {
    const dee = await register('Dee');
    for (let index = 1; index <= 21; index += 1) await writePost(dee, `Post ${index}`);
    const { body } = await api(`GET /users/${dee.id}?include=posts`, { token: bob.token });
    expect(body.posts).toHaveLength(20);
    expect([body.posts[0].title, body.posts[19].title]).toEqual(['Post 21', 'Post 2']);
  });
});

describe('listUsers', () => {
  test('finds a part of a name, case-sensitively, with % and _ as they are', async () => {
    for (const name of ['Otto', 'lotta', '100% cotton', 'snake_case']) await register(name);
    const find = async (part: string) => {
      const answer = await api(`GET /users?nameContains=${encodeURIComponent(part)}`, { token: bob.token });
      return answer.body.items.map(({ name }: Person) => name);
    };
    expect(await find('tto')).toEqual(['Otto', '100% cotton']);
    expect(await find('ott')).toEqual(expect.not.arrayContaining(['OTTO']));
    expect(await find('O')).toEqual(['Otto']);
    expect(await find('%')).toEqual(['100% cotton']);
    expect(await find('_')).toEqual(['snake_case']);
    expect(await find("'")).toEqual([]);
  });

  test('finds an e-mail address for admins only', async () => {
    const list = ({ token }: Person) => api(`GET /users?email=${ada.email.toUpperCase()}`, { token });
    expect((await list(admin)).body.items.map(({ id }: Person) => id)).toEqual([ada.id]);
    expect((await list(bob)).body.code).toBe('forbidden');
  });

  test('shows each viewer only the e-mail addresses that are theirs to see', async () => {
    const { body } = await api('GET /users?limit=100', { token: bob.token });
    const visible = body.items.filter(({ email }: Person) => email !== undefined);
    expect(visible.map(({ id }: Person) => id)).toEqual([bob.id]);
  });
});

describe('updateUser', () => {
  test('changes what is named', async () => {
    const fay = await register('Fay');
    const body = { name: 'Fay Wray', email: 'FAY@example.com' };
    const answer = await api(`PATCH /users/${fay.id}`, { token: fay.token, body });
    expect(answer.body).toMatchObject({ id: fay.id, ...body, role: 'user' });
  });

  test('lets a user change the case of their own e-mail address', async () => {
    const gus = await register('Gus');
    const answer = await api(`PATCH /users/${gus.id}`, { token: gus.token, body: { email: gus.email.toUpperCase() } });
    expect(answer.status).toBe(200);
  });

  test('refuses an e-mail address that is taken', async () => {
    const answer = await api(`PATCH /users/${bob.id}`, { token: bob.token, body: { email: ada.email } });
    expect([answer.status, answer.body.code]).toEqual([409, 'email-taken']);
  });

  test('lets only an admin change a role, and the change counts at once', async () => {
    const hal = await register('Hal');
    const setRole = ({ token }: Person, role: string) => api(`PATCH /users/${hal.id}`, { token, body: { role } });
    expect((await setRole(hal, 'admin')).body.code).toBe('forbidden');
    expect((await setRole(admin, 'admin')).body.role).toBe('admin');
    expect((await setRole(hal, 'user')).status).toBe(200);
    expect((await setRole(hal, 'admin')).body.code).toBe('forbidden');
  });
});

describe('deleteUser', () => {
  test('takes the posts and sessions along, and the token is worth nothing at once', async () => {
    const ida = await register('Ida');
    await writePost(ida);
    expect((await api(`DELETE /users/${ida.id}`, { token: ida.token })).status).toBe(204);
    expect((await api('GET /auth/me', { token: ida.token })).status).toBe(401);
    expect(await Post.count({ where: { userId: ida.id } })).toBe(0);
    expect(await Session.count({ where: { userId: ida.id } })).toBe(0);
  });

  test('is for the user and admins', async () => {
    const jon = await register('Jon');
    expect((await api(`DELETE /users/${jon.id}`, { token: bob.token })).body.code).toBe('forbidden');
    expect((await api(`DELETE /users/${jon.id}`, { token: admin.token })).status).toBe(204);
    expect((await api(`DELETE /users/${jon.id}`, { token: admin.token })).status).toBe(404);
  });
});

test('listUserPosts answers 404 for a user who is not there', async () => {
  expect((await api('GET /users/9007199254740991/posts')).body.code).toBe('not-found');
});
