import { join } from 'node:path';
import { ConnectionError } from 'sequelize';
import { createConfig } from '../shared/config';
import { createSequelize } from '../shared/db/create-sequelize';
import { EmbeddedDatabaseError, startEmbeddedDatabase } from './database';
import type { Settings } from './settings';

export interface OpenDatabase {
  url: string;
  close(): Promise<void>;
}

/** `DATABASE_URL` names a database that does not answer as it should. */
export class DatabaseUrlError extends Error {
  override readonly name = 'DatabaseUrlError';
  readonly code = 'ERR_DATABASE_URL';
}

/**
 * The database that the environment names, or else the embedded one in the data folder. A command, which gives no
 * port, shares it with the service that has it open.
 *
 * @param options.port where an embedded database is to be reached by others
 * @throws {DatabaseUrlError} when there is no reaching it
 */
export async function openDatabase(settings: Settings, { port }: { port?: number } = {}): Promise<OpenDatabase> {
  if (process.env.DATABASE_URL) return connectTo(process.env.DATABASE_URL);
  try {
    return await startEmbeddedDatabase({ dataDir: join(settings.dataDir, 'postgres'), port: port ?? 0 });
  } catch (error) {
    const isOpenElsewhere = error instanceof EmbeddedDatabaseError && error.code === 'DATA_FOLDER_IN_USE';
    if (!isOpenElsewhere || port !== undefined) throw error;
    return openServiceDatabase(settings).catch((cause) => {
      throw new DatabaseUrlError(`${error.message} It was not found on POSTGRES_PORT ${settings.postgresPort}.`, {
        cause,
      });
    });
  }
}

/**
 * The database of the service that runs with the same settings; starts none.
 *
 * @throws {DatabaseUrlError} when there is no reaching it
 */
export function openServiceDatabase({ postgresPort }: Settings): Promise<OpenDatabase> {
  return connectTo(process.env.DATABASE_URL || `postgresql://postgres@127.0.0.1:${postgresPort}/inkwell`);
}

async function connectTo(url: string): Promise<OpenDatabase> {
  await assertReachable(url);
  return { url, close: async () => {} };
}

async function assertReachable(url: string) {
  const { database } = createConfig({ DATABASE_URL: url });
  const sequelize = createSequelize(database);
  try {
    await sequelize.authenticate();
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error;
    const { hostname, port, pathname, username } = new URL(url);
    const where = `database "${pathname.slice(1)}" at ${hostname}:${port || 5432} as user "${username}"`;
    throw new DatabaseUrlError(`Cannot use the ${where}: ${reasonOf(error)}`, { cause: error });
  } finally {
    await sequelize.close();
  }
}

function reasonOf({ original, message }: ConnectionError) {
  const code = 'code' in original ? String(original.code) : '';
  return `${original.message || message || code}. ${advice[code] ?? 'Check DATABASE_URL.'}`;
}

const advice: Record<string, string> = {
  ECONNREFUSED: 'Nothing listens there: start PostgreSQL, or check host and port in DATABASE_URL.',
  ENOTFOUND: 'Check the host in DATABASE_URL.',
  '28P01': 'Check user and password in DATABASE_URL.',
  '28000': 'Check user and password in DATABASE_URL.',
  '3D000': 'Create the database (createdb) or check its name in DATABASE_URL.',
};
