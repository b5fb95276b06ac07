import { createDataApi, type DataApi } from '../../local/data-api/create-data-api';
import type { DataApiOptions } from '../../local/data-api/options';

export const ARNS = {
  resourceArn: 'arn:aws:rds:us-east-1:000000000000:cluster:local',
  secretArn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:local',
};

export interface Answer {
  status: number;
  /** The header that names an error. */
  error: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  body: any;
}

export interface Calling {
  dataApi: DataApi;
  database: string;
  /** Sends members beside the ARNs and the database. */
  call(operation: string, members?: object): Promise<Answer>;
  /** ExecuteStatement, with parameters by name. */
  execute(sql: string, parameters?: Record<string, object>, members?: object): Promise<Answer>;
}

/** An endpoint in front of the test file's database. */
export function openDataApi(options: Partial<DataApiOptions> = {}): Calling {
  const databaseUrl = process.env.DATABASE_URL ?? '';
  const database = new URL(databaseUrl).pathname.slice(1);
  const dataApi = createDataApi({ databaseUrl, ...options });
  const call = (operation: string, members: object = {}) =>
    send(dataApi, operation, JSON.stringify({ ...ARNS, database, ...members }));
  return {
    dataApi,
    database,
    call,
    execute(sql, parameters = {}, members = {}) {
      const list = Object.entries(parameters).map(([name, value]) => ({ name, ...asParameter(value) }));
      return call('Execute', { sql, parameters: list, ...members });
    },
  };
}

export async function send(dataApi: DataApi, path: string, body: string, method = 'POST'): Promise<Answer> {
  const init = method === 'POST' ? { method, body } : { method };
  const response = await dataApi.fetch(new Request(`http://localhost/${path}`, init));
  return { status: response.status, error: response.headers.get('x-amzn-errortype'), body: await response.json() };
}

function asParameter(value: object) {
  return 'value' in value ? value : { value };
}
