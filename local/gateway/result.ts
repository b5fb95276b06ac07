import { GatewayError } from './problem';

/** A handler's result, found well-formed. */
export interface ProxyResult {
  status: number;
  headers: [name: string, value: string][];
  body: string;
  isBase64Encoded: boolean;
}

const KEYS = {
  '1.0': new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']),
  '2.0': new Set(['statusCode', 'headers', 'cookies', 'body', 'isBase64Encoded']),
};

/**
 * "Malformed Lambda proxy response" is a 502 on AWS: an unknown key, a header that is neither string nor boolean, values
 * without an array, a status that is no number. Validated against AWS: localstack/localstack,
 * tests/aws/services/apigateway/test_apigateway_lambda.py, test_aws_proxy_response_payload_format_validation.
 * Stricter than AWS: a missing `statusCode` is malformed, there it is 200 as long as another key is present.
 */
export function parseResult(result: unknown, payload: '1.0' | '2.0'): ProxyResult {
  if (!isRecord(result)) throw malformed('is not an object');
  const unknown = Object.keys(result).find((key) => !KEYS[payload].has(key) && result[key] !== undefined);
  if (unknown) throw malformed(`has the key ${unknown}`);
  const { body, isBase64Encoded, cookies } = result;
  if (body != null && typeof body !== 'string') throw malformed('has a body that is not a string');
  if (isBase64Encoded != null && typeof isBase64Encoded !== 'boolean') throw malformed('has an odd isBase64Encoded');
  return {
    status: parseStatus(result.statusCode),
    headers: [...parseHeaders(result), ...parseValues('set-cookie', cookies ?? [])],
    body: body ?? '',
    isBase64Encoded: isBase64Encoded ?? false,
  };
}

function parseStatus(statusCode: unknown) {
  const isDigits = typeof statusCode === 'string' && /^\d{3}$/.test(statusCode);
  const status = isDigits ? Number(statusCode) : statusCode;
  if (typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599) return status;
  throw malformed('has no statusCode from 200 to 599');
}

/** A name in `multiValueHeaders` wins over the same name in `headers`, whatever its case (same test, "overwrite"). */
function parseHeaders({ headers, multiValueHeaders }: Record<string, unknown>) {
  const lines = Object.entries(parseRecord(multiValueHeaders)).flatMap(([name, values]) => parseValues(name, values));
  const taken = new Set(lines.map(([name]) => name.toLowerCase()));
  for (const [name, value] of Object.entries(parseRecord(headers))) {
    if (!taken.has(name.toLowerCase())) lines.push(...parseValues(name, [value]));
  }
  return lines;
}

function parseRecord(headers: unknown) {
  if (headers == null) return {};
  if (!isRecord(headers)) throw malformed('has headers that are not an object');
  return headers;
}

function parseValues(name: string, values: unknown): [string, string][] {
  if (!Array.isArray(values)) throw malformed(`has no array of values for ${name}`);
  return values.filter((value) => value !== undefined).map((value) => [name, parseValue(name, value)]);
}

function parseValue(name: string, value: unknown) {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  throw malformed(`has a header ${name} that is not a string`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(what: string) {
  return new GatewayError('bad-gateway', `Malformed Lambda proxy response: the result ${what}.`);
}
