import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ProblemCode } from '../shared/contract/problem';
import { BufferedResponse, isBodiless } from './gateway/buffered-response';
import { createProblem } from './gateway/problem';

/** How long the rest of an unread body may still come in, so that the client gets to read the answer. */
const LINGER_MS = 2_000;

export async function writeResponse(response: Response, incoming: IncomingMessage, outgoing: ServerResponse) {
  if (!incoming.complete) outgoing.once('finish', () => lingerBriefly(incoming));
  if (response instanceof BufferedResponse) return writeBuffered(response, outgoing);
  outgoing.writeHead(response.status, [...response.headers].flat());
  if (response.body && incoming.method !== 'HEAD') {
    await pipeline(response.body as unknown as AsyncIterable<Uint8Array>, outgoing);
  } else {
    await response.body?.cancel();
    outgoing.end();
  }
}

function writeBuffered({ status, lines, content }: BufferedResponse, outgoing: ServerResponse) {
  const headers = lines.flat();
  if (!isBodiless(status)) headers.push('content-length', String(Buffer.byteLength(content)));
  outgoing.writeHead(status, headers).end(content);
}

export function writeProblem(outgoing: ServerResponse, code: ProblemCode, detail: string) {
  const { status, contentType, body } = createProblem(code, detail, randomUUID());
  outgoing.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) }).end(body);
}

/** The parser's complaint, when there is no request to answer. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Duplex) {
  const isReset = error.code === 'ECONNRESET' || error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  if (isReset || !socket.writable) return socket.destroy();
  const { status, contentType, body } =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? createProblem('headers-too-large', 'The request line and headers are too large.', randomUUID())
      : createProblem('validation-failed', 'The request is not HTTP.', randomUUID());
  const lines = [`content-type: ${contentType}`, `content-length: ${Buffer.byteLength(body)}`, 'connection: close'];
  return socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}

function lingerBriefly(incoming: IncomingMessage) {
  if (incoming.complete) return;
  incoming.resume();
  const timer = setTimeout(() => incoming.socket.destroy(), LINGER_MS);
  incoming.socket.once('close', () => clearTimeout(timer));
  incoming.once('end', () => clearTimeout(timer));
}
