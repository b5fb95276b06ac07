import { createGateway, type GatewayOptions } from '../../local/gateway/create-gateway';
import { operations } from '../../shared/contract';
import type { Operation } from '../../shared/contract/route';

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what a test expects of a body it says itself
  body: any;
}

interface Call {
  token?: string | undefined;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Calls the API as a client would, through the gateway in this process. */
export function createApi(options: GatewayOptions = {}) {
  const gateway = createGateway(operations, loadHandler, options);
  return async (route: `${string} /${string}`, { token, body, headers }: Call = {}): Promise<Answer> => {
    const [method = '', path = ''] = route.split(/ (.*)/s);
    const request = new Request(`http://localhost${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const response = await gateway.fetch(request);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text && JSON.parse(text) };
  };
}

export const api = createApi();

export function loadHandler({ entry }: Operation) {
  return import(`../../${entry}`);
}
