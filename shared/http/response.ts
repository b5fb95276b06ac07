import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Operation } from '../contract/route';
import type { HttpError } from '../errors';
import type { RequestParts } from './request';

/** The members that payload 1.0 and 2.0 have in common. */
export type HttpResult = Required<Pick<APIGatewayProxyStructuredResultV2, 'statusCode' | 'body'>> & {
  headers: Record<string, string>;
};

/** @throws {ZodError} when the value is not what the contract promises: that is our mistake, a 500 */
export function toResult(operation: Operation, value: unknown, parts: RequestParts): HttpResult {
  const headers = { 'cache-control': operation.cacheControl ?? 'no-store' };
  if (!operation.response) return { statusCode: operation.status, headers, body: '' };
  const body = operation.response.parse(value) as Record<string, unknown>;
  return {
    statusCode: operation.status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...headers,
      ...locationOf(operation, body, parts),
      ...linkTo(body.nextCursor, parts),
    },
    body: JSON.stringify(body),
  };
}

export function toProblemResult(error: HttpError, requestId: string): HttpResult {
  return {
    statusCode: error.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...error.headers },
    body: JSON.stringify(error.toProblem(requestId)),
  };
}

function locationOf({ location }: Operation, body: Record<string, unknown>, { basePath }: RequestParts) {
  return location && { location: basePath + location.replace(/\{(\w+)\}/g, (_, name) => String(body[name])) };
}

/** RFC 8288; relative, so that it holds behind any stage or domain. */
function linkTo(nextCursor: unknown, { query }: RequestParts) {
  if (typeof nextCursor !== 'string') return undefined;
  const entries = Object.entries(query).flatMap(([name, values]) => values.map((value) => [name, value]));
  const next = new URLSearchParams(entries);
  next.set('cursor', nextCursor);
  return { link: `<?${next}>; rel="next"` };
}
