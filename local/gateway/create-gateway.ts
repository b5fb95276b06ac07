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
  const stage = { settings, route: createRouter(operations), invoke: createInvoke(load, settings) };
  return {
    async fetch(request, connection = {}) {
      const received = receive(request, connection, randomUUID(), settings.now());
      const { requestId, receivedAt, method, path } = received;
      const { response, operationId } = await answer(stage, received, request);
      const { status } = response;
      settings.onAccess({ method, path, status, durationMs: settings.now() - receivedAt, operationId, requestId });
      return response;
    },
  };
}

interface Stage {
  settings: Required<GatewayOptions>;
  route: ReturnType<typeof createRouter>;
  invoke: ReturnType<typeof createInvoke>;
}

async function answer(stage: Stage, received: Received, request: Request) {
  let operationId: string | undefined;
  try {
    assertHeadFits(received);
    const match = findOperation(stage, received);
    operationId = match.operation.operationId;
    const body = await readContent(stage.settings, received, request);
    return { response: await run(stage, { received, ...match, ...body }), operationId };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return { response: toProblemResponse(error, received.requestId), operationId };
  }
}

function findOperation({ route, settings }: Stage, { method, path }: Received) {
  const decodedPath = decodeEscapes(path);
  const match = route(method, settings.payload === '1.0' ? path : decodedPath);
  if (match.kind === 'operation') return match;
  if (match.kind === 'not-found') throw new GatewayError('not-found', `There is no ${path}.`);
  throw new GatewayError('method-not-allowed', `${path} supports ${match.allow}.`, { allow: match.allow });
}

/** A REST API takes a body for UTF-8 text unless its content type is one of the API's binary media types. */
async function readContent(settings: Stage['settings'], received: Received, request: Request) {
  const bytes = await readBody(request, headerOf(received, 'content-length'));
  const contentType = headerOf(received, 'content-type');
  const isBase64 = settings.payload === '1.0' ? isBinary(settings.binaryMediaTypes, contentType) : !isText(contentType);
  const isBase64Encoded = bytes !== undefined && isBase64;
  return { body: bytes?.toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded };
}

async function run({ settings, invoke }: Stage, source: EventSource) {
  const { payload, binaryMediaTypes } = settings;
  const { received, operation } = source;
  const event = payload === '1.0' ? createEventV1(source) : createEventV2(source);
  assertEventFits(event);
  const output = await invoke(operation, event, received.requestId);
  const result = parseResult(output, payload);
  assertResultFits(output, result.body.length);
  return payload === '1.0' ? toRestResponse(result, received, binaryMediaTypes) : toHttpResponse(result, received);
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
  return new BufferedResponse(body, status, Object.entries(headers));
}
