import type { Operation } from '../../shared/contract/route';
import type { Received } from './received';

/** What an event is made of, whatever its payload version. */
export interface EventSource {
  received: Received;
  operation: Operation;
  pathParameters: Record<string, string> | null;
  body: string | undefined;
  isBase64Encoded: boolean;
}

export const ACCOUNT_ID = '000000000000';
export const API_ID = 'inkwell000';

/** Common log format in UTC, as `requestTime`: 10/Mar/2020:00:03:59 +0000. */
export function formatClf(time: number) {
  const [, day, month, year, clock] = new Date(time).toUTCString().split(' ');
  return `${day}/${month}/${year}:${clock} +0000`;
}
