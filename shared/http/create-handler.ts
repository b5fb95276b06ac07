import type { Context } from 'aws-lambda';
import type * as z from 'zod';
import { authenticate, type Principal, type SessionSource } from '../auth/authenticate';
import { assertAccess } from '../auth/authorize';
import type { Operation } from '../contract/route';
import type { HttpError } from '../errors';
import { createLogger } from '../logger';
import { type Input, parseInput } from './parse-input';
import { type HttpEvent, type RequestParts, toRequestParts } from './request';
import { type HttpResult, toProblemResult, toResult } from './response';
import { toHttpError } from './to-http-error';

export type HttpHandler = (event: HttpEvent, context?: Context) => Promise<HttpResult>;

export type HandlerRequest<O extends Operation> = Input<O> & {
  principal: O['access'] extends 'public' ? undefined : Principal;
  headers: RequestParts['headers'];
};

type Handle<O extends Operation> = (
  request: HandlerRequest<O>,
) => O['response'] extends z.ZodType ? Promise<z.input<O['response']>> : Promise<void>;

type PublicOperation = Operation & { access: 'public' };
type ProtectedOperation = Operation & { access: 'user' | 'admin' };

/**
 * Makes the Lambda of one operation: authenticate, check the route's access, parse and validate, your
 * `handle`, validate the response. Events of payload 1.0 and 2.0 are read alike; whatever is thrown is
 * answered as a problem and, unless it is the client's doing, logged.
 *
 * @param sessions where a protected operation looks up the session of an access token
 *
 * @example
 * export const handler = createHandler(posts.createPost, Session, async ({ body, principal }) => {
 *   const post = await Post.create({ ...body, userId: principal.userId });
 *   return post.toResponse();
 * });
 */
export function createHandler<O extends PublicOperation>(operation: O, handle: Handle<O>): HttpHandler;
export function createHandler<O extends ProtectedOperation>(
  operation: O,
  sessions: SessionSource,
  handle: Handle<O>,
): HttpHandler;
export function createHandler<O extends Operation>(
  operation: O,
  ...rest: [Handle<O>] | [SessionSource, Handle<O>]
): HttpHandler {
  const [sessions, handle] = rest.length === 2 ? rest : [undefined, rest[0]];
  return async (event) => {
    const startedAt = performance.now();
    const parts = toRequestParts(event);
    const { result, error } = await answer(operation, sessions, handle, parts);
    logRequest(operation, parts, result, performance.now() - startedAt, error);
    return result;
  };
}

async function answer<O extends Operation>(
  operation: O,
  sessions: SessionSource | undefined,
  handle: Handle<O>,
  parts: RequestParts,
): Promise<{ result: HttpResult; error?: HttpError }> {
  try {
    const principal = sessions && (await authenticate(parts.headers.authorization, sessions));
    if (principal) assertAccess(principal, operation.access);
    const input = parseInput(operation, parts);
    const request = { ...input, principal, headers: parts.headers } as HandlerRequest<O>;
    return { result: toResult(operation, await handle(request), parts) };
  } catch (thrown) {
    const error = toHttpError(thrown);
    return { result: toProblemResult(error, parts.requestId), error };
  }
}

function logRequest(
  { operationId, method, path }: Operation,
  { requestId }: RequestParts,
  { statusCode }: HttpResult,
  durationMs: number,
  error?: HttpError,
) {
  const logger = createLogger({ fields: { requestId, operationId } });
  const fields = { method, path, status: statusCode, durationMs: Math.round(durationMs * 100) / 100 };
  if (error && error.status >= 500)
    logger.error('request failed', { ...fields, problem: error.code, error: error.cause });
  else logger.info('request', error ? { ...fields, problem: error.code } : fields);
}
