import * as z from 'zod';
import { defineRoutes } from './route';
import { password, User } from './users';
import { text, timestamp } from './values';

/** A password that is only compared: no lower bound, so that a wrong one is wrong and not malformed. */
const givenPassword = text(1, 72).refine((value) => Buffer.byteLength(value) <= 72, {
  error: 'must be at most 72 bytes of UTF-8',
});

export const Tokens = z
  .strictObject({
    accessToken: z.string().meta({ description: 'a JWT (ES256) for the Authorization header' }),
    tokenType: z.literal('Bearer'),
    expiresIn: z
      .int()
      .min(1)
      .meta({ description: 'seconds', examples: [900] }),
    refreshToken: z.string().meta({ description: 'good for one use' }),
  })
  .meta({ id: 'Tokens' });

export const Session = z
  .strictObject({
    id: z.uuid(),
    createdAt: timestamp,
    lastUsedAt: timestamp,
    expiresAt: timestamp,
    userAgent: z.string().nullable(),
    current: z.boolean().meta({ description: 'the session of this request' }),
  })
  .meta({ id: 'Session' });

export const Jwk = z
  .strictObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: z.string(),
    y: z.string(),
    kid: z.string(),
    alg: z.literal('ES256'),
    use: z.literal('sig'),
  })
  .meta({ id: 'Jwk' });

export const auth = defineRoutes('auth', {
  login: {
    method: 'POST',
    path: '/auth/login',
    access: 'public',
    summary: 'Log in',
    body: z.strictObject({ email: text(1, 254), password: givenPassword }).meta({ id: 'Login' }),
    status: 200,
    response: Tokens,
    errors: ['invalid-credentials'],
  },
  refresh: {
    method: 'POST',
    path: '/auth/refresh',
    access: 'public',
    summary: 'Trade a refresh token for new tokens',
    description:
      'A refresh token is good for one use. Using it again ends the session, except within 10 seconds, when the answer holds the same next refresh token.',
    body: z.strictObject({ refreshToken: text(1, 512) }).meta({ id: 'Refresh' }),
    status: 200,
    response: Tokens,
    errors: ['invalid-refresh-token'],
  },
  logout: {
    method: 'POST',
    path: '/auth/logout',
    access: 'user',
    summary: 'End this session',
    status: 204,
  },
  getMe: {
    method: 'GET',
    path: '/auth/me',
    access: 'user',
    summary: 'Get yourself',
    status: 200,
    response: User,
  },
  changePassword: {
    method: 'PUT',
    path: '/auth/password',
    access: 'user',
    summary: 'Change your password and end your other sessions',
    body: z.strictObject({ currentPassword: givenPassword, newPassword: password }).meta({ id: 'ChangePassword' }),
    status: 204,
    errors: ['invalid-credentials'],
  },
  listSessions: {
    method: 'GET',
    path: '/auth/sessions',
    access: 'user',
    summary: 'List your sessions',
    status: 200,
    response: z.strictObject({ items: z.array(Session) }),
  },
  revokeSession: {
    method: 'DELETE',
    path: '/auth/sessions/{sessionId}',
    access: 'user',
    summary: 'End one of your sessions',
    params: z.strictObject({ sessionId: z.uuid() }),
    status: 204,
    errors: ['not-found'],
  },
  revokeOtherSessions: {
    method: 'DELETE',
    path: '/auth/sessions',
    access: 'user',
    summary: 'End your sessions but this one',
    status: 204,
  },
  getJwks: {
    method: 'GET',
    path: '/.well-known/jwks.json',
    access: 'public',
    summary: 'Get the public keys that verify access tokens',
    status: 200,
    response: z.strictObject({ keys: z.array(Jwk) }).meta({ id: 'JwkSet' }),
    cacheControl: 'public, max-age=300',
    needsDatabase: false,
  },
});
