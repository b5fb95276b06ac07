import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { HttpHandler } from '../shared/http/create-handler';
import type { HttpEvent } from '../shared/http/request';
import { median } from './measure';
import type { Result } from './result';

/** Event in to result out of getPost, without the time between a statement's sending and its answer. */
export async function benchHandlerOverhead(postId: number): Promise<Result> {
  const { handler } = (await import('../functions/posts/get-post')) as { handler: HttpHandler };
  const database = watchDatabaseTime();
  const overheads: number[] = [];
  for (let index = 0; index < 4000; index += 1) {
    database.reset();
    const startedAt = performance.now();
    const { statusCode } = await handler(createEvent(postId));
    const elapsed = performance.now() - startedAt;
    if (statusCode !== 200) throw new Error(`getPost answered ${statusCode}`);
    if (index >= 2000) overheads.push(elapsed - database.spentMs());
  }
  database.restore();
  const value = median(overheads.sort((a, b) => a - b));
  return { name: 'handler overhead of getPost, p50', value, unit: 'ms', bound: { atMost: 0.3 } };
}

function createEvent(postId: number): HttpEvent {
  return {
    httpMethod: 'GET',
    path: `/posts/${postId}`,
    headers: { host: 'localhost' },
    multiValueHeaders: { host: ['localhost'] },
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: { postId: String(postId) },
    body: null,
    isBase64Encoded: false,
    requestContext: { requestId: randomUUID(), path: `/posts/${postId}` },
  } as unknown as HttpEvent;
}

/** Sequelize calls pg with a callback as the last argument. */
function watchDatabaseTime() {
  const { query } = Client.prototype;
  let spent = 0;
  // biome-ignore lint/suspicious/noExplicitAny: pg's overloads, of which Sequelize uses one
  Client.prototype.query = function watched(this: Client, ...args: any[]) {
    const callback = args.pop();
    const startedAt = performance.now();
    // biome-ignore lint/suspicious/noExplicitAny: likewise
    return (query as any).call(this, ...args, (...answer: unknown[]) => {
      spent += performance.now() - startedAt;
      callback(...answer);
    });
  } as typeof query;
  const restore = () => {
    Client.prototype.query = query;
  };
  const reset = () => {
    spent = 0;
  };
  return { spentMs: () => spent, reset, restore };
}
