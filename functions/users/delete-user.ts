import { assertOwner } from '../../shared/auth/authorize';
import { users } from '../../shared/contract/users';
import { Session, User } from '../../shared/db';
import { NotFoundError } from '../../shared/errors';
import { createHandler } from '../../shared/http/create-handler';

export const handler = createHandler(users.deleteUser, Session, async ({ params: { userId }, principal }) => {
  const user = await User.findByPk(userId);
  if (!user) throw new NotFoundError('user', userId);
  assertOwner(principal, userId, 'user');
  await user.destroy();
});
