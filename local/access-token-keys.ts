import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';

/** The JWK Set of this desk, made at the first start; only its owner may read it. */
export async function readOrCreateAccessTokenKeys(dataDir: string): Promise<string> {
  const file = join(dataDir, 'jwt-keys.json');
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await mkdir(dataDir, { recursive: true });
  const keys = await createAccessTokenKeys();
  await writeFile(file, keys, { mode: 0o600, flag: 'wx' });
  return keys;
}

/** @returns a JWK Set (RFC 7517 §5) with one new private key, named by its thumbprint (RFC 7638) */
export async function createAccessTokenKeys(): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  return JSON.stringify({ keys: [{ ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'ES256', use: 'sig' }] });
}
