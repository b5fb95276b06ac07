import { assertAdmin, assertOwner } from '../../shared/auth/authorize';
import { users } from '../../shared/contract/users';
import { Session, User } from '../../shared/db';
import { throwEmailTaken } from '../../shared/db/email-taken';
import { NotFoundError } from '../../shared/errors';
import { createHandler } from '../../shared/http/create-handler';

export const handler = createHandler(users.updateUser, Session, async ({ params: { userId }, body, principal }) => {
  const user = await User.findByPk(userId);
  if (!user) throw new NotFoundError('user', userId);
  assertOwner(principal, userId, 'user');
  if (body.role !== undefined) assertAdmin(principal, 'change a role');
  const changed = await User.change(userId, body).catch(throwEmailTaken([body.email ?? user.email]));
  if (!changed) throw new NotFoundError('user', userId);
  return changed.visibleTo(principal);
});
