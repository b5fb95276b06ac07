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

/** The headers of an event, repeated lines together under the first spelling of their name. */
export function collectHeaders(received: Received, spell = (name: string) => name) {
  const valuesByName = new Map<string, string[]>();
  const firstSpelling = new Map<string, string>();
  for (const [given, value] of received.headers) {
    const lowerCase = given.toLowerCase();
    if (DROPPED.has(lowerCase)) continue;
    const name = firstSpelling.get(lowerCase) ?? spell(given);
    firstSpelling.set(lowerCase, name);
    const values = valuesByName.get(name);
    if (values) values.push(value);
    else valuesByName.set(name, [value]);
  }
  for (const [added, value] of addedHeaders(received)) {
    valuesByName.set(firstSpelling.get(added.toLowerCase()) ?? spell(added), [value]);
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
