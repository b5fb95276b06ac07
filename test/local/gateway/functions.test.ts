/** @jest-environment node */
import type { Context } from 'aws-lambda';
import { type Access, createGateway } from '../../../local/gateway/create-gateway';
import { gatewayOf, OPERATIONS, request } from '../../support/echo-gateway';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

describe('a function', () => {
  test('is loaded at its first event, and once for simultaneous ones', async () => {
    const loaded: string[] = [];
    const gateway = createGateway(OPERATIONS, async ({ operationId }) => {
      loaded.push(operationId);
      return { handler: () => ({ statusCode: 204 }) };
    });
    expect(loaded).toEqual([]);
    await Promise.all([1, 2, 3].map(() => gateway.fetch(request('GET', '/posts'))));
    await gateway.fetch(request('GET', '/users'));
    expect(loaded).toEqual(['GET /posts', 'GET /users']);
  });

  test('that cannot be loaded is reported and tried again', async () => {
    const errors: unknown[] = [];
    const causes = [new Error('no such file')];
    const load = async () => {
      const cause = causes.pop();
      if (cause) throw cause;
      return { handler: () => ({ statusCode: 204 }) };
    };
    const gateway = createGateway(OPERATIONS, load, { onError: (error) => errors.push(error) });
    expect((await gateway.fetch(request('GET', '/posts'))).status).toBe(502);
    expect((await gateway.fetch(request('GET', '/posts'))).status).toBe(204);
    expect(errors).toEqual([new Error('no such file')]);
  });

  test.each([
    ['throws', () => fail()],
    ['rejects', async () => fail()],
  ])('that %s is a bad gateway and tells nothing', async (_, handler) => {
    const errors: unknown[] = [];
    const onError = (error: unknown, { operationId }: { operationId: string }) => errors.push([error, operationId]);
    const response = await gatewayOf(handler, { onError }).fetch(request('GET', '/posts'));
    expect(response.status).toBe(502);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toEqual({
      type: 'urn:inkwell:problem:bad-gateway',
      title: 'The function gave no usable answer',
      status: 502,
      detail: 'The function failed.',
      code: 'bad-gateway',
      requestId: response.headers.get('x-amzn-requestid'),
    });
    expect(errors).toEqual([[new Error('secret'), 'GET /posts']]);
  });

  test("gets Lambda's context", async () => {
    const { context } = await run();
    expect(context).toMatchObject({
      awsRequestId: expect.stringMatching(UUID),
      functionName: 'test-function',
      functionVersion: '$LATEST',
      memoryLimitInMB: '256',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:test-function',
      logGroupName: '/aws/lambda/test-function',
      logStreamName: expect.any(String),
      callbackWaitsForEmptyEventLoop: true,
    });
  });

  test('learns the request id that the client gets', async () => {
    const { event, response } = await run();
    expect(event.requestContext.requestId).toBe(response.headers.get('x-amzn-requestid'));
    expect(event.requestContext.extendedRequestId).toBe(response.headers.get('x-amz-apigw-id'));
  });
});

test('every answer leaves one access record', async () => {
  const records: Access[] = [];
  let time = 0;
  const now = () => (time += 5);
  const gateway = gatewayOf(() => ({ statusCode: 200 }), { onAccess: (record) => records.push(record), now });
  await gateway.fetch(request('GET', '/posts/7?include=author'));
  const response = await gateway.fetch(request('GET', '/nothing'));
  const requestId = expect.stringMatching(UUID);
  expect(records).toEqual([
    { method: 'GET', path: '/posts/7', status: 200, durationMs: 10, operationId: 'GET /posts/{postId}', requestId },
    { method: 'GET', path: '/nothing', status: 404, durationMs: 5, operationId: undefined, requestId },
  ]);
  expect(records[1]?.requestId).toBe(response.headers.get('x-amzn-requestid'));
});

async function run() {
  const calls: { event: { requestContext: Record<string, string> }; context: Context }[] = [];
  const handler = (event: never, context: never) => {
    calls.push({ event, context });
    return { statusCode: 204 };
  };
  const response = await gatewayOf(handler).fetch(request('GET', '/posts'));
  const [call] = calls;
  if (!call) throw new Error('the handler was not called');
  return { ...call, response };
}

function fail(): never {
  throw new Error('secret');
}
