import { BufferedResponse, isBodiless } from './buffered-response';
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
const REQUEST_ID = 'x-amzn-requestid';

/** "API Gateway includes a Content-Type header for all integration responses" (the same page). */
const DEFAULT_TYPE = 'application/json';

const HOP_BY_HOP = new Set('connection content-length keep-alive te trailer transfer-encoding upgrade'.split(' '));

/** A REST API's response to a client. */
export function toRestResponse(result: ProxyResult, received: Received, binaryMediaTypes: readonly string[]) {
  const headers: [string, string][] = [];
  for (const [name, value] of result.headers) {
    const lowerCase = name.toLowerCase();
    if (DROPPED.has(lowerCase)) continue;
    headers.push([REMAPPED.has(lowerCase) ? `x-amzn-Remapped-${name}` : name, value]);
  }
  if (!headers.some(([name]) => name.toLowerCase() === 'content-type')) headers.push(['content-type', DEFAULT_TYPE]);
  headers.push(['x-amz-apigw-id', received.extendedRequestId]);
  const isDecoded = result.isBase64Encoded && isBinary(binaryMediaTypes, headerOf(received, 'accept'));
  return createResponse(result, isDecoded, headers, received);
}

/** An HTTP API's response to a client: no header is renamed, and base64 is always decoded. */
export function toHttpResponse(result: ProxyResult, received: Received) {
  const headers = result.headers.filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase()));
  headers.push(['apigw-requestid', received.extendedRequestId]);
  return createResponse(result, result.isBase64Encoded, headers, received);
}

function createResponse(result: ProxyResult, isDecoded: boolean, lines: [string, string][], received: Received) {
  const { status, body } = result;
  const headers = lines.filter(([name]) => name.toLowerCase() !== REQUEST_ID);
  headers.push([REQUEST_ID, received.requestId]);
  const content = isBodiless(status) ? '' : isDecoded ? Buffer.from(body, 'base64') : body;
  try {
    return new BufferedResponse(content, status, headers);
  } catch (cause) {
    throw new GatewayError('bad-gateway', `Malformed Lambda proxy response: ${(cause as Error).message}`);
  }
}
