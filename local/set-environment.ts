import { readOrCreateAccessTokenKeys } from './access-token-keys';

interface Environment {
  databaseUrl: string;
  /** Where a Data API answers for that database, which is then the only way to it. */
  dataApiUrl?: string | undefined;
  dataDir: string;
}

/** Handlers read their configuration from the environment, here as on AWS; call it before the first is loaded. */
export async function setEnvironment({ databaseUrl, dataApiUrl, dataDir }: Environment) {
  if (dataApiUrl) useDataApi(databaseUrl, dataApiUrl);
  else process.env.DATABASE_URL = databaseUrl;
  if (process.env.JWT_KEYS || process.env.JWT_KEYS_SECRET_ARN) return;
  process.env.JWT_KEYS = await readOrCreateAccessTokenKeys(dataDir);
}

/** The AWS SDK wants a region and credentials, and the local endpoint takes any. */
function useDataApi(databaseUrl: string, dataApiUrl: string) {
  delete process.env.DATABASE_URL;
  Object.assign(process.env, {
    DATA_API_RESOURCE_ARN: 'arn:aws:rds:us-east-1:000000000000:cluster:inkwell',
    DATA_API_SECRET_ARN: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:inkwell',
    DATA_API_DATABASE: decodeURIComponent(new URL(databaseUrl).pathname.slice(1)),
    AWS_ENDPOINT_URL_RDS_DATA: dataApiUrl,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
}
