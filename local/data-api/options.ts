import type { FaultOf } from './faults';

/**
 * What is documented nowhere and was measured by nobody in public. Each default is the reading under which a client
 * that works here works on AWS as well.
 */
export interface Switches {
  /** How the scanner for `:name` reads a backslash in a quoted string. @default 'ordinary' */
  backslash: 'ordinary' | 'escape';
  /** Parameters that no placeholder names, and two of one name. @default 'refused' */
  unusedParameters: 'refused' | 'ignored';
  /** The type that the hint JSON declares; `json` has fewer operators. @default 'json' */
  jsonHint: 'json' | 'jsonb';
  /** Digits after the second that the hints TIME and TIMESTAMP take; AWS documents `.FFF`. @default 3 */
  hintFractionDigits: number;
  /** Characters of `sql`. @default 65536 */
  maxSqlLength: number;
  /** float4 as its double, 0.10000000149011612, or as PostgreSQL prints it, 0.1. @default 'widened' */
  float4: 'widened' | 'shortest';
  /** NaN and the infinities of float4 and float8, which JSON numbers cannot be. @default 'failure' */
  nonFiniteNumbers: 'failure' | 'string';
  /** Dates and timestamps before the year 1. @default 'failure' */
  datesBeforeChrist: 'failure' | 'text';
  /** Types on neither AWS's list nor its list of unsupported ones: citext, hstore, tsvector, bit, name[]. @default 'refused' */
  undocumentedTypes: 'refused' | 'text';
  /** numberOfRecordsUpdated when there are rows, as of RETURNING. @default 'zero' */
  returningCount: 'zero' | 'affected';
  /** Whether a database error carries PostgreSQL's DETAIL. @default false */
  detail: boolean;
  /** A call without `database`: refused as unknown, or made to the database named like the user. @default 'refused' */
  databaseOfUser: 'refused' | 'used';
  /** A batch without a transaction is all or nothing. @default true */
  batchIsAtomic: boolean;
  /** CommitTransaction after a failed statement, which PostgreSQL turns into a rollback. @default 'committed' */
  commitOfAborted: 'committed' | 'rolled-back' | 'refused';
  /** What commit and rollback answer for an id that is not known. @default 'TransactionNotFoundException' */
  unknownTransaction: 'TransactionNotFoundException' | 'NotFoundException';
}

export const STRICTEST: Switches = {
  backslash: 'ordinary',
  unusedParameters: 'refused',
  jsonHint: 'json',
  hintFractionDigits: 3,
  maxSqlLength: 65_536,
  float4: 'widened',
  nonFiniteNumbers: 'failure',
  datesBeforeChrist: 'failure',
  undocumentedTypes: 'refused',
  returningCount: 'zero',
  detail: false,
  databaseOfUser: 'refused',
  batchIsAtomic: true,
  commitOfAborted: 'committed',
  unknownTransaction: 'TransactionNotFoundException',
};

export interface Clock {
  /** Milliseconds. */
  now(): number;
  /** Calls back once, unless cancelled by what it returns. */
  schedule(callback: () => void, ms: number): () => void;
}

export interface DataApiOptions {
  /** The server and its user; calls name their own database on it. */
  databaseUrl: string;
  switches?: Partial<Switches>;
  /** Faults to answer calls with. */
  faultOf?: FaultOf;
  clock?: Clock;
  /** @default 45000 */
  statementTimeoutMs?: number;
  /** @default 3 minutes */
  transactionIdleMs?: number;
  /** @default 24 hours */
  transactionLifetimeMs?: number;
  /** Backends for each database. @default 40 */
  maxConnections?: number;
  /** Told of what a client sees only as an error of the service's own. */
  onError?: (error: unknown) => void;
}

export type Settings = Required<Omit<DataApiOptions, 'switches'>> & { switches: Switches };

export const systemClock: Clock = {
  now: Date.now,
  schedule(callback, ms) {
    const timer = setTimeout(callback, ms).unref();
    return () => clearTimeout(timer);
  },
};

export function toSettings({ switches, ...options }: DataApiOptions): Settings {
  return { ...DEFAULTS, ...options, switches: { ...STRICTEST, ...switches } };
}

/** "Data API" in the Aurora user guide: calls time out after 45 s, transactions after 3 idle minutes or 24 hours. */
const DEFAULTS = {
  clock: systemClock,
  faultOf: () => undefined,
  statementTimeoutMs: 45_000,
  transactionIdleMs: 3 * 60_000,
  transactionLifetimeMs: 24 * 60 * 60_000,
  maxConnections: 40,
  onError: console.error,
} satisfies Partial<DataApiOptions>;
