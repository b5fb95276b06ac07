import { randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { config } from '../config';
import { UnauthenticatedError } from '../errors';
import { getKeys } from './keys';

export const accessTokenSeconds = 15 * 60;

export interface AccessTokenSubject {
  userId: number;
  sessionId: string;
}

const algorithm = 'ES256';
/** RFC 9068 §2.1: no other kind of JWT passes for an access token. */
const type = 'at+jwt';
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function signAccessToken({ userId, sessionId }: AccessTokenSubject, now = new Date()): Promise<string> {
  const { signing } = await getKeys();
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: algorithm, typ: type, kid: signing.kid })
    .setIssuer(config.auth.issuer)
    .setAudience(config.auth.audience)
    .setSubject(String(userId))
    .setJti(randomUUID())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + accessTokenSeconds)
    .sign(signing.privateKey);
}

/** @throws {UnauthenticatedError} for whatever is not a living token of ours */
export async function verifyAccessToken(token: string, now = new Date()): Promise<AccessTokenSubject> {
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => findPublicKey(kid), {
      algorithms: [algorithm],
      typ: type,
      issuer: config.auth.issuer,
      audience: config.auth.audience,
      requiredClaims: ['sub', 'sid', 'jti', 'iat', 'exp'],
      currentDate: now,
    });
    if (!uuid.test(String(payload.sid))) throw new errors.JWTInvalid('The claim "sid" is not a UUID.');
    return { userId: Number(payload.sub), sessionId: String(payload.sid) };
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) throw new UnauthenticatedError('The access token has expired.', { cause });
    if (cause instanceof errors.JOSEError) throw new UnauthenticatedError('The access token is not valid.', { cause });
    throw cause;
  }
}

async function findPublicKey(kid: string | undefined) {
  const key = kid && (await getKeys(kid)).publicKeyByKid.get(kid);
  if (!key) throw new errors.JWKSNoMatchingKey();
  return key;
}
