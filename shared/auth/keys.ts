import { type CryptoKey, importJWK, type JWK } from 'jose';
import { type AuthConfig, ConfigError, config } from '../config';

export interface Keys {
  /** The first key of the set. */
  signing: { kid: string; privateKey: CryptoKey };
  /** Every key of the set: during a rotation tokens of the old and of the new key are good. */
  publicKeyByKid: ReadonlyMap<string, CryptoKey>;
  publicJwks: readonly PublicJwk[];
}

export interface PublicJwk {
  kty: 'EC';
  crv: 'P-256';
  x: string;
  y: string;
  kid: string;
  alg: 'ES256';
  use: 'sig';
}

interface KeySourceOptions {
  read: () => Promise<string>;
  now?: () => number;
}

/** A rotated secret is picked up within 5 minutes, or at once when a token names a key that is not known yet. */
const maxAgeMs = 5 * 60_000;
/** Tokens with invented key ids must not turn into a storm of reads. */
const minAgeMs = 10_000;

/**
 * Keeps the JWK Set (RFC 7517 §5) that signs and verifies access tokens.
 *
 * @returns a function that answers the keys; given a `kid` it reads the set again when that key is not in it
 */
export function createKeySource({ read, now = Date.now }: KeySourceOptions) {
  let cached: { keys: Promise<Keys>; readAt: number } | undefined;
  const load = (olderThanMs: number) => {
    if (!cached || now() - cached.readAt >= olderThanMs) {
      const keys = read().then(parseKeys);
      const entry = { keys, readAt: now() };
      cached = entry;
      keys.catch(() => {
        if (cached === entry) cached = undefined;
      });
    }
    return cached.keys;
  };
  return async (kid?: string): Promise<Keys> => {
    const keys = await load(maxAgeMs);
    return kid === undefined || keys.publicKeyByKid.has(kid) ? keys : load(minAgeMs);
  };
}

export const getKeys = createKeySource({ read: () => readKeys(config.auth.keys) });

async function readKeys(source: AuthConfig['keys']): Promise<string> {
  if ('jwks' in source) return source.jwks;
  const { SecretsManager } = await import('@aws-sdk/client-secrets-manager');
  const { SecretString } = await new SecretsManager({}).getSecretValue({ SecretId: source.secretArn });
  return SecretString ?? '';
}

async function parseKeys(text: string): Promise<Keys> {
  const jwks = parseJwks(text);
  const entries = await Promise.all(jwks.map(importKeys));
  const [first] = entries;
  if (!first) throw new ConfigError('The JWK Set of the access tokens holds no key. Add one with "alg": "ES256".');
  return {
    signing: { kid: first.publicJwk.kid, privateKey: first.privateKey },
    publicKeyByKid: new Map(entries.map(({ publicJwk, publicKey }) => [publicJwk.kid, publicKey])),
    publicJwks: entries.map(({ publicJwk }) => publicJwk),
  };
}

/** The parser's own message is not passed on: it quotes the text, which is secret. */
function parseJwks(text: string): JWK[] {
  try {
    const { keys } = JSON.parse(text);
    if (Array.isArray(keys)) return keys;
  } catch {}
  throw new ConfigError('The JWK Set of the access tokens is not JSON of the form {"keys": [...]} (RFC 7517 §5).');
}

async function importKeys({ kty, crv, x, y, d, kid }: JWK) {
  if (kty !== 'EC' || crv !== 'P-256' || !x || !y || !d || !kid) {
    throw new ConfigError(`The key "${kid}" of the access tokens is not a private EC P-256 key with a kid.`);
  }
  const publicJwk: PublicJwk = { kty: 'EC', crv: 'P-256', x, y, kid, alg: 'ES256', use: 'sig' };
  const privateKey = (await importJWK({ ...publicJwk, d }, 'ES256')) as CryptoKey;
  return { publicJwk, privateKey, publicKey: (await importJWK(publicJwk, 'ES256')) as CryptoKey };
}
