import { createGateway, type GatewayOptions } from '../../local/gateway/create-gateway';
import type { Load } from '../../local/gateway/invoke';
import type { Operation, Route } from '../../shared/contract/route';

/** An operation is known by its method and path here. */
export function operation(method: Route['method'], path: string): Operation {
  const names = { operationId: `${method} ${path}`, tag: 'test', functionName: 'test-function', entry: 'unused' };
  return { method, path, access: 'public', summary: '', status: 200, ...names };
}

export const OPERATIONS = [
  operation('GET', '/posts'),
  operation('POST', '/posts'),
  operation('GET', '/posts/{postId}'),
  operation('GET', '/users'),
  operation('GET', '/users/{userId}'),
  operation('DELETE', '/users/{userId}'),
  operation('POST', '/users/batch'),
  operation('GET', '/users/{userId}/posts'),
  operation('PUT', '/auth/password'),
];

/** A gateway in front of one handler for every operation. */
export function gatewayOf(handler: (event: never, context: never) => unknown, options: GatewayOptions = {}) {
  return createGateway(OPERATIONS, async () => ({ handler: handler as never }), options);
}

/** A gateway in front of a handler that answers with its operation and the event it got. */
export function echoGateway(options: GatewayOptions = {}) {
  const load: Load = async ({ operationId }) => ({
    handler: async (event) => ({ statusCode: 200, body: JSON.stringify({ operationId, event }) }),
  });
  return createGateway(OPERATIONS, load, options);
}

export function request(method: string, path: string, init: RequestInit = {}) {
  return new Request(`http://inkwell.test:3000${path}`, { method, duplex: 'half', ...init } as RequestInit);
}
