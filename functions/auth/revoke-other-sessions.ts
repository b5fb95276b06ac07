import { Op } from 'sequelize';
import { auth } from '../../shared/contract/auth';
import { Session } from '../../shared/db';
import { createHandler } from '../../shared/http/create-handler';

export const handler = createHandler(
  auth.revokeOtherSessions,
  Session,
  async ({ principal: { userId, sessionId } }) => {
    await Session.revoke({ userId, id: { [Op.ne]: sessionId } });
  },
);
