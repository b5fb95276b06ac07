import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** Says where a file is; nothing is looked for before it is asked for. */
export type Asset = () => string;

/** All there is to serve: a path that is not a key never reaches the disk. */
export const assetByPath: ReadonlyMap<string, Asset> = new Map([
  ['/docs', ours('page.html')],
  ['/docs/page.css', ours('page.css')],
  ['/docs/page.js', ours('page.js')],
  ['/docs/account.js', ours('account.js')],
  ['/docs/calls.js', ours('calls.js')],
  ['/docs/reference.css', ours('reference.css')],
  ['/docs/reference.js', ours('reference.js')],
  ['/docs/tokens.js', ours('tokens.js')],
  ['/docs/icon.svg', ours('icon.svg')],
  ['/docs/swagger-ui.css', () => require.resolve('swagger-ui-dist/swagger-ui.css')],
  ['/docs/swagger-ui-bundle.js', () => require.resolve('swagger-ui-dist/swagger-ui-bundle.js')],
]);

function ours(name: string): Asset {
  return () => join(__dirname, 'page', name);
}

/** Reads at each request, so that a change shows at the next reload. */
export async function readAsset(locate: Asset) {
  const file = locate();
  const content = await readFile(file);
  const etag = `"${createHash('sha256').update(content).digest('base64url')}"`;
  return { content, etag, contentType: contentTypeByExtension[extname(file)] as string };
}

const contentTypeByExtension: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};
