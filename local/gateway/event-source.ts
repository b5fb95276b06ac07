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

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Common log format in UTC, as `requestTime`: 10/Mar/2020:00:03:59 +0000. */
export function formatClf(time: number) {
  const iso = new Date(time).toISOString();
  const month = MONTHS[Number(iso.slice(5, 7)) - 1];
  return `${iso.slice(8, 10)}/${month}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}
