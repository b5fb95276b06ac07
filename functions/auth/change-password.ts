import { Op } from 'sequelize';
import { hashPassword, verifyPassword } from '../../shared/auth/password';
import { auth } from '../../shared/contract/auth';
import { Session, sequelize, User } from '../../shared/db';
import { HttpError } from '../../shared/errors';
import { createHandler } from '../../shared/http/create-handler';

export const handler = createHandler(auth.changePassword, Session, async ({ body, principal }) => {
  const user = await User.findByPk(principal.userId);
  const isRight = await verifyPassword(body.currentPassword, user?.passwordHash);
  if (!user || !isRight) throw new HttpError('invalid-credentials', 'The current password is wrong.');
  const passwordHash = await hashPassword(body.newPassword);
  await sequelize.transaction(async (transaction) => {
    const isReplaced = await user.replacePasswordHash(passwordHash, { transaction });
    if (!isReplaced) throw new HttpError('invalid-credentials', 'The password was changed in the meantime.');
    await Session.revoke({ userId: user.id, id: { [Op.ne]: principal.sessionId } }, { transaction });
  });
});
