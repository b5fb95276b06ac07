import { toExtendedRequestId } from './event-v1';
import { isBinary } from './media-type';
import { GatewayError } from './problem';
import { headerOf, type Received } from './received';
import type { ProxyResult } from './result';

/** Renamed to `x-amzn-remapped-*` on the way out: the same table, column "Response", third value ("Remapped"). */
const REMAPPED = new Set(
  'authorization connection content-md5 date max-forwards server user-agent www-authenticate'.split(' '),
);

/** The same table, "Dropped"; the length is the written body's. */
const DROPPED = new Set(
  'content-length expect host proxy-authenticate te trailer transfer-encoding upgrade via'.split(' '),
);
const HOP_BY_HOP = new Set('connection content-length keep-alive te trailer transfer-encoding upgrade'.split(' '));

/** A REST API's response to a client. */
export function toRestResponse(result: ProxyResult, received: Received, binaryMediaTypes: readonly string[]) {
  const lines: [string, string][] = [];
  for (const [name, value] of result.headers) {
    const lowerCase = name.toLowerCase();
    if (DROPPED.has(lowerCase)) continue;
    lines.push([REMAPPED.has(lowerCase) ? `x-amzn-Remapped-${name}` : name, value]);
  }
  const headers = toHeaders(lines);
  if (!headers.has('content-type')) headers.set('content-type', 'application/json');
  headers.set('x-amzn-requestid', received.requestId);
  headers.set('x-amz-apigw-id', toExtendedRequestId(received.requestId));
  const isDecoded = result.isBase64Encoded && isBinary(binaryMediaTypes, headerOf(received, 'accept'));
  return createResponse(result, isDecoded, headers);
}

/** An HTTP API's response to a client: no header is renamed, and base64 is always decoded. */
export function toHttpResponse(result: ProxyResult, received: Received) {
  const headers = toHeaders(result.headers.filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase())));
  headers.set('apigw-requestid', toExtendedRequestId(received.requestId));
  headers.set('x-amzn-requestid', received.requestId);
  return createResponse(result, result.isBase64Encoded, headers);
}

function createResponse({ status, body }: ProxyResult, isDecoded: boolean, headers: Headers) {
  const isEmpty = body === '' || status === 204 || status === 205 || status === 304;
  return new Response(isEmpty ? null : isDecoded ? Buffer.from(body, 'base64') : body, { status, headers });
}

function toHeaders(lines: [string, string][]) {
  try {
    return new Headers(lines);
  } catch (cause) {
    throw new GatewayError('bad-gateway', `Malformed Lambda proxy response: ${(cause as Error).message}`);
  }
}
