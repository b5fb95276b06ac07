import type { IncomingMessage } from 'node:http';

const HOST = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;

/** RFC 9112 §3.2: a target is printable ASCII; Node 20.19.0 still lets other bytes through. */
const PRINTABLE = /^[!-~]+$/;

/** What `new URL` would change: dot segments and backslashes. */
const NEEDS_PARSING = /\/\.|\/%2e|\\/i;

/** The URL of a request in origin form or absolute form; undefined if there is none. */
export function toUrl({ url: target = '', headers: { host }, httpVersion, socket }: IncomingMessage) {
  if (host === undefined && httpVersion !== '1.0') return undefined;
  const authority = host || `${socket.localAddress}:${socket.localPort}`;
  if (!HOST.test(authority) || !PRINTABLE.test(target)) return undefined;
  if (!target.startsWith('/')) return /^https?:\/\//i.test(target) ? parse(target) : undefined;
  const url = `http://${authority}${target}`;
  return NEEDS_PARSING.test(target) ? parse(url) : url;
}

function parse(text: string) {
  if (!URL.canParse(text)) return undefined;
  const { href, username, password } = new URL(text);
  return username || password ? undefined : href;
}
