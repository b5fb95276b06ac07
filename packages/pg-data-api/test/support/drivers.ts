import { RDSDataClient } from '@aws-sdk/client-rds-data';
import pg from 'pg';
import type { DataApiOptions as EndpointOptions } from '../../../../local/data-api/options';
import { ARNS, openDataApi } from '../../../../test/support/data-api';
import { createDataApi, type DataApiOptions } from '../../src/index';

/** The driver on an endpoint of its own, in front of the test file's database, and an account of its calls. */
export function openDriver(endpoint: Partial<EndpointOptions> = {}, options: Partial<DataApiOptions> = {}) {
  const { dataApi, database } = openDataApi({ onError: () => undefined, ...endpoint });
  const calls: string[] = [];
  const sent: string[] = [];
  const client = new RDSDataClient({
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: {
      async handle(request: { path: string; body: Uint8Array }) {
        const { path } = request;
        const body = Buffer.from(request.body).toString();
        calls.push(path.slice(1));
        sent.push(JSON.parse(body).sql);
        const response = await dataApi.fetch(new Request(`http://localhost${path}`, { method: 'POST', body }));
        const bytes = new Uint8Array(await response.arrayBuffer());
        return {
          response: { statusCode: response.status, headers: Object.fromEntries(response.headers), body: bytes },
        };
      },
    } as never,
  });
  const driver = createDataApi({ ...ARNS, database, client, ...options });
  return { driver, calls, sent, database, close: () => dataApi.close() };
}

/** What pg's module has that the driver's has too. */
export type Driver = Pick<typeof pg, 'types'> & { Client: new (config?: object) => pg.Client };

export function openPg(): Driver {
  const connectionString = process.env.DATABASE_URL;
  class Client extends pg.Client {
    constructor(config: object = {}) {
      super({ ...config, connectionString });
    }
  }
  return { Client, types: pg.types };
}
