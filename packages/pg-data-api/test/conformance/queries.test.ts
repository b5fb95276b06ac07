import { type Driver, openDriver, openPg } from '../support/drivers';

const { driver, close } = openDriver();
const pg = openPg();
const dataApi = driver as unknown as Driver;

beforeAll(async () => {
  const client = new pg.Client();
  await client.connect();
  await client.query(`SET client_min_messages TO warning; SET TIME ZONE 'UTC'; CREATE TYPE mood AS ENUM ('sad', 'it''s ok');
    CREATE DOMAIN age AS int CHECK (VALUE > 0);
    CREATE TABLE things (id serial PRIMARY KEY, name text NOT NULL UNIQUE, "Amount" numeric(10,2) CHECK ("Amount" >= 0), mood mood, parent int REFERENCES things);
    CREATE UNIQUE INDEX things_pair ON things (parent, lower(name));
    CREATE TABLE odd (id int PRIMARY KEY, i interval, m macaddr, t tsvector, r int4range, z timetz, g int[][])`);
  await client.end();
});
afterAll(close);

type Step = string | [string, unknown[]] | { text: string; rowMode: string };

const ERROR_FIELDS = [
  'name',
  'severity',
  'code',
  'message',
  'detail',
  'hint',
  'position',
  'schema',
  'table',
  'column',
  'constraint',
] as const;

/** What a program sees of a step's outcome. */
function seen(result: unknown): unknown {
  if (Array.isArray(result)) return result.map(seen);
  const { command, rowCount, oid, rows, fields } = result as never as Record<
    string,
    { name: string; dataTypeID: number }[]
  >;
  return { command, rowCount, oid, rows, fields: fields?.map(({ name, dataTypeID }) => ({ name, dataTypeID })) };
}

async function run({ Client }: Driver, steps: Step[]) {
  const client = new Client();
  await client.connect();
  await client.query("SET TIME ZONE 'UTC'");
  await client.query('TRUNCATE things, odd RESTART IDENTITY');
  const outcomes: unknown[] = [];
  for (const step of steps) {
    const [text, values] = Array.isArray(step) ? step : [step];
    await (client.query as (...args: unknown[]) => Promise<unknown>)(text, ...(values ? [values] : [])).then(
      (result) => outcomes.push(seen(result)),
      (error) => outcomes.push(Object.fromEntries(ERROR_FIELDS.map((field) => [field, error[field]]))),
    );
  }
  await client.end();
  return outcomes;
}

const TYPES = [
  ['bool', 'true'],
  ['int2', '5'],
  ['int4', '-5'],
  ['int8', '9007199254740993'],
  ['numeric', '12345678901234567890.1234567890'],
  ['numeric', 'NaN'],
  ['float4', '0.1'],
  ['float8', '1e300'],
  ['float8', 'NaN'],
  ['float8', '-Infinity'],
  ['text', "it's"],
  ['varchar', 'a'],
  ['char(3)', 'a'],
  ['name', 'n'],
  ['"char"', 'c'],
  ['uuid', '550e8400-e29b-41d4-a716-446655440000'],
  ['json', '{"a": [1, null]}'],
  ['jsonb', '{"a": {"b": "c"}}'],
  ['date', '2024-01-15'],
  ['date', '0044-03-15 BC'],
  ['date', 'infinity'],
  ['time', '10:30:00.5'],
  ['timestamp', '2024-01-15 12:34:56.123456'],
  ['timestamptz', '2024-01-15 12:34:56.1+09'],
  ['timestamptz', '-infinity'],
  ['timetz', '10:30:00+02'],
  ['interval', '1 year 2 days 03:04:05'],
  ['money', '5.25'],
  ['bytea', '\\x00ff'],
  ['inet', '10.0.0.1/8'],
  ['cidr', '10.0.0.0/8'],
  ['macaddr', '08:00:2b:01:02:03'],
  ['point', '(1,2)'],
  ['box', '(1,2),(0,0)'],
  ['xml', '<a/>'],
  ['tsvector', 'a:1 b:2'],
  ['int4range', '[1,5)'],
  ['tstzrange', '[2024-01-01,)'],
  ['bit(3)', '101'],
  ['regclass', 'things'],
  ['oid', '5'],
  ['int4[]', '{1,NULL,3}'],
  ['int4[]', '{{1,2},{3,4}}'],
  ['text[]', '{"a,b",NULL,"NULL",""}'],
  ['timestamptz[]', '{2024-01-15 12:34:56+00}'],
  ['numeric[]', '{1.50}'],
  ['bool[]', '{t,f}'],
  ['float8[]', '{1.5}'],
  ['mood', "it's ok"],
  ['mood[]', '{sad}'],
  ['age', '5'],
  ['interval[]', '{1 day}'],
  ['int2vector', '1 2'],
  ['name[]', '{a}'],
  ['jsonb[]', '{"{\\"a\\": 1}"}'],
  ['bytea[]', '{"\\\\x6869"}'],
] as const;

