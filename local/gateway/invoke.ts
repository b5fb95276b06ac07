import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import type { Operation } from '../../shared/contract/route';
import { ACCOUNT_ID } from './event-source';
import { GatewayError } from './problem';

export type LambdaHandler = (event: never, context: Context) => unknown;
export type Load = (operation: Operation) => Promise<{ handler: LambdaHandler }>;

export interface InvokeSettings {
  timeoutMs: number;
  now: () => number;
  onError: (error: unknown, operation: Operation, requestId: string) => void;
}

/** Lambda quota "Invocation payload": 6 MB for the event and for the result, as JSON. */
const MAX_PAYLOAD_BYTES = 6_291_556;

/** Loads a function at its first event and runs it as Lambda does. A load that fails is tried again at the next event. */
export function createInvoke(load: Load, settings: InvokeSettings) {
  const loading = new Map<string, ReturnType<Load>>();

  function loadOnce(operation: Operation) {
    const known = loading.get(operation.operationId);
    if (known) return known;
    const loaded = Promise.resolve(operation).then(load);
    loading.set(operation.operationId, loaded);
    loaded.catch(() => loading.delete(operation.operationId));
    return loaded;
  }

  return async function invoke(operation: Operation, event: unknown, requestId: string): Promise<unknown> {
    const context = createContext(operation, settings);
    const running = loadOnce(operation).then(({ handler }) => handler(event as never, context));
    try {
      return await before(running, settings.timeoutMs);
    } catch (error) {
      if (error instanceof GatewayError) throw error;
      settings.onError(error, operation, requestId);
      throw new GatewayError('bad-gateway', 'The function failed.');
    }
  };
}

export function assertEventFits(event: { body?: string | null | undefined }) {
  if (!exceedsPayload(event, event.body?.length ?? 0)) return;
  throw new GatewayError('payload-too-large', `The event is larger than Lambda's ${MAX_PAYLOAD_BYTES} bytes.`);
}

export function assertResultFits(result: unknown, bodyLength: number) {
  if (!exceedsPayload(result, bodyLength)) return;
  throw new GatewayError('bad-gateway', `The result is larger than Lambda's ${MAX_PAYLOAD_BYTES} bytes.`);
}

/** A character takes at most 6 bytes of JSON and the rest of a payload far less than 1 MB: most need no measuring. */
function exceedsPayload(payload: unknown, bodyLength: number) {
  if (bodyLength * 6 < MAX_PAYLOAD_BYTES - 1_000_000) return false;
  return Buffer.byteLength(JSON.stringify(payload)) > MAX_PAYLOAD_BYTES;
}

/** The function runs on after its time is over; what it answers then is nobody's. */
async function before<T>(running: Promise<T>, timeoutMs: number) {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `The function took longer than ${timeoutMs / 1000} s.`;
    timer = setTimeout(() => reject(new GatewayError('gateway-timeout', message)), timeoutMs);
  });
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}

function createContext({ functionName }: Operation, { now, timeoutMs }: InvokeSettings) {
  const deadline = now() + timeoutMs;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:${ACCOUNT_ID}:function:${functionName}`,
    memoryLimitInMB: '256',
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: `local/[$LATEST]${functionName}`,
    getRemainingTimeInMillis: () => Math.max(0, deadline - now()),
  } as Context;
}
