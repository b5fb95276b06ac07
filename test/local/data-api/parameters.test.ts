/** @jest-environment ./test/support/database-environment.ts */
import { ARNS, openDataApi } from '../../support/data-api';

const { dataApi, database, execute } = openDataApi();

afterAll(() => dataApi.close());

async function messageOf(...call: Parameters<typeof execute>): Promise<string> {
  return (await execute(...call)).body.message;
}

async function firstValue(...call: Parameters<typeof execute>) {
  const { body } = await execute(...call);
  return body.records?.[0]?.[0] ?? body;
}

describe('a placeholder', () => {
  test.each([
    ['select :a::int', { longValue: 5 }],
    ['select \':a\' || ":a" from (select :a::text as ":a") t -- :a', { stringValue: ':a5' }],
    ['select /* :a */ :a::int', { longValue: 5 }],
  ])('in %s', async (sql, field) => {
    expect(await firstValue(sql, { a: { longValue: 5 } })).toEqual(field);
  });

  test('is taken for one in dollar quotes, without any value', async () => {
    expect(await firstValue('SELECT $$a :b c$$')).toEqual({ stringValue: 'a $1 c' });
  });

  test('is taken for one in an array slice', async () => {
    expect(await messageOf('select (array[1,2,3])[1:2]')).toMatch(
      /^ERROR: syntax error at or near "\$1"; Position: 24; SQLState: 42601$/,
    );
  });

  test('of one name is a parameter each time', async () => {
    const sql = 'select date_trunc(:u, t) from (select now() t) x group by date_trunc(:u, t)';
    expect(await messageOf(sql, { u: { stringValue: 'day' } })).toMatch(/SQLState: 42803$/);
  });

  test('without a value fails in PostgreSQL, as $1 does', async () => {
    const message =
      /^ERROR: bind message supplies 0 parameters, but prepared statement "" requires 1; SQLState: 08P01$/;
    expect(await messageOf('select :a')).toMatch(message);
    expect(await messageOf('select $1')).toMatch(message);
  });

  test('leaves the jsonb operator ? alone', async () => {
    expect(await firstValue(`select '{"a":1}'::jsonb ? 'a'`)).toEqual({ booleanValue: true });
  });

  test('is hidden by a backslash before a quote, or not, by the switch', async () => {
    const escaping = openDataApi({ switches: { backslash: 'escape' } });
    const sql = "select 'abc\\', :p";
    expect(await execute(sql, { p: { stringValue: 'x' } })).toMatchObject({
      body: { records: [[{ stringValue: 'abc\\' }, { stringValue: 'x' }]] },
    });
    expect(await escaping.execute(sql, { p: { stringValue: 'x' } })).toMatchObject({ error: 'ValidationException' });
    await escaping.dataApi.close();
  });
});

