import type { roles } from '../contract/users';
import { SessionEndedError, UnauthenticatedError } from '../errors';
import { verifyAccessToken } from './access-token';

/** Who calls: read from the database at every request, so that a change of role or a logout takes effect at once. */
export interface Principal {
  userId: number;
  sessionId: string;
  role: (typeof roles)[number];
}

export interface SessionSource {
  /** The principal of a living session, by one query, or `undefined`. */
  findPrincipal(sessionId: string): Promise<Principal | undefined>;
}

/**
 * @param authorization the header's value, RFC 6750 §2.1
 * @throws {UnauthenticatedError}
 */
export async function authenticate(authorization: string | undefined, sessions: SessionSource): Promise<Principal> {
  const { userId, sessionId } = await verifyAccessToken(readBearerToken(authorization));
  const principal = await sessions.findPrincipal(sessionId);
  if (principal?.userId !== userId) throw new SessionEndedError();
  return principal;
}

function readBearerToken(authorization: string | undefined) {
  if (!authorization) {
    throw new UnauthenticatedError('Send an access token: "Authorization: Bearer <token>".', { isTokenGiven: false });
  }
  const [, token] = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization) ?? [];
  if (!token) throw new UnauthenticatedError('The Authorization header is not "Bearer <token>".');
  return token;
}
