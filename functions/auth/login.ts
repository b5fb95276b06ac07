import { randomUUID } from 'node:crypto';
import { hashPassword, isRehashDue, verifyPassword } from '../../shared/auth/password';
import { createRefreshToken, hashRefreshToken } from '../../shared/auth/refresh-token';
import { createTokens } from '../../shared/auth/tokens';
import { auth } from '../../shared/contract/auth';
import { Session, User } from '../../shared/db';
import { throwUserGone } from '../../shared/db/user-gone';
import { WrongCredentialsError } from '../../shared/errors';
import { createHandler } from '../../shared/http/create-handler';

export const handler = createHandler(auth.login, async ({ body: { email, password }, headers }) => {
  const user = await User.findByEmail(email);
  const isRight = await verifyPassword(password, user?.passwordHash);
  if (!user || !isRight) throw new WrongCredentialsError();
  if (isRehashDue(user.passwordHash)) await user.replacePasswordHash(await hashPassword(password));
  const refreshToken = createRefreshToken(randomUUID());
  const { id: sessionId } = await Session.begin({
    id: refreshToken.sessionId,
    userId: user.id,
    refreshTokenHash: hashRefreshToken(refreshToken),
    userAgent: headers['user-agent'],
  }).catch(throwUserGone((cause) => new WrongCredentialsError({ cause })));
  return createTokens({ userId: user.id, sessionId }, refreshToken);
});
