/** @jest-environment node */
import { setTimeout as sleep } from 'node:timers/promises';
import { echoGateway, gatewayOf, request } from '../../support/echo-gateway';

const MB = 1024 * 1024;
const JSON_TYPE = { 'content-type': 'application/json' };

describe('a body', () => {
  test('of more than 10 MB is refused by its announced length, unread', async () => {
    const headers = { ...JSON_TYPE, 'content-length': String(10 * MB + 1) };
    const sent = request('POST', '/posts', { headers, body: 'short' });
    await expectProblem(await echoGateway().fetch(sent), 413, 'payload-too-large');
    expect(sent.bodyUsed).toBe(false);
  });

  test('of more than 10 MB is refused while it is read, and the rest stays unread', async () => {
    const { stream, pulled } = endless(MB);
    await expectProblem(
      await echoGateway().fetch(request('POST', '/posts', { body: stream })),
      413,
      'payload-too-large',
    );
    expect(pulled()).toBeLessThanOrEqual(12);
  });

  test('of 10 MB fits API Gateway but not the event of a function', async () => {
    const response = await echoGateway().fetch(request('POST', '/posts', { body: 'x'.repeat(10 * MB) }));
    const { detail } = await expectProblem(response, 413, 'payload-too-large');
    expect(detail).toContain('6291556');
  });

  test('counts as it is in JSON towards the event', async () => {
    const gateway = gatewayOf(() => ({ statusCode: 204 }));
    const status = async (body: string) => (await gateway.fetch(request('POST', '/posts', { body }))).status;
    expect(await status('x'.repeat(5 * MB))).toBe(204);
    expect(await status('"'.repeat(5 * MB))).toBe(413);
    expect(await status('\u0001'.repeat(1.1 * MB))).toBe(413);
  });
});

test.each([
  ['values of headers', '/posts', { a: 'x'.repeat(5_000), b: 'x'.repeat(5_300) }],
  ['request line', `/posts?q=${'x'.repeat(10_240)}`, {}],
])('%s beyond 10240 bytes are refused', async (_, path, headers) => {
  const response = await echoGateway().fetch(request('GET', path, { headers }));
  await expectProblem(response, 431, 'headers-too-large');
});

test('a request line and headers of 10,240 bytes fit', async () => {
  const line = 'GET /posts? HTTP/1.1'.length + 'inkwell.test:3000'.length;
  const headers = { a: 'x'.repeat(10_240 - line) };
  expect((await echoGateway().fetch(request('GET', '/posts', { headers }))).status).toBe(200);
});

test('a result of more than 6 MB is a bad gateway', async () => {
  const gateway = gatewayOf(() => ({ statusCode: 200, body: 'x'.repeat(6_291_556) }));
  await expectProblem(await gateway.fetch(request('GET', '/posts')), 502, 'bad-gateway');
});

describe('a function that takes longer than its time', () => {
  test('is given up, and what it throws later is no matter', async () => {
    const gateway = gatewayOf(
      async () => {
        await sleep(40);
        throw new Error('too late');
      },
      { timeoutMs: 20 },
    );
    await expectProblem(await gateway.fetch(request('GET', '/posts')), 504, 'gateway-timeout');
    await sleep(40);
  });

  test('sees its time run down to nothing', async () => {
    let time = 1_000;
    const remaining: number[] = [];
    const handler = (_: never, context: { getRemainingTimeInMillis(): number }) => {
      for (time of [1_000, 11_000, 90_000]) remaining.push(context.getRemainingTimeInMillis());
      return { statusCode: 204 };
    };
    await gatewayOf(handler as never, { now: () => time }).fetch(request('GET', '/posts'));
    expect(remaining).toEqual([29_000, 19_000, 0]);
  });
});

function endless(chunkSize: number) {
  let pulls = 0;
  const pull = (controller: ReadableStreamDefaultController) => {
    pulls += 1;
    controller.enqueue(new Uint8Array(chunkSize));
  };
  return { stream: new ReadableStream({ pull }), pulled: () => pulls };
}

async function expectProblem(response: Response, status: number, code: string) {
  expect(response.status).toBe(status);
  const problem = (await response.json()) as { detail: string };
  expect(problem).toMatchObject({ status, code });
  return problem;
}
