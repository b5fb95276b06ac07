import { headerOf, type Received } from './received';

/**
 * Never reach a Lambda function: the table in "Amazon API Gateway important notes" of the developer guide, column
 * "Request", third value.
 */
const DROPPED = new Set(
  (
    'connection content-md5 expect max-forwards proxy-authenticate server te trailer transfer-encoding upgrade ' +
    'www-authenticate'
  ).split(' '),
);

/**
 * The headers of an event, repeated lines together. A REST API keeps the spelling of names, here the first, and leaves
 * out Content-Length (it is in no recorded event); an HTTP API spells names in lower case.
 */
export function collectHeaders(received: Received, payload: '1.0' | '2.0') {
  const isRest = payload === '1.0';
  const valuesByName = new Map<string, string[]>();
  const nameByLowerCase = new Map<string, string>();
  for (const [given, value] of received.headers) {
    const lowerCase = given.toLowerCase();
    if (DROPPED.has(lowerCase) || (isRest && lowerCase === 'content-length')) continue;
    const name = nameByLowerCase.get(lowerCase) ?? (isRest ? given : lowerCase);
    nameByLowerCase.set(lowerCase, name);
    const values = valuesByName.get(name);
    if (values) values.push(value);
    else valuesByName.set(name, [value]);
  }
  for (const [added, value] of addedHeaders(received)) {
    const lowerCase = added.toLowerCase();
    valuesByName.set(nameByLowerCase.get(lowerCase) ?? (isRest ? added : lowerCase), [value]);
  }
  return valuesByName;
}

function addedHeaders(received: Received): [string, string][] {
  const client = headerOf(received, 'x-forwarded-for');
  const port = /:(\d+)$/.exec(headerOf(received, 'host') ?? '')?.[1];
  return [
    ['X-Amzn-Trace-Id', headerOf(received, 'x-amzn-trace-id') ?? createTraceId(received)],
    ['X-Forwarded-For', client ? `${client}, ${received.sourceIp}` : received.sourceIp],
    ['X-Forwarded-Port', port ?? (received.protocol === 'https' ? '443' : '80')],
    ['X-Forwarded-Proto', received.protocol],
  ];
}

/** X-Ray's format: version, seconds since 1970 in hexadecimal, 24 random hexadecimal digits. */
function createTraceId({ receivedAt, requestId }: Received) {
  const seconds = Math.floor(receivedAt / 1000).toString(16);
  return `Root=1-${seconds.padStart(8, '0')}-${requestId.replaceAll('-', '').slice(0, 24)}`;
}
