import {
  createRotationSalt,
  hashRefreshToken,
  invalidRefreshToken,
  nextRefreshToken,
  parseRefreshToken,
} from '../../shared/auth/refresh-token';
import { createTokens } from '../../shared/auth/tokens';
import { auth } from '../../shared/contract/auth';
import { Session } from '../../shared/db';
import { createHandler } from '../../shared/http/create-handler';

export const handler = createHandler(auth.refresh, async ({ body }) => {
  const presented = parseRefreshToken(body.refreshToken);
  const salt = createRotationSalt();
  const session = await Session.rotate(presented.sessionId, {
    presentedHash: hashRefreshToken(presented),
    nextHash: hashRefreshToken(nextRefreshToken(presented, salt)),
    salt,
  });
  if (!session?.rotationSalt) throw invalidRefreshToken();
  const { id: sessionId, userId, rotationSalt } = session;
  return createTokens({ userId, sessionId }, nextRefreshToken(presented, rotationSalt));
});
