import { auth } from '../../shared/contract/auth';
import { Session } from '../../shared/db';
import { NotFoundError } from '../../shared/errors';
import { createHandler } from '../../shared/http/create-handler';

export const handler = createHandler(auth.revokeSession, Session, async ({ params: { sessionId }, principal }) => {
  const count = await Session.revoke({ id: sessionId, userId: principal.userId });
  if (count === 0) throw new NotFoundError('session', sessionId);
});
