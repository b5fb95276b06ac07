import { STATUS_CODES } from 'node:http';
import type { Problem } from '../../shared/contract/problem';
import { DiscrepancyError, TourError } from './failures';

export type Route = `${'GET' | 'POST' | 'PATCH' | 'DELETE'} /${string}`;

export interface Call {
  token?: string | undefined;
  body?: unknown;
}

export interface Answer<Body = unknown> {
  route: Route;
  status: number;
  /** Parsed where it is JSON, and otherwise as it came. */
  body: Body;
  requestId: string | undefined;
  durationMs: number;
}

export type Client = (route: Route, call?: Call) => Promise<Answer>;

/** Longer than the API takes to give up by itself. */
const TIMEOUT_MS = 35_000;

/** Calls the API as any client would. A redirect is not followed, for it could turn a POST into a GET. */
export function createClient(url: string): Client {
  return async (route, call = {}) => {
    const startedAt = performance.now();
    const [method = '', path = ''] = route.split(/ (.*)/s);
    try {
      const response = await fetch(`${url}${path}`, { method, redirect: 'manual', ...toInit(call) });
      const body = parse(await response.text());
      const requestId = response.headers.get('x-amzn-requestid') ?? (isProblem(body) ? body.requestId : undefined);
      return { route, status: response.status, body, requestId, durationMs: performance.now() - startedAt };
    } catch (error) {
      throw new TourError(`No service answers at ${url} (${reasonOf(error as Error)}).`, { cause: error });
    }
  };
}

/** @throws {DiscrepancyError} when the status is another one */
export function assertStatus(answer: Answer, status: number): void {
  if (answer.status === status) return;
  const expected = describeStatus(status);
  throw new DiscrepancyError(answer.route, { expected, got: describeOutcome(answer), answer });
}

export function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;
}

export function describeStatus(status: number): string {
  return `${status} ${STATUS_CODES[status] ?? ''}`.trim();
}

function describeOutcome({ status, body }: Answer) {
  return describeStatus(status) + (isProblem(body) ? `, ${body.code}: ${body.detail}` : '');
}

function toInit({ token, body }: Call): RequestInit {
  const headers = {
    'user-agent': 'inkwell-tour',
    ...(token && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  return { headers, signal, ...(body !== undefined && { body: JSON.stringify(body) }) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text || undefined;
  }
}

function reasonOf({ message, cause }: Error) {
  const { code, message: reason } = (cause ?? {}) as { code?: string; message?: string };
  return code ?? reason ?? message;
}
