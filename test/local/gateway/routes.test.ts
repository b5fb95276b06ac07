/** @jest-environment node */
import { createGateway } from '../../../local/gateway/create-gateway';
import { operations } from '../../../shared/contract';
import { echoGateway, OPERATIONS, operation, request } from '../../support/echo-gateway';

const gateway = echoGateway();

describe('a request', () => {
  test.each([
    ['GET', '/posts', 'GET /posts'],
    ['POST', '/posts', 'POST /posts'],
    ['GET', '/posts/7', 'GET /posts/{postId}'],
    ['GET', '/users/7', 'GET /users/{userId}'],
    ['POST', '/users/batch', 'POST /users/batch'],
    ['GET', '/users/7/posts', 'GET /users/{userId}/posts'],
    ['GET', '/posts/%2e%2e%2fusers', 'GET /posts/{postId}'],
  ])('%s %s runs %s', async (method, path, operationId) => {
    const response = await gateway.fetch(request(method, path));
    expect(await response.json()).toMatchObject({ operationId });
  });

  test.each([
    ['GET', '/users/batch', 'POST'],
    ['DELETE', '/users/batch', 'POST'],
    ['PUT', '/users/7', 'GET, DELETE'],
    ['HEAD', '/posts', 'GET, POST'],
    ['OPTIONS', '/posts', 'GET, POST'],
    ['GET', '/auth/password', 'PUT'],
  ])('%s %s is not allowed', async (method, path, allow) => {
    const response = await gateway.fetch(request(method, path));
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allow);
    expect(await response.json()).toMatchObject({ code: 'method-not-allowed', status: 405 });
  });

  test.each([
    '/',
    '/nothing',
    '/auth',
    '/posts/',
    '/posts/7/',
    '//posts',
    '/posts/7/8',
    '/users/batch/posts',
    '/POSTS',
  ])('to %s finds nothing', async (path) => {
    const response = await gateway.fetch(request('GET', path));
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'not-found' });
  });

  test.each(['/posts/%', '/posts/%zz', '/posts/%ff', '/posts?q=%', '/posts?q=a|b', '/posts?q={1}'])(
    'to %s is refused',
    async (path) => {
      const response = await gateway.fetch(request('GET', path));
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: 'validation-failed' });
    },
  );

  test('with an encoded slash is another path to an HTTP API', async () => {
    const response = await echoGateway({ payload: '2.0' }).fetch(request('GET', '/posts/a%2Fb'));
    expect(response.status).toBe(404);
  });
});

test('every operation of the contract is reached by its own method and path', async () => {
  const contract = createGateway(operations, async ({ operationId }) => ({
    handler: async () => ({ statusCode: 200, body: operationId }),
  }));
  for (const { method, path, operationId } of operations) {
    const response = await contract.fetch(request(method, path.replace(/\{\w+\}/g, '1')));
    expect(await response.text()).toBe(operationId);
  }
});

test('two names for one path parameter are refused', () => {
  const twoNames = [...OPERATIONS, operation('GET', '/posts/{id}/comments')];
  expect(() => createGateway(twoNames, async () => ({ handler: () => undefined }))).toThrow('{postId} and {id}');
});
