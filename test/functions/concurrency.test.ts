import { User } from '../../shared/db';
import { api } from '../support/api';
import { buildUser, registerAdmin } from '../support/people';

test('of simultaneous registrations of one e-mail address one wins', async () => {
  for (let round = 0; round < 5; round += 1) {
    const user = buildUser();
    const emails = [user.email, user.email.toUpperCase(), user.email, user.email];
    const answers = await Promise.all(emails.map((email) => api('POST /users', { body: { ...user, email } })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set([undefined, 'email-taken']));
    expect(await User.count({ where: User.hasEmail(user.email) })).toBe(1);
  }
});

test('of simultaneous batches that share an e-mail address one is created whole and the other not at all', async () => {
  const admin = await registerAdmin();
  const shared = buildUser();
  const batches = [
    [buildUser(), shared, buildUser()],
    [buildUser(), shared, buildUser()],
  ];
  const before = await User.count();
  const answers = await Promise.all(
    batches.map((users) => api('POST /users/batch', { token: admin.token, body: { users } })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect(await User.count()).toBe(before + 3);
});

test('simultaneous changes of different members of one user are both kept', async () => {
  const admin = await registerAdmin();
  const { body: user } = await api('POST /users', { body: buildUser() });
  await Promise.all([
    api(`PATCH /users/${user.id}`, { token: admin.token, body: { name: 'Grace' } }),
    api(`PATCH /users/${user.id}`, { token: admin.token, body: { email: 'grace@example.com' } }),
  ]);
  const { body } = await api(`GET /users/${user.id}`, { token: admin.token });
  expect(body).toMatchObject({ name: 'Grace', email: 'grace@example.com' });
});
