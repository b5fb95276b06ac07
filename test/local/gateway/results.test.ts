/** @jest-environment node */
import { gatewayOf, request } from '../../support/echo-gateway';

const ok = { statusCode: 200 };

describe('a malformed result is a bad gateway:', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a string', 'just a string'],
    ['an array', []],
    ['no statusCode', { body: 'x' }],
    ['a statusCode in words', { statusCode: 'test' }],
    ['a statusCode out of range', { statusCode: 99 }],
    ['an unknown key', { ...ok, wrongValue: 'value' }],
    ['a body that is an object', { ...ok, body: {} }],
    ['headers that are an array', { ...ok, headers: [] }],
    ['a header that is a number', { ...ok, headers: { 'x-count': 1 } }],
    ['a header that is an array', { ...ok, headers: { 'x-list': ['a'] } }],
    ['a header name that HTTP has not', { ...ok, headers: { 'x y': 'a' } }],
    ['a header value with a line break', { ...ok, headers: { location: '/\r\nset-cookie: a=b' } }],
    ['multi-value headers without arrays', { ...ok, multiValueHeaders: { 'x-list': 'a' } }],
    ['an isBase64Encoded that is a string', { ...ok, isBase64Encoded: 'true' }],
    ['cookies in payload 1.0', { ...ok, cookies: ['a=b'] }],
  ])('%s', async (_, result) => {
    const response = await respond(result);
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ code: 'bad-gateway' });
  });

  test('multi-value headers in payload 2.0', async () => {
    expect((await respond({ ...ok, multiValueHeaders: {} }, '2.0')).status).toBe(502);
  });
});

describe('a result', () => {
  test('may give its status in digits, booleans as headers and null for what it has not', async () => {
    const response = await respond({
      statusCode: '201',
      headers: { 'x-new': true },
      multiValueHeaders: null,
      body: null,
    });
    expect([response.status, response.headers.get('x-new'), await response.text()]).toEqual([201, 'true', '']);
  });

  test('of a REST API is JSON unless it says otherwise', async () => {
    expect((await respond(ok)).headers.get('content-type')).toBe('application/json');
    const text = await respond({ ...ok, headers: { 'Content-Type': 'text/csv' }, body: 'a' });
    expect(text.headers.get('content-type')).toBe('text/csv');
  });

  test('sends every value of a multi-value header, which wins over the single one', async () => {
    const multiValueHeaders = { 'Set-Cookie': ['a=1', 'b=2'], 'X-INK': ['black', 'blue'] };
    const { headers } = await respond({ ...ok, headers: { 'x-ink': 'red', 'x-nib': 'fine' }, multiValueHeaders });
    expect(headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect([headers.get('x-ink'), headers.get('x-nib')]).toEqual(['black, blue', 'fine']);
  });

  test('of an HTTP API sends its cookies', async () => {
    const { headers } = await respond({ ...ok, cookies: ['a=1', 'b=2'] }, '2.0');
    expect(headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  test('loses headers that a REST API renames or drops', async () => {
    const given = { 'WWW-Authenticate': 'Bearer', Server: 'ink', Connection: 'close', 'Transfer-Encoding': 'chunked' };
    const { headers } = await respond({ statusCode: 401, headers: given });
    expect(headers.get('www-authenticate')).toBeNull();
    expect(headers.get('x-amzn-remapped-www-authenticate')).toBe('Bearer');
    expect(headers.get('x-amzn-remapped-server')).toBe('ink');
    expect(headers.get('connection')).toBeNull();
    expect(headers.get('transfer-encoding')).toBeNull();
  });

  test('keeps WWW-Authenticate through an HTTP API', async () => {
    const { headers } = await respond({ statusCode: 401, headers: { 'WWW-Authenticate': 'Bearer' } }, '2.0');
    expect(headers.get('www-authenticate')).toBe('Bearer');
  });

  test('in base64 is decoded by a REST API only for its binary media types', async () => {
    const result = { ...ok, body: 'aW5r', isBase64Encoded: true };
    expect(await (await respond(result)).text()).toBe('aW5r');
    expect(await (await respond(result, '1.0', ['image/*'])).text()).toBe('ink');
    expect(await (await respond(result, '1.0', ['text/plain'])).text()).toBe('aW5r');
  });

  test('in base64 is always decoded by an HTTP API', async () => {
    const response = await respond({ ...ok, body: '/w==', isBase64Encoded: true }, '2.0');
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0xff]);
  });

  test.each([204, 304])('of status %i has no body', async (statusCode) => {
    const response = await respond({ statusCode, body: 'ignored' });
    expect([response.status, response.body]).toEqual([statusCode, null]);
  });

  test('can be read like any Response', async () => {
    const response = await respond({ ...ok, body: '{"ink":"blue"}' });
    const copy = response.clone();
    expect(response).toBeInstanceOf(Response);
    expect(response.ok).toBe(true);
    expect(await response.json()).toEqual({ ink: 'blue' });
    expect([response.bodyUsed, copy.bodyUsed]).toEqual([true, false]);
    expect(await copy.text()).toBe('{"ink":"blue"}');
    await expect(response.text()).rejects.toThrow('Body is unusable');
  });
});

function respond(result: unknown, payload: '1.0' | '2.0' = '1.0', binaryMediaTypes: string[] = []) {
  const headers = { accept: 'image/png, */*' };
  return gatewayOf(() => result, { payload, binaryMediaTypes }).fetch(request('GET', '/posts', { headers }));
}
