import { randomUUID } from 'node:crypto';
import { BufferedResponse, type HeaderLines } from '../gateway/buffered-response';
import { createProblem, GatewayError } from '../gateway/problem';
import type { Fetch } from '../serve';
import { type Asset, assetByPath, readAsset } from './assets';

/**
 * The API reference at `/docs`, in front of the gateway that answers all else.
 *
 * @example
 * const serving = await serve(withDocs(gateway.fetch), { port: 3000 });
 */
export function withDocs(fetch: Fetch): Fetch {
  return async (request, connection) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/' && isPageVisit(request)) return redirect('/docs');
    if (pathname !== '/docs' && !pathname.startsWith('/docs/')) return fetch(request, connection);
    try {
      return await answer(request, pathname);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      return toProblemResponse(error);
    }
  };
}

/** Only a browser that opens a page prefers HTML; every other client gets the gateway's answer. */
function isPageVisit({ method, headers }: Request) {
  return method === 'GET' && (headers.get('accept') ?? '').includes('text/html');
}

async function answer({ method, headers }: Request, pathname: string) {
  const asset = assetByPath.get(pathname);
  if (!asset && pathname !== '/docs/') throw new GatewayError('not-found', `There is no ${pathname}.`);
  if (method !== 'GET' && method !== 'HEAD') {
    throw new GatewayError('method-not-allowed', `${pathname} supports GET, HEAD.`, { allow: 'GET, HEAD' });
  }
  return asset ? serveAsset(asset, headers.get('if-none-match')) : redirect('/docs');
}

async function serveAsset(asset: Asset, knownETags: string | null) {
  const { content, etag, contentType } = await readAsset(asset);
  const lines: HeaderLines = [...assetHeaders, ['etag', etag]];
  if (knownETags?.includes(etag)) return new BufferedResponse('', 304, lines);
  return new BufferedResponse(content, 200, [...lines, ['content-type', contentType]]);
}

/** Not a permanent one: browsers remember those for a port that other projects use too. */
function redirect(location: string) {
  return new BufferedResponse('', 302, [
    ['location', location],
    ['cache-control', 'no-store'],
  ]);
}

function toProblemResponse({ code, message, headers }: GatewayError) {
  const { status, contentType, body } = createProblem(code, message, randomUUID());
  return new BufferedResponse(body, status, Object.entries({ ...headers, 'content-type': contentType }));
}

/** No inline script, no other host; Swagger UI's icons are data URLs. */
const policy = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'form-action': "'none'",
  'base-uri': "'none'",
  'frame-ancestors': "'none'",
};

const assetHeaders: HeaderLines = [
  ['cache-control', 'no-cache'],
  [
    'content-security-policy',
    Object.entries(policy)
      .map((directive) => directive.join(' '))
      .join('; '),
  ],
  ['referrer-policy', 'no-referrer'],
  ['x-content-type-options', 'nosniff'],
];
