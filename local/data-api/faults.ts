import type { Clock } from './options';
import { ServiceError, type ServiceErrorType } from './service-error';

export interface Call {
  /** The path without its slash. */
  operation: string;
  /** Counts the calls of an endpoint, from 1. */
  number: number;
  resourceArn: string;
  sql?: string;
}

export type Fault =
  | { kind: 'error'; error: ServiceErrorType; message?: string; when: 'before' | 'after' }
  /** The call is carried out and the connection ends without an answer. */
  | { kind: 'lost-answer' }
  /** The call's transaction expires just before it. */
  | { kind: 'expired-transaction' };

/** Decides for each call whether, and how, it goes wrong. */
export type FaultOf = (call: Call) => Fault | undefined;

/**
 * An Aurora instance that was paused: every call of the first `seconds` is refused, as aws-sdk-js-v3#6701 shows.
 *
 * @example
 * createDataApi({ databaseUrl, faultOf: resumingFor(2) });
 */
export function resumingFor(seconds: number, now: Clock['now'] = Date.now): FaultOf {
  let since: number | undefined;
  return ({ resourceArn }) => {
    since ??= now();
    if (now() - since >= seconds * 1000) return undefined;
    return { kind: 'error', error: 'DatabaseResumingException', when: 'before', message: resumingMessage(resourceArn) };
  };
}

/** ThrottlingException on the calls of these numbers; awsdocs/amazon-rds-user-guide#110 has the text. */
export function throttling(...numbers: number[]): FaultOf {
  return ({ number }) => {
    if (!numbers.includes(number)) return undefined;
    return { kind: 'error', error: 'ThrottlingException', when: 'before', message: 'Rate exceeded' };
  };
}

export function throwFault(fault: Fault | undefined, when: 'before' | 'after'): void {
  if (fault?.kind === 'error' && fault.when === when) throw new ServiceError(fault.error, fault.message);
}

function resumingMessage(arn: string) {
  return `The Aurora DB instance ${arn} is resuming after being auto-paused. Please wait a few seconds and try again.`;
}