describe('a declared type', () => {
  test.each([
    ['select pg_typeof(:a)::text', { stringValue: 'x' }, 'text'],
    ['select pg_typeof(:a)::text', { longValue: 1 }, 'bigint'],
    ['select pg_typeof(:a)::text', { doubleValue: 1 }, 'double precision'],
    ['select pg_typeof(:a)::text', { booleanValue: true }, 'boolean'],
    ['select pg_typeof(:a)::text', { blobValue: 'aGk=' }, 'bytea'],
    ['select pg_typeof(:a)::text', { value: { stringValue: '2024-01-15' }, typeHint: 'DATE' }, 'date'],
    [
      'select pg_typeof(:a)::text',
      { value: { stringValue: '10:30:00.5' }, typeHint: 'TIME' },
      'time without time zone',
    ],
    [
      'select pg_typeof(:a)::text',
      { value: { stringValue: '2024-01-15 10:30:00' }, typeHint: 'TIMESTAMP' },
      'timestamp without time zone',
    ],
    ['select pg_typeof(:a)::text', { value: { stringValue: '1.50' }, typeHint: 'DECIMAL' }, 'numeric'],
    [
      'select pg_typeof(:a)::text',
      { value: { stringValue: '550e8400-e29b-41d4-a716-446655440000' }, typeHint: 'UUID' },
      'uuid',
    ],
    ['select pg_typeof(:a)::text', { value: { stringValue: '[1]' }, typeHint: 'JSON' }, 'json'],
  ])('%s of %j', async (sql, parameter, type) => {
    expect(await firstValue(sql, { a: parameter })).toEqual({ stringValue: type });
  });

  test('is why integer = text fails, in the words recorded on AWS', async () => {
    expect(await messageOf('select 1 where 1=:p', { p: { stringValue: '1' } })).toBe(
      'ERROR: operator does not exist: integer = text; Hint: No operator matches the given name and argument types. ' +
        'You might need to add explicit type casts.; Position: 17; SQLState: 42883',
    );
  });

  test('is none for a null, which fits any column', async () => {
    expect(await firstValue('select :p::int[]', { p: { isNull: true } })).toEqual({ isNull: true });
    expect(await messageOf('select :p is null', { p: { isNull: true } })).toMatch(/SQLState: 42P18$/);
  });

  test('keeps 64 bits', async () => {
    const [{ longValue }, { stringValue }] = (await execute('select :a, :a::text', { a: { longValue: 2 ** 53 } })).body
      .records[0];
    expect([longValue, stringValue]).toEqual([2 ** 53, '9007199254740992']);
    const sql = 'select :a, :a::text';
    const body = `${JSON.stringify({ ...ARNS, database, sql }).slice(0, -1)},
      "parameters":[{"name":"a","value":{"longValue" : -9007199254740993}}]}`;
    const response = await dataApi.fetch(new Request('http://localhost/Execute', { method: 'POST', body }));
    expect(await response.text()).toContain('{"longValue":-9007199254740993},{"stringValue":"-9007199254740993"}');
  });

  test('keeps bytes', async () => {
    expect(await firstValue('select :a', { a: { blobValue: '/wA=' } })).toEqual({ blobValue: '/wA=' });
  });
});

describe('a parameter is refused', () => {
  test.each([
    ['an array', { a: { arrayValue: { longValues: [1] } } }, 'Array parameters are not supported'],
    ['two members', { a: { longValue: 1, stringValue: '1' } }, 'Parameter a needs one value.'],
    ['no member', { a: { value: {} } }, 'Parameter a needs one value.'],
    ['an unknown member', { a: { dateValue: 'x' } }, 'Parameter a has a value that is not a dateValue.'],
    ['no field', { a: { constructor: 1 } }, 'Parameter a has a value that is not a constructor.'],
    [
      'an unknown hint',
      { a: { value: { stringValue: 'x' }, typeHint: 'toString' } },
      'Parameter a has an unknown typeHint.',
    ],
    ['a fraction for a long', { a: { longValue: 1.5 } }, 'Parameter a has a value that is not a longValue.'],
    ['isNull: false', { a: { isNull: false } }, 'Parameter a has isNull, which can only be true.'],
    ['a bad UUID', { a: { value: { stringValue: 'x' }, typeHint: 'UUID' } }, 'Parameter a is not a UUID.'],
    [
      'a timestamp with T',
      { a: { value: { stringValue: '2024-01-15T10:30:00Z' }, typeHint: 'TIMESTAMP' } },
      'Parameter a is not a TIMESTAMP.',
    ],
    [
      'a hint for a long',
      { a: { value: { longValue: 1 }, typeHint: 'DECIMAL' } },
      'Parameter a has a typeHint, which needs a stringValue.',
    ],
    [
      'one without a placeholder',
      { a: { longValue: 1 }, b: { longValue: 1 } },
      'The statement has no placeholder for parameter b.',
    ],
  ])('%s', async (_, parameters, message) => {
    const { status, body } = await execute('select :a', parameters);
    expect({ status, ...body }).toEqual({ status: 400, __type: 'ValidationException', message });
  });
});
