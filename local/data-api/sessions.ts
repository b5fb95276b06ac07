import { type ClientBase, Pool, type PoolClient } from 'pg';
import { Catalogue } from './catalogue';
import type { Settings } from './options';
import { ServiceError } from './service-error';

/** A backend lent to one call or one transaction, as fresh as a new connection. */
export interface Session {
  client: ClientBase;
  catalogue: Catalogue;
  database: string;
  /** The backend's id as PostgreSQL knows it. */
  backendId: number | undefined;
  release(): void;
}

export interface Sessions {
  open(database: string | null | undefined): Promise<Session>;
  close(): Promise<void>;
}

interface Database {
  name: string;
  pool: Pool;
  catalogue: Catalogue;
}

/** A pool of backends for each database. */
export function createSessions(settings: Settings): Sessions {
  const databases = new Map<string, Database>();
  const reset = toResetScript(settings.statementTimeoutMs);
  const find = (name: string) => {
    const found = databases.get(name) ?? connectTo(name, settings);
    databases.set(name, found);
    return found;
  };
  return {
    async open(name) {
      const database = find(name || databaseOfUser(settings));
      return toSession(await database.pool.connect(), database, reset);
    },
    async close() {
      await Promise.all([...databases.values()].map(({ pool }) => pool.end()));
    },
  };
}

/** Without a database the service connects to the one named like the user, not to the secret's: aws-cli#8577. */
function databaseOfUser({ databaseUrl, switches }: Settings) {
  const user = decodeURIComponent(new URL(databaseUrl).username) || 'postgres';
  if (switches.databaseOfUser === 'used') return user;
  throw new ServiceError('DatabaseErrorException', `ERROR: database "${user}" does not exist; SQLState: 3D000`);
}

function connectTo(name: string, { databaseUrl, maxConnections, statementTimeoutMs, switches }: Settings): Database {
  const url = new URL(databaseUrl);
  url.pathname = encodeURIComponent(name);
  const pool = new Pool({
    connectionString: url.href,
    options: `-c TimeZone=UTC -c statement_timeout=${statementTimeoutMs}`,
    max: maxConnections,
    allowExitOnIdle: true,
  });
  // A backend that ends is found broken, and replaced, at its next use.
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', () => {});
  return { name, pool, catalogue: new Catalogue(switches.undocumentedTypes) };
}

function toSession(client: PoolClient, { catalogue, name }: Database, reset: string): Session {
  const { processID } = client as unknown as { processID?: number };
  const release = async () => {
    if (client.getTransactionStatus() !== 'I') await client.query('ROLLBACK');
    await client.query(reset);
  };
  return {
    client,
    catalogue,
    database: name,
    backendId: processID,
    release: () => {
      release().then(
        () => client.release(),
        () => client.release(true),
      );
    },
  };
}

/**
 * What DISCARD ALL does, which may not stand beside other statements, and the settings of a session of the service:
 * UTC and 45 s. aurora-data-api-proxy saw SET, PREPARE and temporary tables vanish between calls.
 */
function toResetScript(statementTimeoutMs: number) {
  return `CLOSE ALL; SET SESSION AUTHORIZATION DEFAULT; RESET ALL; DEALLOCATE ALL; UNLISTEN *;
    SELECT pg_catalog.pg_advisory_unlock_all(); DISCARD PLANS; DISCARD TEMP; DISCARD SEQUENCES;
    SET TimeZone TO 'UTC'; SET statement_timeout TO ${statementTimeoutMs}`;
}
