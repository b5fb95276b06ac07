import { withDocs } from '../../local/docs-page/with-docs';
import { type Fetch, serve } from '../../local/serve';
import { echoGateway } from '../support/echo-gateway';
import { getRaw } from '../support/raw-http';

const connection = { sourceIp: '127.0.0.1', rawHeaders: [] };
const passed: Parameters<Fetch>[] = [];
const fromGateway = new Response('from the gateway');

const docs = withDocs(async (...call) => {
  passed.push(call);
  return fromGateway;
});

function get(path: string, init?: RequestInit) {
  return docs(new Request(`http://localhost:3000${path}`, init), connection);
}

afterEach(() => {
  passed.splice(0);
});

describe('what belongs to the page', () => {
  test.each([
    ['/docs', 'text/html; charset=utf-8', '<title>Inkwell API reference</title>'],
    ['/docs?lang=en', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/docs/page.css', 'text/css; charset=utf-8', '.page-header'],
    ['/docs/reference.css', 'text/css; charset=utf-8', '.swagger-ui'],
    ['/docs/page.js', 'text/javascript; charset=utf-8', 'createReference'],
    ['/docs/account.js', 'text/javascript; charset=utf-8', 'export function setUpAccount'],
    ['/docs/calls.js', 'text/javascript; charset=utf-8', 'export async function call'],
    ['/docs/reference.js', 'text/javascript; charset=utf-8', 'SwaggerUIBundle'],
    ['/docs/tokens.js', 'text/javascript; charset=utf-8', 'export function keepTokens'],
    ['/docs/icon.svg', 'image/svg+xml', '<svg'],
    ['/docs/swagger-ui.css', 'text/css; charset=utf-8', '.swagger-ui'],
    ['/docs/swagger-ui-bundle.js', 'text/javascript; charset=utf-8', 'SwaggerUIBundle'],
  ])('%s is %s', async (path, contentType, content) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(contentType);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toContain(content);
    expect(passed).toEqual([]);
  });

  test('runs no inline script and talks to no other host', async () => {
    const response = await get('/docs');
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
    expect(policy).not.toMatch(/unsafe|\*|http/);
    const html = await response.text();
    expect(html).not.toMatch(/<script(?![^>]* src="docs\/)|style=|\son\w+=|\/\//);
  });

  test('asks for nothing that is not served', async () => {
    const html = await (await get('/docs')).text();
    const sources = [...html.matchAll(/(?:src|href)="(docs[^"]*)"/g)].map(([, source]) => source);
    expect(sources.length).toBeGreaterThan(4);
    for (const source of sources) expect(await get(`/${source}`)).toMatchObject({ status: 200 });
  });

  test('is sent once while it is the same', async () => {
    const { headers } = await get('/docs/page.css');
    expect(headers.get('cache-control')).toBe('no-cache');
    const etag = headers.get('etag') as string;
    for (const known of [etag, `"other", W/${etag}`]) {
      const again = await get('/docs/page.css', { headers: { 'if-none-match': known } });
      expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, '']);
    }
    expect(await get('/docs/page.css', { headers: { 'if-none-match': '"other"' } })).toMatchObject({ status: 200 });
  });

  test('lives at one address', async () => {
    const response = await get('/docs/');
    expect([response.status, response.headers.get('location')]).toEqual([302, '/docs']);
  });

  test.each([
    '/docs/nothing.js',
    '/docs/page',
    '/docs/page.html',
    '/docs/with-docs.ts',
    '/docs//page.js',
    '/docs/package.json',
    '/docs/swagger-ui-bundle.js.map',
    '/docs/..%2fpackage.json',
    '/docs/%2e%2e%2fwith-docs.ts',
    '/docs/page.js%00.css',
  ])('there is no %s', async (path) => {
    const response = await docs({ url: `http://localhost:3000${path}`, method: 'GET' } as Request, connection);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ code: 'not-found', status: 404 });
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('does not take %s', async (method) => {
    for (const path of ['/docs', '/docs/', '/docs/page.js']) {
      const response = await get(path, { method });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
      expect(await response.json()).toMatchObject({ code: 'method-not-allowed' });
    }
  });
});

describe('what belongs to the gateway', () => {
  test.each(['/posts', '/openapi.json', '/docsearch', '/DOCS', '/%64ocs', '//docs', '/posts/docs', '/?docs', '/'])(
    '%s is passed on as it is',
    async (path) => {
      const request = new Request(`http://localhost:3000${path}`, { headers: { accept: '*/*' } });
      expect(await docs(request, connection)).toBe(fromGateway);
      expect(passed).toEqual([[request, connection]]);
      expect(passed[0]?.[0]).toBe(request);
    },
  );

  test('a browser that opens / is led to the page', async () => {
    const accept = 'text/html,application/xhtml+xml,*/*;q=0.8';
    const response = await get('/', { headers: { accept } });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/docs']);
    expect(await get('/', { method: 'POST', headers: { accept } })).toBe(fromGateway);
    expect(await get('/posts', { headers: { accept } })).toBe(fromGateway);
  });
});

test('over HTTP dot segments lead out of /docs to the gateway, and HEAD has no body', async () => {
  const { port, url, close } = await serve(withDocs(echoGateway().fetch), { port: 0 });
  expect(await getRaw(port, '/docs/../package.json')).toMatch(/^HTTP\/1.1 404 /);
  expect(await getRaw(port, '/docs/%2e%2e/package.json')).toMatch(/^HTTP\/1.1 404 /);
  expect(await getRaw(port, '/docs/../posts')).toMatch(/^HTTP\/1.1 200 [\s\S]*"path":"\/posts"/);
  const head = await fetch(`${url}/docs`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect(Number(head.headers.get('content-length'))).toBeGreaterThan(1000);
  await close();
});