test.each(TYPES)('%s %j is the same', async (type, text) => {
  const steps: Step[] = [
    [`SELECT $1::${type} AS v`, [text]],
    [`SELECT $1::${type} AS v`, [null]],
    `SELECT '${text.replaceAll("'", "''")}'::${type} v, 1 v WHERE false`,
  ];
  expect(await run(dataApi, steps)).toEqual(await run(pg, steps));
});

test.each<[string, Step[]]>([
  [
    'values of JavaScript',
    [
      [
        'SELECT $1::timestamptz d, $2::int[] i, $3::jsonb j, $4::text[] t, $5::bytea b, $6::bool o, $7::float8 f',
        [new Date(0), [1, null], { a: "b'\\" }, ['a"b', 'c\\d', null], Buffer.from('é'), false, 1.5],
      ],
    ],
  ],
  ['duplicate names', ['SELECT 1 a, 2 a', { text: 'SELECT 1 a, 2 a', rowMode: 'array' }]],
  ['nothing', ['', ';', '-- a']],
  [
    'commands',
    [
      'CREATE TABLE c (a int)',
      'INSERT INTO c VALUES (1), (2)',
      'UPDATE c SET a = 3',
      'DELETE FROM c WHERE a = 4',
      'SELECT * FROM c',
      'VALUES (1)',
      'TABLE c',
      'WITH x AS (SELECT 1) SELECT * FROM x',
      'INSERT INTO c VALUES (5) RETURNING a',
      'WITH d AS (DELETE FROM c RETURNING a) SELECT * FROM d',
      'DROP TABLE c',
      "DO $$ begin perform 'a:b'; end $$",
      'SHOW server_encoding',
      'EXPLAIN SELECT 1',
      'SELECT 1 AS a INTO c2',
      'CREATE TABLE c3 AS SELECT 1 b',
      'DROP TABLE c2, c3',
    ],
  ],
  [
    'several statements',
    ["SELECT 1 a; SELECT ';' b;", 'SELECT 1; SELECT wrong; SELECT 2', ['SELECT 1; SELECT 2', [1]]],
  ],
  [
    'several are one transaction',
    ["INSERT INTO things (name) VALUES ('multi'); SELECT 1/0", "SELECT * FROM things WHERE name = 'multi'"],
  ],
  [
    'errors of syntax and names',
    [
      'SELEKT 1',
      "SELECT '\\' || wrong",
      ['SELECT $1::int + é', ['1']],
      'SELECT * FROM nowhere',
      "SELECT 'a'::int",
      'SELECT 1/0',
      ['SELECT $1::uuid', ['x']],
      "SELECT U&'\\0041' || E'\\'' || wrong",
      'SELECT nofunction(1)',
    ],
  ],
  ['errors of parameters', ['SELECT $1', ['SELECT $2::int', [1, 2]], ['SELECT $1::text', ['a\0b']]]],
  [
    'a unique constraint',
    [
      ['INSERT INTO things (name) VALUES ($1)', ['u']],
      ['INSERT INTO things (name) VALUES ($1)', ['u']],
      "INSERT INTO things (name, mood) VALUES ('u', 'sad')",
    ],
  ],
  [
    'other constraints',
    [
      "INSERT INTO things (name, parent) VALUES ('p', 999)",
      "INSERT INTO things (id, name, parent) VALUES (500, 'q', NULL)",
      "INSERT INTO things (name, parent) VALUES ('q2', 500)",
    ],
  ],
  [
    'transactions',
    [
      'BEGIN',
      "INSERT INTO things (name) VALUES ('t')",
      'SAVEPOINT a',
      'SELECT 1/0',
      'SELECT 1',
      'ROLLBACK TO SAVEPOINT a',
      "SELECT name FROM things WHERE name = 't'",
      'RELEASE a',
      'ROLLBACK',
      "SELECT name FROM things WHERE name = 't'",
      'START TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY',
      'SHOW transaction_isolation',
      'DELETE FROM things WHERE false',
      'COMMIT',
      'COMMIT',
      'ROLLBACK',
      'BEGIN',
      'SET LOCAL search_path TO pg_catalog',
      'SHOW search_path',
      'END',
      'ABORT',
      'SAVEPOINT x',
    ],
  ],
  [
    'unreadable columns of a write',
    [
      [
        'INSERT INTO odd VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING *',
        [1, '1 day', '08:00:2b:01:02:03', 'a b', '[1,3)', '10:00+01', '{{1,2},{3,4}}'],
      ],
      "UPDATE odd AS o SET i = '2 days' WHERE id = 1 RETURNING o.i, o.id",
      'DELETE FROM odd RETURNING *',
    ],
  ],
  [
    'the scanner of the service',
    ["SELECT $$a :b $1 c$$ AS x, (ARRAY[1,2,3])[1:2] AS y, 'a\\' AS z, ':q' AS w -- it's :c"],
  ],
])('%s: the same', async (_, steps) => {
  const [actual, expected] = [await run(dataApi, steps), await run(pg, steps)];
  for (const [index, step] of steps.entries())
    expect({ step, outcome: actual[index] }).toEqual({ step, outcome: expected[index] });
});
