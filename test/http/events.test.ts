import { operations } from '../../shared/contract';
import type { HttpHandler } from '../../shared/http/create-handler';
import type { HttpEvent } from '../../shared/http/request';
import { loadHandler } from '../support/api';
import { type Person, register } from '../support/people';

/**
 * Events by the documented and recorded shapes of payload 1.0 and 2.0, written here by hand so that they owe
 * nothing to the local gateway.
 */
const payloads = { '1.0': restEvent, '2.0': httpEvent };

interface Parts {
  method: string;
  path: string;
  headers?: Record<string, string>;
  query?: [string, string][];
  pathParameters?: Record<string, string>;
  body?: string;
  isBase64Encoded?: boolean;
}

function restEvent({
  method,
  path,
  headers = {},
  query = [],
  pathParameters,
  body,
  isBase64Encoded,
}: Parts): HttpEvent {
  const names = [...new Set(query.map(([name]) => name))];
  const valuesOf = (name: string) => query.filter(([key]) => key === name).map(([, value]) => value);
  return {
    resource: path,
    path,
    httpMethod: method,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: names.length > 0 ? Object.fromEntries(query) : null,
    multiValueQueryStringParameters:
      names.length > 0 ? Object.fromEntries(names.map((name) => [name, valuesOf(name)])) : null,
    pathParameters: pathParameters ?? null,
    stageVariables: null,
    requestContext: { requestId: '9d1f8a2e-rest', path: `/prod${path}`, stage: 'prod' },
    body: body ?? null,
    isBase64Encoded: isBase64Encoded ?? false,
  } as unknown as HttpEvent;
}

function httpEvent({
  method,
  path,
  headers = {},
  query = [],
  pathParameters,
  body,
  isBase64Encoded,
}: Parts): HttpEvent {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: `/prod${path}`,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: Object.fromEntries(lower),
    ...(pathParameters && { pathParameters }),
    requestContext: { requestId: 'JKJaX=http', stage: 'prod', http: { method, path: `/prod${path}` } },
    ...(body !== undefined && { body }),
    isBase64Encoded: isBase64Encoded ?? false,
  } as unknown as HttpEvent;
}

async function handlerOf(operationId: string): Promise<HttpHandler> {
  const operation = operations.find((candidate) => candidate.operationId === operationId);
  if (!operation) throw new Error(`no operation ${operationId}`);
  return (await loadHandler(operation)).handler;
}

describe.each(Object.entries(payloads))('payload %s', (_, toEvent) => {
  let ada: Person;

  beforeAll(async () => {
    ada = await register();
  });

  async function call(operationId: string, parts: Parts) {
    const handler = await handlerOf(operationId);
    const { statusCode, headers, body } = await handler(toEvent(parts));
    return { statusCode, headers, body: body && JSON.parse(body) };
  }

  function createPost(title: string, parts: Partial<Parts> = {}) {
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${ada.token}` };
    return call('createPost', { method: 'POST', path: '/posts', headers, body: JSON.stringify({ title }), ...parts });
  }

  test('headers are read whatever their case', async () => {
    const headers = { 'CONTENT-TYPE': 'application/json', aUTHORIZATION: `bearer ${ada.token}` };
    expect((await createPost('Case', { headers })).statusCode).toBe(201);
  });

  test('a body in base64 is decoded', async () => {
    const body = Buffer.from(JSON.stringify({ title: 'Ünïcode 🖋' })).toString('base64');
    expect((await createPost('', { body, isBase64Encoded: true })).body.title).toBe('Ünïcode 🖋');
  });

  test('a body that is not UTF-8 is refused', async () => {
    const body = Buffer.from('{"title":"\xff"}', 'latin1').toString('base64');
    const answer = await createPost('', { body, isBase64Encoded: true });
    expect(answer.body.errors).toEqual([{ pointer: '/body', message: 'is not valid UTF-8' }]);
  });

  test('the location of what was created stands behind the stage', async () => {
    const { headers, body } = await createPost('Located');
    expect(headers.location).toBe(`/prod/posts/${body.id}`);
  });

  test('an encoded path parameter is decoded', async () => {
    const { body } = await createPost('Encoded');
    const postId = String(body.id).replace(/\d/g, (digit) => `%3${digit}`);
    const answer = await call('getPost', { method: 'GET', path: `/posts/${postId}`, pathParameters: { postId } });
    expect(answer.body.id).toBe(body.id);
  });

  test('a path parameter with a broken escape is refused', async () => {
    const answer = await call('getPost', { method: 'GET', path: '/posts/%zz', pathParameters: { postId: '%zz' } });
    expect(answer.body.errors[0].pointer).toBe('/params/postId');
  });

  test('a query is decoded once, its plus signs are spaces', async () => {
    await createPost('alpha beta 100%25');
    const query: [string, string][] = [
      ['q', '"alpha beta"'],
      ['userId', String(ada.id)],
    ];
    const { body } = await call('listPosts', { method: 'GET', path: '/posts', query });
    expect(body.items.map(({ title }: { title: string }) => title)).toEqual(['alpha beta 100%25']);
  });

  test('a query parameter that is given twice is refused', async () => {
    const query: [string, string][] = [
      ['limit', '1'],
      ['limit', '2'],
    ];
    const { body } = await call('listPosts', { method: 'GET', path: '/posts', query });
    expect(body.errors).toEqual([{ pointer: '/query/limit', message: 'is given 2 times' }]);
  });

  test('the link to the next page repeats the query', async () => {
    await createPost('One');
    await createPost('Two');
    const query: [string, string][] = [
      ['limit', '1'],
      ['sort', 'title'],
    ];
    const { headers, body } = await call('listPosts', { method: 'GET', path: '/posts', query });
    const [, link = ''] = /^<\?(.*)>; rel="next"$/.exec(headers.link ?? '') ?? [];
    expect(Object.fromEntries(new URLSearchParams(link))).toEqual({
      limit: '1',
      sort: 'title',
      cursor: body.nextCursor,
    });
  });

  test('a problem carries the request id of the gateway', async () => {
    const { body } = await call('getPost', { method: 'GET', path: '/posts/0', pathParameters: { postId: '0' } });
    expect(body.requestId).toMatch(/^9d1f8a2e-rest$|^JKJaX=http$/);
  });
});

test('the console’s test button, which sends null for headers and queries, is answered', async () => {
  const handler = await handlerOf('listPosts');
  const event = { ...restEvent({ method: 'GET', path: '/posts' }), headers: null, multiValueHeaders: null };
  expect((await handler(event as unknown as HttpEvent)).statusCode).toBe(200);
});

test('single-value headers and queries serve where the multi-value ones are missing', async () => {
  const handler = await handlerOf('listPosts');
  const event = { ...restEvent({ method: 'GET', path: '/posts' }), queryStringParameters: { limit: '1' } };
  const { multiValueHeaders, multiValueQueryStringParameters, ...rest } = event as Record<string, unknown>;
  expect(JSON.parse((await handler(rest as unknown as HttpEvent)).body ?? '').items).toHaveLength(1);
});
