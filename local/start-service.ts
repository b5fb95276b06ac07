import { operations } from '../shared/contract';
import { withDocs } from './docs-page/with-docs';
import { createGateway, type GatewayOptions } from './gateway/create-gateway';
import { openDatabase } from './open-database';
import { serve } from './serve';
import { setEnvironment } from './set-environment';
import type { Settings } from './settings';

export interface Service {
  url: string;
  databaseUrl: string;
  /** The names of the migrations that were pending. */
  applied: string[];
  close(): Promise<void>;
}

/**
 * Database, migrations, gateway, in this order; what was started is stopped again when a later step fails.
 */
export async function startService(
  settings: Settings,
  onAccess: NonNullable<GatewayOptions['onAccess']>,
): Promise<Service> {
  const database = await openDatabase(settings, { port: settings.postgresPort });
  try {
    await setEnvironment({ databaseUrl: database.url, dataDir: settings.dataDir });
    const { handler: migrate } = await import('../functions/migrate');
    const { applied } = await migrate();
    const gateway = createGateway(operations, (operation) => import(`../${operation.entry}`), { onAccess });
    const { sequelize } = await import('../shared/db');
    const { url, close } = await serve(withDocs(gateway.fetch), { port: settings.port });
    const closeAll = () =>
      close()
        .then(() => sequelize.close())
        .then(() => database.close());
    return { url, databaseUrl: database.url, applied, close: closeAll };
  } catch (error) {
    await database.close();
    throw error;
  }
}
