import { auth } from '../../shared/contract/auth';
import { Session } from '../../shared/db';
import { createHandler } from '../../shared/http/create-handler';

export const handler = createHandler(auth.logout, Session, async ({ principal }) => {
  await Session.revoke({ id: principal.sessionId });
});
