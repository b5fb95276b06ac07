import { registrationOf } from './cast';
import { idsOf, listNewcomers, namesOf, register } from './people';
import type { Page, Post, Scene, User } from './scene';

export interface Step {
  title: string;
  play(scene: Scene): Promise<void>;
}

/** The tutorial's, one step after the other; each begins where the one before ended. */
export const story: readonly Step[] = [
  {
    title: 'Add John Doe and Jane Smith',
    async play(scene) {
      await register(scene, scene.cast.john);
      await register(scene, scene.cast.jane);
    },
  },
  {
    title: 'Find John by his e-mail address',
    async play({ cast: { john }, admin, call, check }) {
      const { items } = await call<Page<User>>(`GET /users?email=${john.email}`, { as: admin, status: 200 });
      check('John is found, and nobody else', idsOf(items), [john.id]);
    },
  },
  {
    title: 'Delete John',
    async play({ cast: { john }, admin, call, check }) {
      await call(`DELETE /users/${john.id}`, { as: admin, status: 204 });
      await call(`GET /users/${john.id}`, { as: admin, status: 404 });
      const { items } = await call<Page<User>>(`GET /users?email=${john.email}`, { as: admin, status: 200 });
      check('John is gone', items, []);
    },
  },
  {
    title: 'Add Alice, Bob and Charlie in one batch',
    async play({ cast: { alice, bob, charlie }, admin, call, check }) {
      const people = [alice, bob, charlie];
      const body = { users: people.map(registrationOf) };
      const { items } = await call<{ items: User[] }>('POST /users/batch', { as: admin, body, status: 201 });
      check('all three are stored, in their order', namesOf(items), namesOf(people));
      for (const [index, person] of people.entries()) Object.assign(person, { id: items[index]?.id });
    },
  },
  {
    title: 'List all users, the newest first',
    async play(scene) {
      const { users, total } = await listNewcomers(scene, 'sort=-createdAt&limit=3&count=true');
      const names = ['Charlie', 'Bob', 'Alice', 'Jane Smith'];
      scene.check('Jane, Alice, Bob and Charlie are there, and John is not', namesOf(users), names);
      scene.check('the total counts them', total >= names.length, true);
      scene.note(`Other users: ${total - names.length}, the admin among them.`);
    },
  },
  {
    title: 'Find the users whose name contains "o"',
    async play(scene) {
      const find = async (part: string) =>
        namesOf((await listNewcomers(scene, `nameContains=${part}&sort=-createdAt`)).users);
      scene.check('Bob has an "o"', await find('o'), ['Bob']);
      scene.check('a small "c" finds Alice and not Charlie', await find('c'), ['Alice']);
      scene.check('a capital "C" finds Charlie and not Alice', await find('C'), ['Charlie']);
    },
  },
  {
    title: 'Change Alice’s e-mail address',
    async play({ cast: { alice, aliceAtWork }, admin, call, check }) {
      const body = { email: aliceAtWork };
      const changed = await call<User>(`PATCH /users/${alice.id}`, { as: admin, body, status: 200 });
      check('Alice has the new address and her old name', [changed.email, changed.name], [aliceAtWork, alice.name]);
      const { items } = await call<Page<User>>(`GET /users?email=${aliceAtWork}`, { as: admin, status: 200 });
      check('she is found by it', idsOf(items), [alice.id]);
    },
  },
  {
    title: 'Delete Bob',
    async play({ cast: { bob }, admin, call, check }) {
      await call(`DELETE /users/${bob.id}`, { as: admin, status: 204 });
      const problem = await call<{ code: string }>(`GET /users/${bob.id}`, { as: admin, status: 404 });
      check('Bob is gone', problem.code, 'not-found');
    },
  },
  {
    title: 'Create a user with a password',
    async play(scene) {
      const user = await register(scene, scene.cast.diana);
      const secrets = Object.keys(user).filter((key) => /password|hash/i.test(key));
      scene.check('the answer holds neither the password nor its hash', secrets, []);
    },
  },
  {
    title: 'Log in with the right password, and with a wrong one',
    async play({ cast: { diana }, call, check }) {
      const { email, password } = diana;
      const tokens = await call<{ accessToken: string }>('POST /auth/login', {
        body: { email, password },
        status: 200,
      });
      diana.token = tokens.accessToken;
      const me = await call<User>('GET /auth/me', { as: diana, status: 200 });
      check('the token is Diana’s', me.id, diana.id);
      const body = { email, password: 'not her password' };
      const problem = await call<{ code: string }>('POST /auth/login', { body, status: 401 });
      check('a wrong password is refused', problem.code, 'invalid-credentials');
    },
  },
  {
    title: 'Write two posts and list them with their dates',
    async play({ cast: { diana }, call, check }) {
      const first = { title: 'Hello, Inkwell', content: 'My first post.' };
      const second = { title: 'One to many', content: 'A user has many posts.' };
      const one = await call<Post>('POST /posts', { as: diana, body: first, status: 201 });
      const two = await call<Post>('POST /posts', { as: diana, body: second, status: 201 });
      const { items } = await call<Page<Post>>(`GET /users/${diana.id}/posts`, { status: 200 });
      check('both are Diana’s, the newest first, dated as they were written', items, [two, one]);
      diana.postIds = idsOf([one, two]);
    },
  },
  {
    title: 'Delete the user, and the posts go too',
    async play({ cast: { diana }, call, check }) {
      await call(`DELETE /users/${diana.id}`, { as: diana, status: 204 });
      for (const id of diana.postIds ?? []) await call(`GET /posts/${id}`, { status: 404 });
      const { items } = await call<Page<Post>>(`GET /posts?userId=${diana.id}`, { status: 200 });
      check('no post of hers is left', items, []);
      const problem = await call<{ code: string }>('GET /auth/me', { as: diana, status: 401 });
      check('her token opens nothing any more', problem.code, 'unauthenticated');
    },
  },
];
