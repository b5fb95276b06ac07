import { setTimeout } from 'node:timers/promises';
import { Post, Session, sequelize, User } from '../../shared/db';
import { api } from '../support/api';
import { createGuest, type Guest } from '../support/scene';

const rounds = 12;

type Race = (guest: Guest) => ReturnType<typeof api>;

/** Statuses an operation may answer while its user is deleted. */
const races: Record<string, [race: Race, statuses: number[]]> = {
  createPost: [({ token }) => api('POST /posts', { token, body: { title: 'Last words' } }), [201, 401]],
  login: [({ email, password }) => api('POST /auth/login', { body: { email, password } }), [200, 401]],
  refresh: [({ refreshToken }) => api('POST /auth/refresh', { body: { refreshToken } }), [200, 401]],
  updateUser: [({ id, token }) => api(`PATCH /users/${id}`, { token, body: { name: 'Gone' } }), [200, 401, 404]],
  deleteUser: [({ id, token }) => api(`DELETE /users/${id}`, { token }), [204, 401, 404]],
  getMe: [({ token }) => api('GET /auth/me', { token }), [200, 401]],
  changePassword: [
    ({ token, password }) =>
      api('PUT /auth/password', { token, body: { currentPassword: password, newPassword: 'battery staple' } }),
    [204, 401],
  ],
  revokeOtherSessions: [({ token }) => api('DELETE /auth/sessions', { token }), [204, 401]],
};

test.each(Object.entries(races))('%s beside deleteUser succeeds or finds nobody', async (_, [race, statuses]) => {
  for (let round = 0; round < rounds; round++) {
    const guest = await createGuest();
    const deleteUser = () => api(`DELETE /users/${guest.id}`, { token: guest.token });
    const before = Array.from({ length: 1 + (round % 4) }, () => race(guest));
    const deleted = deleteUser();
    const answers = await Promise.all([...before, race(guest), race(guest)]);
    expect(statuses).toEqual(expect.arrayContaining(answers.map(({ status }) => status)));
    expect([204, 401, 404]).toContain((await deleted).status);
    await expectNothingLeftOf(guest);
  }
});

test('a post that waits for the deletion of its author is refused', async () => {
  const guest = await createGuest();
  const { waiting } = await sequelize.transaction(async (transaction) => {
    await User.destroy({ where: { id: guest.id }, transaction });
    const waiting = api('POST /posts', { token: guest.token, body: { title: 'Last words' } });
    await setTimeout(100);
    return { waiting };
  });
  const { status, body } = await waiting;
  expect([status, body.code]).toEqual([401, 'unauthenticated']);
  await expectNothingLeftOf(guest);
});

async function expectNothingLeftOf({ id }: Guest) {
  const where = { userId: id };
  const left = [await User.count({ where: { id } }), await Post.count({ where }), await Session.count({ where })];
  expect(left).toEqual([0, 0, 0]);
}
