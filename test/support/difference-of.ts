import { inspect } from 'node:util';
import type { Step } from '../local/data-api/probe';
import type { Outcome } from './run-probe';

/** Says how an answer is other than a probe expects; undefined when it is not. */
export function differenceOf({ answer, error, message }: Step, outcome: Outcome): string | undefined {
  const isAnswered = error === undefined && outcome.answer !== undefined && fits(outcome.answer, answer ?? {});
  const isRefused = error !== undefined && outcome.error === error && (message?.test(outcome.message ?? '') ?? true);
  if (isAnswered || isRefused) return undefined;
  const expected = error === undefined ? { answer: answer ?? {} } : { error, message };
  return `expected ${inspect(expected, { depth: 8 })}\nreceived ${inspect(outcome, { depth: 8, maxStringLength: 300 })}`;
}

/** Whether all that is expected is there; lists have to be of one length. */
function fits(actual: unknown, expected: unknown): boolean {
  if (typeof expected !== 'object' || expected === null) return Object.is(actual, expected);
  if (typeof actual !== 'object' || actual === null) return false;
  if (Array.isArray(expected) && (actual as unknown[]).length !== expected.length) return false;
  return Object.entries(expected).every(([key, part]) => fits(Reflect.get(actual, key), part));
}
