import { auth } from '../../shared/contract/auth';
import { Session, User } from '../../shared/db';
import { SessionEndedError } from '../../shared/errors';
import { createHandler } from '../../shared/http/create-handler';

export const handler = createHandler(auth.getMe, Session, async ({ principal }) => {
  const user = await User.findByPk(principal.userId);
  if (!user) throw new SessionEndedError();
  return user.visibleTo(principal);
});
