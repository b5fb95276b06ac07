import { readOrCreateAccessTokenKeys } from './access-token-keys';

/** Handlers read their configuration from the environment, here as on AWS; call it before the first is loaded. */
export async function setEnvironment({ databaseUrl, dataDir }: { databaseUrl: string; dataDir: string }) {
  process.env.DATABASE_URL = databaseUrl;
  if (process.env.JWT_KEYS || process.env.JWT_KEYS_SECRET_ARN) return;
  process.env.JWT_KEYS = await readOrCreateAccessTokenKeys(dataDir);
}
