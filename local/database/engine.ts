import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { EmbeddedDatabaseError } from './errors';
import { toQuery } from './messages';

/** PostgreSQL stops a recursion at its own limit; on Node's default stack JavaScript's comes first and kills PGlite. */
const STACK_SIZE_MB = 64;

/** One PostgreSQL backend, PGlite, in a thread of its own: a slow statement does not stop the event loop here. */
export interface Engine {
  /** Sends whole frontend messages and resolves to everything PostgreSQL answers. One call at a time. */
  execute(messages: Buffer): Promise<Buffer>;
  /** Ends a PostgreSQL that no longer answers; every later call rejects. */
  abandon(): Promise<void>;
  close(): Promise<void>;
}

export interface EngineOptions {
  /** Undefined keeps the data in memory. */
  dataDir?: string;
  /** @default 'postgres', the only one of a new cluster */
  database?: string;
}

export async function createEngine(options: EngineOptions): Promise<Engine> {
  const worker = new Worker(join(__dirname, 'pglite-worker.mjs'), {
    workerData: options,
    execArgv: [],
    resourceLimits: { stackSizeMb: STACK_SIZE_MB },
  });
  const ask = createAsk(worker);
  await ask('start');
  return {
    async execute(messages) {
      const answer = (await ask(messages)) as Uint8Array;
      return Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength);
    },
    async abandon() {
      await worker.terminate();
    },
    async close() {
      await ask('close').catch(() => undefined);
      await worker.terminate();
    },
  };
}

/**
 * Starts PostgreSQL on a new cluster and names its database. ALTER DATABASE refuses to rename the database it runs in,
 * and CREATE DATABASE with a second start would double the time.
 */
export async function createEngineOnNewCluster(database: string, options: { dataDir?: string }): Promise<Engine> {
  const engine = await createEngine(options);
  await engine.execute(toQuery(`UPDATE pg_database SET datname = '${database}' WHERE datname = 'postgres'`));
  return engine;
}

/** Posts a message and resolves to the worker's next one; rejects, now and from then on, once the worker is dead. */
function createAsk(worker: Worker): (message: Buffer | 'start' | 'close') => Promise<unknown> {
  let death: EmbeddedDatabaseError | undefined;
  let settle: { resolve: (answer: unknown) => void; reject: (error: Error) => void } | undefined;
  worker.on('message', (answer: unknown) => settle?.resolve(answer));
  const die = (cause: unknown): void => {
    death ??= new EmbeddedDatabaseError('DATABASE_FAILED', toFailureMessage(cause), { cause });
    settle?.reject(death);
  };
  worker.on('error', die);
  worker.on('exit', die);
  return (message) =>
    new Promise((resolve, reject) => {
      if (death) return reject(death);
      settle = { resolve, reject };
      if (typeof message === 'string') return worker.postMessage(message);
      // A copy of its own: a Buffer may be a slice of a bigger one, and the whole of that would be sent.
      const copy = new Uint8Array(message);
      worker.postMessage(copy, [copy.buffer]);
    });
}

function toFailureMessage(cause: unknown): string {
  const reason = cause instanceof Error ? cause.message.split('\n')[0] : `its thread ended with code ${cause}`;
  return `The embedded PostgreSQL failed: ${reason}. Start it again.`;
}
