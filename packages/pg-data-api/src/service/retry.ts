import { setTimeout as wait } from 'node:timers/promises';
import type { RDSDataClient } from '@aws-sdk/client-rds-data';
import { outcomeOf, type ServiceError } from '../errors/from-service';
import type { DataApiOptions } from '../options';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 8000;
const REPEATS_OF_UNKNOWN = 2;

/**
 * Repeats a call that certainly did not run until the budget is spent; one whose outcome is unknown at most twice, and
 * only if it may run twice.
 */
export function createRetry({ retryBudgetMs = 60_000, onRetry }: DataApiOptions, client: Pick<RDSDataClient, 'send'>) {
  return async <T>(call: () => Promise<T>, isRepeatable: boolean): Promise<T> => {
    await assertNoRetries(client);
    const started = Date.now();
    for (let attempt = 1; ; attempt++) {
      try {
        return await call();
      } catch (error) {
        const delayMs = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS);
        const isInBudget = Date.now() - started + delayMs <= retryBudgetMs;
        if (!isInBudget || !mayRepeat(error as ServiceError, isRepeatable, attempt)) throw error;
        onRetry?.({ reason: (error as Error).name, attempt, delayMs, error });
        await wait(delayMs);
      }
    }
  };
}

function mayRepeat(error: ServiceError, isRepeatable: boolean, attempt: number) {
  const outcome = outcomeOf(error);
  if (outcome === 'not-run') return true;
  return outcome === 'unknown' && !NEVER_REPEATED.has(error.name) && isRepeatable && attempt <= REPEATS_OF_UNKNOWN;
}

/** A result that the service cannot encode, and a call that has already used all the time it was given. */
const NEVER_REPEATED = new Set(['InternalFailure', 'TimeoutError']);

const checked = new WeakSet<object>();

async function assertNoRetries(client: object) {
  if (checked.has(client)) return;
  const { config } = client as { config?: { maxAttempts?: number | (() => Promise<number>) } };
  const attempts = typeof config?.maxAttempts === 'function' ? await config.maxAttempts() : config?.maxAttempts;
  if (attempts !== undefined && attempts > 1) {
    throw new TypeError(
      `The RDSDataClient makes ${attempts} attempts, which may write twice: create it with maxAttempts: 1.`,
    );
  }
  checked.add(client);
}
