import { call } from './calls.js';

const STORAGE_KEY = 'inkwell-tokens';

/** An access token that ends sooner is not used any more: the request takes its time. */
const MARGIN_MS = 30_000;

/** sessionStorage: a reload keeps the log-in, closing the tab ends it, and no other tab shares it. */
let tokens = JSON.parse(sessionStorage.getItem(STORAGE_KEY));
let refreshing;

export function hasTokens() {
  return tokens !== null;
}

export function keepTokens({ accessToken, refreshToken, expiresIn }) {
  tokens = { accessToken, refreshToken, expiresAt: Date.now() + expiresIn * 1000 };
  sessionStorage.setItem(STORAGE_KEY, JSON.stringify(tokens));
}

export function forgetTokens() {
  tokens = null;
  sessionStorage.removeItem(STORAGE_KEY);
}

/** The access token, a new one if need be; undefined when nobody is logged in. All who wait share one refresh. */
export async function getAccessToken() {
  if (tokens && tokens.expiresAt - MARGIN_MS < Date.now()) {
    refreshing ??= refresh(tokens).finally(() => {
      refreshing = undefined;
    });
    await refreshing;
  }
  return tokens?.accessToken;
}

async function refresh(used) {
  const { refreshToken } = used;
  try {
    const next = await call('POST', 'auth/refresh', { body: { refreshToken } });
    if (tokens === used) keepTokens(next);
  } catch (error) {
    if (error.code !== 'invalid-refresh-token') throw error;
    if (tokens === used) forgetTokens();
  }
}
