import { type AccessTokenSubject, accessTokenSeconds, signAccessToken } from './access-token';
import { formatRefreshToken, type RefreshToken } from './refresh-token';

/** The answer of login and refresh, RFC 6749 §5.1 in camelCase. */
export async function createTokens(subject: AccessTokenSubject, refreshToken: RefreshToken) {
  return {
    accessToken: await signAccessToken(subject),
    tokenType: 'Bearer' as const,
    expiresIn: accessTokenSeconds,
    refreshToken: formatRefreshToken(refreshToken),
  };
}
