import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createRequest } from './node-request';
import { toUrl } from './request-target';
import { answerClientError, writeProblem, writeResponse } from './write-response';

export type Fetch = (request: Request, connection: Connection) => Promise<Response>;

/** What a fetch function may know of the connection beside the request. */
export interface Connection {
  sourceIp: string | undefined;
  rawHeaders: readonly string[];
}

export interface ServeOptions {
  /** 0 takes any free port. */
  port: number;
  host?: string;
  /** The environment variable that a message about a busy port names. */
  portVariable?: string;
  onError?: (error: unknown) => void;
}

export interface Serving {
  url: string;
  port: number;
  /** Stops accepting, lets the requests in flight finish and resolves when the last connection is closed. */
  close(): Promise<void>;
}

/** From the first byte of a request to its last; the functions behind have 29 s. */
const REQUEST_TIMEOUT_MS = 30_000;

const CLIENT_GONE = new Set<string | undefined>(['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE']);

export class PortInUseError extends Error {
  readonly code = 'PORT_IN_USE';

  constructor(port: number, portVariable: string, cause: unknown) {
    super(`Port ${port} is in use: stop what listens there or set ${portVariable} to another port.`, { cause });
    this.name = 'PortInUseError';
  }
}

/**
 * Serves a web-standard fetch function over HTTP.
 *
 * @example
 * const serving = await serve(gateway.fetch, { port: 3000 });
 * await serving.close();
 */
export async function serve(fetch: Fetch, options: ServeOptions): Promise<Serving> {
  const { port, host = '127.0.0.1', portVariable = 'PORT', onError = console.error } = options;
  const settings = { requireHostHeader: false, requestTimeout: REQUEST_TIMEOUT_MS };
  const server = createServer(settings, (incoming, outgoing) => {
    answer(fetch, incoming, outgoing).catch((error) => fail(error, outgoing, onError));
  });
  server.on('clientError', answerClientError);
  const close = createClose(server);
  const address = await listen(server, port, host, portVariable);
  const name = address.family === 'IPv6' ? `[${host}]` : host;
  return { url: `http://${name}:${address.port}`, port: address.port, close };
}

async function answer(fetch: Fetch, incoming: IncomingMessage, outgoing: ServerResponse) {
  const url = toUrl(incoming);
  if (!url) return writeProblem(outgoing, 'validation-failed', 'The request target or the Host header is not valid.');
  const { rawHeaders, socket } = incoming;
  const response = await fetch(createRequest(incoming, url), { rawHeaders, sourceIp: socket.remoteAddress });
  await writeResponse(response, incoming, outgoing);
}

function fail(error: unknown, outgoing: ServerResponse, onError: (error: unknown) => void) {
  if (outgoing.destroyed && CLIENT_GONE.has((error as NodeJS.ErrnoException).code)) return;
  onError(error);
  if (outgoing.headersSent) outgoing.destroy();
  else writeProblem(outgoing, 'internal-error', 'The request could not be answered.');
}

function listen(server: Server, port: number, host: string, portVariable: string) {
  return new Promise<AddressInfo>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortInUseError(port, portVariable, error) : error);
    });
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}

/** Node waits a minute for a connection that never sent a request, so connections are counted here. */
function createClose(server: Server) {
  const requestsInFlight = new Map<Socket, number>();
  let closing: Promise<void> | undefined;

  function finish(socket: Socket) {
    const left = (requestsInFlight.get(socket) ?? 1) - 1;
    requestsInFlight.set(socket, left);
    if (closing && left === 0) socket.destroySoon();
  }
  server.on('connection', (socket) => {
    requestsInFlight.set(socket, 0);
    socket.once('close', () => requestsInFlight.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage, outgoing: ServerResponse) => {
    requestsInFlight.set(socket, (requestsInFlight.get(socket) ?? 0) + 1);
    outgoing.once('close', () => finish(socket));
  });
  return function close() {
    closing ??= new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const [socket, count] of requestsInFlight) if (count === 0) socket.destroy();
    });
    return closing;
  };
}
