import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';

export type HttpEvent = APIGatewayProxyEvent | APIGatewayProxyEventV2;

/** What the pipeline needs of an event, the same for both payload versions. */
export interface RequestParts {
  method: string;
  /** As sent: what API Gateway has not decoded is decoded here. */
  pathParameters: Record<string, string>;
  query: Record<string, string[]>;
  /** Names in lower case, several values joined by `, `. */
  headers: Record<string, string>;
  body: Buffer | undefined;
  requestId: string;
  /** What stands before the operation's path in the URL, such as a stage: `/prod`, or an empty string. */
  basePath: string;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export function toRequestParts(event: HttpEvent): RequestParts {
  return {
    ...('rawPath' in event ? fromPayload2(event) : fromPayload1(event)),
    pathParameters: decodeAll(event.pathParameters ?? {}),
    requestId: event.requestContext.requestId,
    body:
      typeof event.body === 'string' ? Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8') : undefined,
  };
}

function fromPayload1(event: APIGatewayProxyEvent) {
  return {
    method: event.httpMethod,
    query: event.multiValueQueryStringParameters
      ? withoutUndefined(event.multiValueQueryStringParameters)
      : mapValues(withoutUndefined(event.queryStringParameters ?? {}), (value) => [value]),
    headers: event.multiValueHeaders
      ? toLowerCaseNames(mapValues(withoutUndefined(event.multiValueHeaders), (values) => values.join(', ')))
      : toLowerCaseNames(withoutUndefined(event.headers ?? {})),
    basePath: withoutSuffix(event.requestContext.path, event.path),
  };
}

function fromPayload2(event: APIGatewayProxyEventV2) {
  const { http, stage } = event.requestContext;
  const given = new URLSearchParams(event.rawQueryString);
  const query = Object.fromEntries([...new Set(given.keys())].map((name) => [name, given.getAll(name)]));
  const headers = toLowerCaseNames(withoutUndefined(event.headers));
  const basePath = event.rawPath.startsWith(`/${stage}/`) ? `/${stage}` : '';
  return { method: http.method, query, headers, basePath };
}

function decodeAll(parameters: Readonly<Record<string, string | undefined>>) {
  return mapValues(withoutUndefined(parameters), (value) => {
    try {
      return decodeURIComponent(value);
    } catch {
      return value;
    }
  });
}

function withoutSuffix(path: string | undefined, suffix: string) {
  return path?.endsWith(suffix) ? path.slice(0, -suffix.length) : '';
}

function toLowerCaseNames(headers: Record<string, string>) {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function withoutUndefined<T>(object: Readonly<Record<string, T | undefined>>) {
  return Object.fromEntries(Object.entries(object).filter((entry): entry is [string, T] => entry[1] !== undefined));
}

function mapValues<T, U>(object: Readonly<Record<string, T>>, convert: (value: T) => U) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, convert(value)]));
}
