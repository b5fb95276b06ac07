import { randomUUID } from 'node:crypto';
import type { Operation } from '../../shared/contract/route';
import { BufferedResponse } from './buffered-response';
import type { EventSource } from './event-source';
import { createEventV1 } from './event-v1';
import { createEventV2 } from './event-v2';
import { assertEventFits, assertResultFits, createInvoke, type InvokeSettings, type Load } from './invoke';
import { isBinary, isText } from './media-type';
import { createProblem, GatewayError } from './problem';
import { decodeEscapes } from './query';
import { readBody } from './read-body';
import { assertHeadFits, type Connection, headerOf, type Received, receive } from './received';
import { toHttpResponse, toRestResponse } from './response';
import { parseResult } from './result';
import { createRouter } from './router';

export interface GatewayOptions extends Partial<InvokeSettings> {
  /** '1.0' is a REST API, which we deploy; '2.0' an HTTP API. */
  payload?: '1.0' | '2.0';
  /** The REST API's; none by default, as our bodies are JSON. */
  binaryMediaTypes?: readonly string[];
  onAccess?: (access: Access) => void;
}

/** One record per answered request. */
export interface Access {
  method: string;
  path: string;
  status: number;
  durationMs: number;
  operationId: string | undefined;
  requestId: string;
}

export interface Gateway {
  fetch(request: Request, connection?: Connection): Promise<Response>;
}

/**
 * Amazon API Gateway in front of Lambda proxy integrations, in process. Where AWS is not known it is stricter, never
 * looser.
 *
 * @example
 * const gateway = createGateway(operations, (operation) => import(`../${operation.entry}`));
 * const response = await gateway.fetch(new Request('http://localhost/posts/1'));
 */
export function createGateway(operations: readonly Operation[], load: Load, options: GatewayOptions = {}): Gateway {
  const settings = { ...DEFAULTS, ...options };
  const route = createRouter(operations);
  const invoke = createInvoke(load, settings);

  function findOperation(received: Received) {
    const path = decodeEscapes(received.path);
    const match = route(received.method, settings.payload === '1.0' ? received.path : path);
    if (match.kind === 'not-found') throw new GatewayError('not-found', `There is no ${received.path}.`);
    if (match.kind === 'operation') return match;
    const detail = `${received.path} supports ${match.allow}.`;
    throw new GatewayError('method-not-allowed', detail, { allow: match.allow });
  }

  async function run(received: Received, request: Request, match: Pick<EventSource, 'operation' | 'pathParameters'>) {
    const bytes = await readBody(request, headerOf(received, 'content-length'));
    const source = { received, ...match, ...encodeBody(bytes, headerOf(received, 'content-type')) };
    const event = settings.payload === '1.0' ? createEventV1(source) : createEventV2(source);
    assertEventFits(event);
    const output = await invoke(match.operation, event, received.requestId);
    const result = parseResult(output, settings.payload);
    assertResultFits(output, result.body.length);
    return settings.payload === '1.0'
      ? toRestResponse(result, received, settings.binaryMediaTypes)
      : toHttpResponse(result, received);
  }

  /** A REST API takes a body for UTF-8 text unless its content type is one of the API's binary media types. */
  function encodeBody(bytes: Buffer | undefined, contentType: string | undefined) {
    const { payload, binaryMediaTypes } = settings;
    const isBase64 = payload === '1.0' ? isBinary(binaryMediaTypes, contentType) : !isText(contentType);
    const isBase64Encoded = bytes !== undefined && isBase64;
    return { body: bytes?.toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded };
  }

  return {
    async fetch(request, connection = {}) {
      const received = receive(request, connection, randomUUID(), settings.now());
      const { requestId, receivedAt, method, path } = received;
      let operationId: string | undefined;
      let response: Response;
      try {
        assertHeadFits(received);
        const match = findOperation(received);
        operationId = match.operation.operationId;
        response = await run(received, request, match);
      } catch (error) {
        if (!(error instanceof GatewayError)) throw error;
        response = toProblemResponse(error, requestId);
      }
      const { status } = response;
      settings.onAccess({ method, path, status, durationMs: settings.now() - receivedAt, operationId, requestId });
      return response;
    },
  };
}

const DEFAULTS = {
  payload: '1.0',
  binaryMediaTypes: [],
  timeoutMs: 29_000,
  now: Date.now,
  onAccess: () => {},
  onError: (error, operation, requestId) => console.error(`${operation.operationId} ${requestId}:`, error),
} satisfies Required<GatewayOptions> as Required<GatewayOptions>;

function toProblemResponse(error: GatewayError, requestId: string) {
  const { status, contentType, body } = createProblem(error.code, error.message, requestId);
  const headers = { ...error.headers, 'content-type': contentType, 'x-amzn-requestid': requestId };
  return new BufferedResponse(body, { status, headers: Object.entries(headers) });
}
