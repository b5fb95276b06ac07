import type { Answer } from './client';

/** What keeps the tour from starting; the message says what to do. */
export class TourError extends Error {
  override readonly name = 'TourError';
  readonly code = 'ERR_TOUR';
}

/** Somebody pressed Ctrl-C. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

interface Discrepancy {
  expected: string;
  got: string;
  answer?: Answer | undefined;
}

/** Something is not as told. */
export class DiscrepancyError extends Error {
  override readonly name = 'DiscrepancyError';
  readonly code = 'ERR_DISCREPANCY';
  readonly lines: string[];

  /** @param claim what was to be so, or the call that was to succeed */
  constructor(claim: string, { expected, got, answer }: Discrepancy) {
    super(`${claim}: expected ${expected}, got ${got}`);
    const requestId = answer?.requestId;
    this.lines = [claim, `expected  ${expected}`, `got       ${got}`, ...(requestId ? [`request   ${requestId}`] : [])];
  }
}

export class StepFailedError extends Error {
  override readonly name = 'StepFailedError';

  constructor(number: number, title: string, cause: unknown) {
    super(`Step ${number}, "${title}", did not go as told.`, { cause });
  }
}

export class CleanUpError extends Error {
  override readonly name = 'CleanUpError';
}
