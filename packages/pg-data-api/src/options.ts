import type { RDSDataClient } from '@aws-sdk/client-rds-data';

/** Told before each wait for a database that resumes from pause or a service that throttles. */
export interface RetryEvent {
  /** The name of the service's error. */
  reason: string;
  /** How many calls have failed so far, from 1. */
  attempt: number;
  /** Milliseconds until the next call. */
  delayMs: number;
  error: unknown;
}

export interface DataApiOptions {
  /** ARN of the Aurora cluster. */
  resourceArn: string;
  /** ARN of the secret in AWS Secrets Manager that holds the user and the password. */
  secretArn: string;
  /** The database; a `database` given to `new Client()` goes before it. One of both is required. */
  database?: string;
  /**
   * The SDK's client, or anything with its `send`. It must not retry by itself (`maxAttempts: 1`): the SDK sends a
   * write again whose outcome is unknown. Default: a new client, configured by the environment.
   */
  client?: Pick<RDSDataClient, 'send'>;
  /** How long, in milliseconds, a call may be repeated while the database resumes or the service throttles. Default 60000. */
  retryBudgetMs?: number;
  /**
   * How long, in milliseconds, one call may take before it fails with a TimeoutError as its cause; a write may have run
   * then. Not with `client`, which has its own. Default: as long as the service lets it, 45 seconds and the way there.
   */
  requestTimeoutMs?: number;
  /** Called before each wait. */
  onRetry?: (event: RetryEvent) => void;
  /** Lets statements outside of transactions run on after the service's 45 seconds, for long DDL. Default false. */
  continueAfterTimeout?: boolean;
  /** The server version that Sequelize is told, before any query. Default `15.0`. */
  serverVersion?: string;
}

const KNOWN = [
  'resourceArn',
  'secretArn',
  'database',
  'client',
  'retryBudgetMs',
  'requestTimeoutMs',
  'onRetry',
  'continueAfterTimeout',
  'serverVersion',
];

/** Throws a TypeError that names the option at fault. */
export function assertOptions(options: DataApiOptions) {
  const unknown = Object.keys(options).find((name) => !KNOWN.includes(name));
  if (unknown) throw new TypeError(`createDataApi: unknown option "${unknown}"; the options are ${KNOWN.join(', ')}`);
  for (const name of ['resourceArn', 'secretArn'] as const) {
    if (!options[name]) throw new TypeError(`createDataApi: "${name}" is required, the ARN is ${options[name]}`);
  }
}
