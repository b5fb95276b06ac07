import { auth } from '../../shared/contract/auth';
import { Session } from '../../shared/db';
import { createHandler } from '../../shared/http/create-handler';

export const handler = createHandler(auth.listSessions, Session, async ({ principal: { userId, sessionId } }) => {
  const sessions = await Session.listAlive(userId);
  return { items: sessions.map((session) => session.toResponse(sessionId)) };
});
