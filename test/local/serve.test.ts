/** @jest-environment node */
import { EventEmitter, once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Fetch, PortInUseError, type Serving, serve } from '../../local/serve';
import { echoGateway } from '../support/echo-gateway';
import { getRaw, sendRaw } from '../support/raw-http';

const UPLOAD = 'POST /posts HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n';
const MEGABYTE = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(0x100000), Buffer.from('\r\n')]);

const open: Serving[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((serving) => serving.close()));
});

describe('a gateway behind HTTP', () => {
  test('gets the request as it was sent, and who sent it', async () => {
    const { url } = await start(echoGateway().fetch);
    const body = '{"title":"ä"}';
    const headers = { 'Content-Type': 'application/json', 'X-Ink': 'blue' };
    const response = await fetch(`${url}/posts?q=a+b`, { method: 'POST', body, headers });
    const { event } = (await response.json()) as { event: { headers: object } };
    expect(event).toMatchObject({ body, path: '/posts', queryStringParameters: { q: 'a b' } });
    expect(event).toMatchObject({ requestContext: { identity: { sourceIp: '127.0.0.1' } } });
  });

  test('keeps repeated headers apart and their names as sent', async () => {
    const { port } = await start(echoGateway().fetch);
    const answer = await getRaw(port, '/posts', 'X-Ink: black', 'X-Ink: blue');
    expect(answer).toContain('"X-Ink":["black","blue"]');
  });

  test('answers HEAD with headers alone', async () => {
    const { port } = await start(echoGateway().fetch);
    const answer = await sendRaw(port, 'HEAD /posts HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 405 Method Not Allowed\r\n[\s\S]*allow: GET, POST\r\n[\s\S]*\r\n\r\n$/i);
  });

  test.each([
    ['//posts', 404],
    ['/users/../posts', 200],
    ['/%2e%2e/posts', 200],
    ['/posts\\7', 200],
    ['http://elsewhere.test/posts', 200],
    ['http://', 400],
    ['http://user:word@elsewhere.test/posts', 400],
    ['ftp://elsewhere.test/posts', 400],
    ['*', 400],
    ['/posts/%', 400],
    ['/posts/%ff', 400],
    ['/posts#fragment', 200],
    ['/posts/\u00ff', 400],
    [`/posts?${'x'.repeat(11_000)}`, 431],
    [`/posts?${'x'.repeat(60_000)}`, 431],
  ])('answers the target %s', async (target, status) => {
    const { port } = await start(echoGateway().fetch);
    const answer = await getRaw(port, target);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    if (status >= 400) expect(answer).toMatch(/application\/problem\+json[\s\S]*"requestId":"[\da-f-]{36}"/);
  });

  test.each([
    ['garbage', 'NOT HTTP AT ALL\r\n\r\n', 400],
    ['a TLS greeting', Buffer.from('16030100a5010000a10303', 'hex'), 400],
    ['no host', 'GET /posts HTTP/1.1\r\n\r\n', 400],
    ['an odd host', 'GET /posts HTTP/1.1\r\nHost: a b\r\n\r\n', 400],
    ['two lengths', 'POST /posts HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
    ['a huge header', `GET /posts HTTP/1.1\r\nHost: a\r\nX-A: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['HTTP/1.0 without a host', 'GET /posts HTTP/1.0\r\n\r\n', 200],
  ])('answers %s', async (_, text, status) => {
    const { port } = await start(echoGateway().fetch);
    const answer = await sendRaw(port, text.toString('latin1').replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  test('refuses an upload of more than 10 MB and keeps the connection', async () => {
    const { port } = await start(echoGateway().fetch);
    const last = `0\r\n\r\nGET /posts HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;
    const answer = await sendRaw(port, UPLOAD, ...Array.from({ length: 12 }, () => MEGABYTE), last);
    expect(answer).toMatch(/^HTTP\/1.1 413 [\s\S]*payload-too-large[\s\S]*HTTP\/1.1 200 /);
  });

  test('cuts a refused upload that goes on and on', async () => {
    const { port } = await start(echoGateway().fetch);
    const started = Date.now();
    const answer = await sendRaw(port, UPLOAD, ...Array.from({ length: 12 }, () => MEGABYTE));
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(Date.now() - started).toBeLessThan(4_000);
  });
});

describe('a fetch function behind HTTP', () => {
  test('may read the request in any way', async () => {
    const { url } = await start(async (request) => Response.json([await request.clone().text(), await request.json()]));
    const response = await fetch(url, { method: 'POST', body: '{"ink":"blue"}' });
    expect(await response.json()).toEqual(['{"ink":"blue"}', { ink: 'blue' }]);
  });

  test('may leave the request unread', async () => {
    const { url } = await start(async ({ headers }) => new Response(headers.get('x-ink')));
    const init = { method: 'POST', body: 'x'.repeat(100_000), headers: { 'x-ink': 'blue' } };
    for (let count = 0; count < 3; count++) expect(await (await fetch(url, init)).text()).toBe('blue');
  });

  test('streams its response', async () => {
    const { readable, writable } = new TransformStream<Uint8Array>();
    const { url } = await start(async () => new Response(readable));
    const writer = writable.getWriter();
    const written = writer.write(Buffer.from('first'));
    const reader = ((await fetch(url)).body as ReadableStream<Uint8Array>).getReader();
    expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe('first');
    await written;
    await writer.close();
    expect((await reader.read()).done).toBe(true);
  });

  test('sends every cookie', async () => {
    const headers = new Headers();
    for (const cookie of ['a=1', 'b=2']) headers.append('set-cookie', cookie);
    const { url } = await start(async () => new Response(null, { status: 204, headers }));
    const response = await fetch(url);
    expect([response.status, response.headers.getSetCookie()]).toEqual([204, ['a=1', 'b=2']]);
  });

  test('that fails is reported and answered without its reason', async () => {
    const errors: unknown[] = [];
    const { url } = await start(
      () => Promise.reject(new Error('secret')),
      (error) => errors.push(error),
    );
    const response = await fetch(url);
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({
      code: 'internal-error',
      detail: 'The request could not be answered.',
    });
    expect(errors).toEqual([new Error('secret')]);
  });

  test('whose response breaks off is reported, and the client sees it break', async () => {
    const errors: unknown[] = [];
    const chunks = async function* () {
      yield Buffer.from('first');
      throw new Error('broken');
    };
    const { url } = await start(
      async () => new Response(chunks() as unknown as BodyInit),
      (error) => errors.push(error),
    );
    const read = async () => (await fetch(url)).text();
    await expect(read()).rejects.toThrow();
    expect(errors).toEqual([new Error('broken')]);
  });

  test('survives a client that goes away in the middle of an upload', async () => {
    const errors: unknown[] = [];
    const { port, url } = await start(echoGateway().fetch, (error) => errors.push(error));
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /posts HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf');
    await sleep(30);
    socket.destroy();
    await sleep(30);
    expect((await fetch(`${url}/posts`)).status).toBe(200);
    expect(errors).toEqual([]);
  });
});

describe('closing', () => {
  test('lets the requests in flight finish, and no new ones start', async () => {
    const begun = new EventEmitter();
    const { url, close } = await start(async () => {
      begun.emit('request');
      await sleep(60);
      return new Response('done');
    });
    const inFlight = fetch(url);
    await once(begun, 'request');
    const closed = close();
    await expect(fetch(url)).rejects.toThrow();
    expect(await (await inFlight).text()).toBe('done');
    await closed;
  });

  test('waits for neither kept-alive connections nor ones that never sent a request', async () => {
    const { port, url, close } = await start(async () => new Response('ok'));
    const agent = new Agent({ keepAlive: true });
    const [response] = (await once(get(url, { agent }), 'response')) as [IncomingMessage];
    await once(response.resume(), 'end');
    const silent = connect(port, '127.0.0.1');
    const partial = connect(port, '127.0.0.1', () => partial.write('GET / HT'));
    await Promise.all([silent, partial].map((socket) => once(socket, 'connect')));
    await sleep(20);
    const started = Date.now();
    await close();
    expect(Date.now() - started).toBeLessThan(500);
    agent.destroy();
  });

  test('twice is once', async () => {
    const { close } = await start(async () => new Response('ok'));
    await Promise.all([close(), close()]);
  });
});

describe('a port', () => {
  test('that is busy is named, with the variable that sets it', async () => {
    const { port } = await start(async () => new Response('ok'));
    const second = serve(async () => new Response('ok'), { port, portVariable: 'DATA_API_PORT' });
    const error = await second.catch((reason) => reason);
    expect(error).toBeInstanceOf(PortInUseError);
    expect(error.code).toBe('PORT_IN_USE');
    expect(error.message).toBe(`Port ${port} is in use: stop what listens there or set DATA_API_PORT to another port.`);
  });

  test('of 0 becomes a free one', async () => {
    const { port, url } = await start(async () => new Response('ok'));
    expect(port).toBeGreaterThan(0);
    expect(url).toBe(`http://127.0.0.1:${port}`);
  });
});

async function start(handler: Fetch, onError?: (error: unknown) => void) {
  const serving = await serve(handler, { port: 0, ...(onError && { onError }) });
  open.push(serving);
  return serving;
}
