import { resolve } from 'node:path';
import { claimFolder, fillFolder, openCluster } from './data-folder';
import { createEngineOnNewCluster, type Engine } from './engine';
import { READY_FOR_QUERY_IDLE } from './messages';
import { listen } from './server';
import { SharedBackend } from './shared-backend';
import { toStartupPacket } from './startup';

export { EmbeddedDatabaseError, type EmbeddedDatabaseErrorCode } from './errors';

const DATABASE = 'inkwell';

export interface EmbeddedDatabaseOptions {
  /** A folder that is empty, absent, or made by an earlier start. Undefined keeps the data in memory. */
  dataDir?: string;
  /** 0 means any free port. @default 0 */
  port?: number;
  /** @default '127.0.0.1' */
  host?: string;
  /** How long a statement waits for another connection's open transaction before it fails. @default 10000 */
  waitLimitMs?: number;
}

export interface EmbeddedDatabase {
  url: string;
  port: number;
  /** Lets running statements finish, ends the connections, closes PostgreSQL. May be called again. */
  close(): Promise<void>;
}

/**
 * Starts PostgreSQL (PGlite) on a TCP socket. It is for one developer's machine: it listens on loopback and takes any
 * user and any password as the superuser `postgres`. Only the database of `url` is served.
 *
 * @example
 * const database = await startEmbeddedDatabase({ dataDir: '.data/postgres', port: 54320 });
 * database.url; // postgresql://postgres@127.0.0.1:54320/inkwell
 * await database.close();
 */
export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const { port = 0, host = '127.0.0.1', waitLimitMs = 10_000 } = options;
  const dataDir = options.dataDir === undefined ? undefined : resolve(options.dataDir);
  const closers: (() => unknown)[] = [];
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= closeInReverse(closers);
    return closed;
  };
  try {
    if (dataDir !== undefined) closers.push(claimFolder(dataDir));
    const server = await listen(host, port);
    closers.push(server.close);
    const engine = await openEngine(dataDir);
    closers.splice(-1, 0, engine.close);
    server.serve({
      backend: new SharedBackend(engine, waitLimitMs),
      greeting: await greet(engine),
      database: DATABASE,
    });
    return { url: `postgresql://postgres@${host}:${server.port}/${DATABASE}`, port: server.port, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openEngine(dataDir: string | undefined): Promise<Engine> {
  if (dataDir === undefined) return createEngineOnNewCluster(DATABASE, {});
  await fillFolder(dataDir, DATABASE);
  return openCluster(dataDir, DATABASE);
}

/** ReadyForQuery, the last 6 bytes, is left to the connection. */
async function greet(engine: Engine): Promise<Buffer> {
  const answer = await engine.execute(toStartupPacket());
  return answer.subarray(0, -READY_FOR_QUERY_IDLE.length);
}

async function closeInReverse(closers: (() => unknown)[]): Promise<void> {
  for (const close of closers.toReversed()) await close();
}
