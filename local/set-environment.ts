import { readOrCreateAccessTokenKeys } from './access-token-keys';

interface Database {
  databaseUrl: string;
  /** Where a Data API answers for that database, which is then the only way to it. */
  dataApiUrl?: string | undefined;
}

/** Handlers read their configuration from the environment, here as on AWS; call it before the first is loaded. */
export async function setEnvironment({ dataDir, ...database }: Database & { dataDir: string }) {
  delete process.env.DATABASE_URL;
  Object.assign(process.env, toEnvironment(database));
  if (process.env.JWT_KEYS || process.env.JWT_KEYS_SECRET_ARN) return;
  process.env.JWT_KEYS = await readOrCreateAccessTokenKeys(dataDir);
}

/** The AWS SDK wants a region and credentials, and the local endpoint takes any; on Node 20 it warns of 2027. */
export function toEnvironment({ databaseUrl, dataApiUrl }: Database): Record<string, string> {
  if (!dataApiUrl) return { DATABASE_URL: databaseUrl };
  return {
    DATA_API_RESOURCE_ARN: 'arn:aws:rds:us-east-1:000000000000:cluster:inkwell',
    DATA_API_SECRET_ARN: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:inkwell',
    DATA_API_DATABASE: decodeURIComponent(new URL(databaseUrl).pathname.slice(1)),
    AWS_ENDPOINT_URL_RDS_DATA: dataApiUrl,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
