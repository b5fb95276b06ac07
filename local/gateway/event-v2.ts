import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { collectHeaders } from './event-headers';
import { ACCOUNT_ID, API_ID, type EventSource, formatClf } from './event-source';
import { decodeEscapes, parseQuery } from './query';
import { headerOf, type Received } from './received';

/**
 * The event of an HTTP API, payload 2.0: what is absent has no key, names are in lower case, repeated values are joined
 * by commas, and the path comes decoded (live captures: hotsock/voker#8, and middleapi/standard-server#93).
 */
export function createEventV2(source: EventSource): APIGatewayProxyEventV2 {
  const { received, operation, pathParameters, body, isBase64Encoded } = source;
  const headers = joinValues(collectHeaders(received, '2.0'), ',');

  const cookies = headers.cookie?.split(/; ?/).filter((cookie) => cookie !== '');
  delete headers.cookie;
  const query = parseQuery(received.query, '&');
  const routeKey = `${operation.method} ${operation.path}`;
  return {
    version: '2.0',
    routeKey,
    rawPath: decodeEscapes(received.path),
    rawQueryString: received.query,
    ...(cookies && { cookies }),
    headers,
    ...(query.size > 0 && { queryStringParameters: joinValues(query, ',') }),
    requestContext: createRequestContext(received, routeKey),
    ...(pathParameters && { pathParameters }),
    ...(body !== undefined && { body }),
    isBase64Encoded,
  };
}

function createRequestContext(received: Received, routeKey: string) {
  const domainName = headerOf(received, 'host') ?? '';
  return {
    accountId: ACCOUNT_ID,
    apiId: API_ID,
    domainName,
    domainPrefix: domainName.split('.', 1)[0] as string,
    http: {
      method: received.method,
      path: decodeEscapes(received.path),
      protocol: 'HTTP/1.1',
      sourceIp: received.sourceIp,
      userAgent: headerOf(received, 'user-agent') ?? '',
    },
    requestId: received.requestId,
    routeKey,
    stage: '$default',
    time: formatClf(received.receivedAt),
    timeEpoch: received.receivedAt,
  };
}

function joinValues(valuesByName: Map<string, string[]>, separator: string): Record<string, string> {
  return Object.fromEntries([...valuesByName].map(([name, values]) => [name, values.join(separator)]));
}
