import { operations } from '../shared/contract';
import { withDocs } from './docs-page/with-docs';
import { createGateway, type GatewayOptions } from './gateway/create-gateway';
import { openDatabase } from './open-database';
import { serve } from './serve';
import { setEnvironment } from './set-environment';
import type { Settings } from './settings';
import { startDataApi } from './start-data-api';

export interface Service {
  url: string;
  databaseUrl: string;
  /** Where the Data API answers, if the service goes through it. */
  dataApiUrl?: string;
  /** The names of the migrations that were pending. */
  applied: string[];
  close(): Promise<void>;
}

interface ServiceOptions {
  onAccess: NonNullable<GatewayOptions['onAccess']>;
  transport?: 'pg' | 'data-api';
}

/**
 * Database, Data API, migrations, gateway, in this order; what was started is stopped again when a later step fails.
 */
export async function startService(
  settings: Settings,
  { onAccess, transport = 'pg' }: ServiceOptions,
): Promise<Service> {
  const started: { close(): Promise<void> }[] = [];
  const closeAll = async () => {
    for (const part of started.toReversed()) await part.close();
  };
  try {
    const database = await openDatabase(settings, { port: settings.postgresPort });
    started.push(database);
    const dataApi = transport === 'data-api' ? await startDataApi(database.url, settings.dataApiPort) : undefined;
    if (dataApi) started.push(dataApi);
    await setEnvironment({ databaseUrl: database.url, dataApiUrl: dataApi?.url, dataDir: settings.dataDir });
    const { handler: migrate } = await import('../functions/migrate');
    const { applied } = await migrate();
    const gateway = createGateway(operations, (operation) => import(`../${operation.entry}`), { onAccess });
    const { sequelize } = await import('../shared/db');
    started.push(sequelize);
    const serving = await serve(withDocs(gateway.fetch), { port: settings.port });
    started.push(serving);
    const dataApiUrl = dataApi && { dataApiUrl: dataApi.url };
    return { url: serving.url, databaseUrl: database.url, ...dataApiUrl, applied, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
