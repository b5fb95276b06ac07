import { GatewayError } from './problem';

/** What only the server in front knows of a request. */
export interface Connection {
  sourceIp?: string | undefined;
  /** Names and values in turn, as they came: `Headers` joins repeated lines and forgets the case of names. */
  rawHeaders?: readonly string[] | undefined;
}

/** A request before its body: what routing, the limits and the event need, read once. */
export interface Received {
  requestId: string;
  /** 16 characters of base64 that end in one `=`. */
  extendedRequestId: string;
  receivedAt: number;
  method: string;
  protocol: string;
  path: string;
  query: string;
  headers: readonly HeaderLine[];
  /** By name in lower case; the last of repeated lines. */
  lastValueByName: ReadonlyMap<string, string>;
  sourceIp: string;
}

export type HeaderLine = readonly [name: string, value: string];

/** Quota "Total combined size of request line and header values". */
const MAX_HEAD_BYTES = 10_240;

export function receive(request: Request, connection: Connection, requestId: string, receivedAt: number): Received {
  const { url, method } = request;
  const schemeEnd = url.indexOf('://');
  const pathStart = url.indexOf('/', schemeEnd + 3);
  const hash = url.indexOf('#', pathStart);
  const target = url.slice(pathStart, hash === -1 ? undefined : hash);
  const mark = target.indexOf('?');
  const authority = url.slice(schemeEnd + 3, pathStart);
  const headers = connection.rawHeaders ? pair(connection.rawHeaders) : linesOf(request, authority);
  return {
    requestId,
    extendedRequestId: `${requestId.replaceAll('-', '').slice(0, 15)}=`,
    receivedAt,
    method,
    protocol: url.slice(0, schemeEnd),
    path: mark === -1 ? target : target.slice(0, mark),
    query: mark === -1 ? '' : target.slice(mark + 1),
    headers,
    lastValueByName: new Map(headers.map(([name, value]) => [name.toLowerCase(), value])),
    sourceIp: connection.sourceIp ?? '127.0.0.1',
  };
}

export function headerOf(received: Received, lowerCaseName: string) {
  return received.lastValueByName.get(lowerCaseName);
}

export function assertHeadFits({ method, path, query, headers }: Received) {
  const line = `${method} ${path}?${query} HTTP/1.1`.length;
  const size = headers.reduce((sum, [, value]) => sum + value.length, line);
  if (size <= MAX_HEAD_BYTES) return;
  throw new GatewayError(
    'headers-too-large',
    `The request line and the values of the headers take ${size} bytes, at most ${MAX_HEAD_BYTES} are allowed.`,
  );
}

function pair(rawHeaders: readonly string[]) {
  const lines: HeaderLine[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    lines.push([rawHeaders[index] as string, rawHeaders[index + 1] as string]);
  }
  return lines;
}

/** A Request made in process has no Host line; a server's has one. */
function linesOf(request: Request, host: string): HeaderLine[] {
  const lines: HeaderLine[] = [...request.headers];
  return request.headers.has('host') ? lines : [['host', host], ...lines];
}
