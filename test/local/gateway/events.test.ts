/** @jest-environment node */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { echoGateway, request } from '../../support/echo-gateway';

const NOW = Date.UTC(2026, 1, 9, 23, 5, 7, 890);
const HEADERS = [
  ['Host', 'inkwell.test:3000'],
  ['User-Agent', 'quill/1.0'],
  ['Accept', 'application/json'],
  ['X-Ink', 'black'],
  ['x-ink', 'blue'],
  ['Cookie', 'theme=dark; nib=fine'],
  ['Connection', 'keep-alive'],
  ['TE', 'trailers'],
];
const TARGET = '/posts/a%2Bb?tag=one&tag=two+words&flag&plus=a%2Bb';

describe('an event', () => {
  test('of payload 1.0 has every field that recorded ones have', async () => {
    expect(await eventOf('1.0', request('GET', TARGET), HEADERS)).toEqual(fixture('rest-get'));
  });

  test('of payload 2.0 has every field that recorded ones have', async () => {
    expect(await eventOf('2.0', request('GET', TARGET), HEADERS)).toEqual(fixture('http-get'));
  });

  test('of payload 1.0 without a query has null for it', async () => {
    const event = await eventOf('1.0', request('GET', '/posts?'));
    expect(event).toMatchObject({ queryStringParameters: null, multiValueQueryStringParameters: null });
    expect(event).toMatchObject({ pathParameters: null, body: null });
  });

  test('of payload 2.0 has no key for what is absent', async () => {
    const keys = Object.keys(await eventOf('2.0', request('GET', '/posts'), null));
    const absent = ['queryStringParameters', 'pathParameters', 'cookies', 'body', 'stageVariables'];
    expect(keys.filter((key) => absent.includes(key))).toEqual([]);
  });

  test.each(['1.0', '2.0'] as const)('of payload %s carries a JSON body as text', async (payload) => {
    const body = '{"title":"Tinte äöü 🖋"}';
    const event = await eventOf(payload, post('application/json', body));
    expect(event).toMatchObject({ body, isBase64Encoded: false });
    expect(event.headers).toMatchObject({ 'content-type': 'application/json' });
  });

  test('of payload 1.0 carries binary as text unless the API has binary media types', async () => {
    const bytes = Buffer.from([0xff, 0x00, 0x41]);
    const text = await eventOf('1.0', post('image/png', bytes));
    expect(text).toMatchObject({ body: '\ufffd\0A', isBase64Encoded: false });
    const binary = await eventOf('1.0', post('image/png', bytes), undefined, ['image/*']);
    expect(binary).toMatchObject({ body: bytes.toString('base64'), isBase64Encoded: true });
  });

  test('of payload 2.0 carries whatever is not text as base64', async () => {
    const event = await eventOf('2.0', post('image/png', Buffer.from([0xff])));
    expect(event).toMatchObject({ body: '/w==', isBase64Encoded: true });
  });

  test('of payload 1.0 has no Content-Length', async () => {
    const lines = [...HEADERS, ['content-length', '2'], ['Content-Type', 'application/json']];
    const event = await eventOf('1.0', post('application/json', '{}'), lines);
    expect(Object.keys(event.headers).filter((name) => /length/i.test(name))).toEqual([]);
  });

  test('adds the source to X-Forwarded-For and keeps a trace id', async () => {
    const lines = [...HEADERS, ['x-forwarded-for', '203.0.113.1'], ['x-amzn-trace-id', 'Root=1-2-3']];
    const { headers } = await eventOf('1.0', request('GET', '/posts'), lines);
    expect(headers).toMatchObject({ 'x-forwarded-for': '203.0.113.1, 198.51.100.7', 'x-amzn-trace-id': 'Root=1-2-3' });
  });

  test('of a request made in process has a host, and joined values', async () => {
    const headers = new Headers([
      ['x-ink', 'black'],
      ['x-ink', 'blue'],
    ]);
    const event = await eventOf('1.0', request('GET', '/posts', { headers }), null);
    expect(event.headers).toMatchObject({ host: 'inkwell.test:3000', 'x-ink': 'black, blue' });
  });

  test('splits a REST query at semicolons', async () => {
    const event = await eventOf('1.0', request('GET', '/posts?a=1;b=2'));
    expect(event.queryStringParameters).toEqual({ a: '1', b: '2' });
  });

  test('holds names that JavaScript objects treat specially', async () => {
    const event = await eventOf('1.0', request('GET', '/posts?__proto__=1&constructor=2'));
    expect(Object.entries(event.queryStringParameters)).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
  });
});

async function eventOf(
  payload: '1.0' | '2.0',
  sent: Request,
  lines: string[][] | null = [...HEADERS, ...sent.headers],
  binaryMediaTypes: string[] = [],
) {
  const gateway = echoGateway({ payload, binaryMediaTypes, now: () => NOW });
  const rawHeaders = lines ? lines.flat() : undefined;
  const response = await gateway.fetch(sent, { sourceIp: '198.51.100.7', rawHeaders });
  return hideRandom(((await response.json()) as { event: unknown }).event);
}

/** Ids are random but for their form. */
function hideRandom(event: unknown) {
  const text = JSON.stringify(event)
    .replace(/"requestId":"[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}"/, '"requestId":"<request id>"')
    .replace(/"extendedRequestId":"[\w+/]{15}="/, '"extendedRequestId":"<extended request id>"')
    .replace(/"resourceId":"[a-z\d]{6}"/, '"resourceId":"<resource id>"')
    .replaceAll(/Root=1-698a6823-[\da-f]{24}/g, '<trace id>');
  return JSON.parse(text);
}

function post(contentType: string, body: string | Buffer) {
  return request('POST', '/posts', { headers: { 'content-type': contentType }, body: body as BodyInit });
}

function fixture(name: string) {
  return JSON.parse(readFileSync(join(__dirname, `../../fixtures/api-gateway/${name}.json`), 'utf8'));
}
