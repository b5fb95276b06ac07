import type { APIGatewayProxyEvent } from 'aws-lambda';
import { collectHeaders } from './event-headers';
import { ACCOUNT_ID, API_ID, type EventSource, formatClf } from './event-source';
import { parseRestQuery } from './query';
import { headerOf, type Received } from './received';

const STAGE = 'local';

/**
 * The event of a REST API's Lambda proxy integration, payload 1.0. Path parameters stay percent-encoded, query values
 * are decoded. Recorded on AWS: localstack/localstack, tests/aws/services/apigateway/test_apigateway_lambda.snapshot.json,
 * `invocation-payload-with-path-encoded-email` and `-with-params-encoding`.
 */
export function createEventV1(source: EventSource): APIGatewayProxyEvent {
  const { received, operation, pathParameters, body, isBase64Encoded } = source;
  const headers = collectHeaders(received, '1.0');
  const query = parseRestQuery(received.query);
  return {
    resource: operation.path,
    path: received.path,
    httpMethod: received.method,
    headers: lastValues(headers),
    multiValueHeaders: Object.fromEntries(headers),
    queryStringParameters: query.size > 0 ? lastValues(query) : null,
    multiValueQueryStringParameters: query.size > 0 ? Object.fromEntries(query) : null,
    pathParameters,
    stageVariables: null,
    requestContext: createRequestContext(received, operation.path),
    body: body ?? null,
    isBase64Encoded,
  };
}

/** No recorded event of a public method has `authorizer` or `identity.apiKey`, which the types ask for. */
function createRequestContext(received: Received, resourcePath: string) {
  const domainName = headerOf(received, 'host') ?? '';
  return {
    resourceId: toResourceId(resourcePath),
    resourcePath,
    httpMethod: received.method,
    extendedRequestId: received.extendedRequestId,
    requestTime: formatClf(received.receivedAt),
    // As behind a custom domain name: the URL does not name the stage.
    path: received.path,
    accountId: ACCOUNT_ID,
    protocol: 'HTTP/1.1',
    stage: STAGE,
    domainPrefix: domainName.split('.', 1)[0],
    requestTimeEpoch: received.receivedAt,
    requestId: received.requestId,
    identity: createIdentity(received),
    domainName,
    deploymentId: 'local0',
    apiId: API_ID,
  } as unknown as APIGatewayProxyEvent['requestContext'];
}

function createIdentity(received: Received) {
  return {
    cognitoIdentityPoolId: null,
    accountId: null,
    cognitoIdentityId: null,
    caller: null,
    sourceIp: received.sourceIp,
    principalOrgId: null,
    accessKey: null,
    cognitoAuthenticationType: null,
    cognitoAuthenticationProvider: null,
    userArn: null,
    userAgent: headerOf(received, 'user-agent') ?? null,
    user: null,
  };
}

function lastValues(valuesByName: Map<string, string[]>) {
  const entries: [string, string][] = [];
  for (const [name, values] of valuesByName) entries.push([name, values.at(-1) as string]);
  return Object.fromEntries(entries);
}

/** Six letters and digits that stay the same for one resource. */
function toResourceId(resourcePath: string) {
  let hash = 7;
  for (let index = 0; index < resourcePath.length; index++) hash = (hash * 31 + resourcePath.charCodeAt(index)) | 0;
  return (hash >>> 0).toString(36).padStart(6, '0').slice(-6);
}
