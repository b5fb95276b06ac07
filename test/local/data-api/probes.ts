/** One statement of a probe, and what the service is expected to answer. */
export interface Step {
  sql?: string;
  /** An operation that is not ExecuteStatement. */
  operation?: 'begin' | 'commit' | 'rollback';
  parameters?: { name: string; value: object; typeHint?: string }[];
  includeResultMetadata?: boolean;
  /** A part of the answer: objects in it are parts too. */
  answer?: object;
  /** The error's name, and a pattern of its message. */
  error?: string;
  message?: RegExp;
}

/** What is asked of the endpoint here and of a cluster alike. */
export interface Probe {
  title: string;
  /** Steps share a transaction when there is a `begin` among them; every probe leaves nothing behind. */
  steps: Step[];
  /** Steps that are sent at once, after the others. */
  parallel?: Step[];
  /** How sure the expectation is: measured on AWS, documented, or a guess that a cluster is to settle. */
  basis: 'measured' | 'documented' | 'guess';
  /** Needs backends that work side by side, which the embedded database has not. */
  needsServer?: true;
}

const DATABASE_ERROR = 'DatabaseErrorException';
const UNSUPPORTED = 'UnsupportedResultException';

const text = (name: string, stringValue: string) => [{ name, value: { stringValue } }];
const one = (field: object) => ({ records: [[field]] });
const begin: Step = { operation: 'begin' };
const rollback: Step = { operation: 'rollback', answer: { transactionStatus: 'Rollback Complete' } };

export const PROBES: Probe[] = [
  {
    title: 'a stringValue is text',
    basis: 'measured',
    steps: [
      {
        sql: 'select 1 where 1=:p',
        parameters: text('p', '1'),
        error: DATABASE_ERROR,
        message: /^ERROR: operator does not exist: integer = text; Hint: .*; Position: \d+; SQLState: 42883$/,
      },
    ],
  },
  {
    title: '$1 is not a placeholder',
    basis: 'measured',
    steps: [{ sql: 'select $1', error: DATABASE_ERROR, message: /^ERROR: bind message supplies 0 .*SQLState: 08P01$/ }],
  },
  {
    title: 'dollar quotes do not hide a placeholder',
    basis: 'measured',
    steps: [{ sql: 'SELECT $$a :b c$$', answer: one({ stringValue: 'a $1 c' }) }],
  },
  {
    title: 'an array slice is taken for a placeholder',
    basis: 'measured',
    steps: [
      {
        sql: 'select (array[1,2,3])[1:2]',
        error: DATABASE_ERROR,
        message: /^ERROR: syntax error at or near "\$1"; Position: \d+; SQLState: 42601$/,
      },
    ],
  },
  {
    title: 'quotes and comments hide a placeholder',
    basis: 'measured',
    steps: [
      {
        sql: `select 'a:b', "x:y" from (select 1 as "x:y") t -- :c`,
        answer: { records: [[{ stringValue: 'a:b' }, { longValue: 1 }]] },
      },
    ],
  },
  {
    title: 'timestamptz is in UTC without an offset',
    basis: 'measured',
    steps: [
      { sql: "select '2024-01-15 12:34:56+09'::timestamptz", answer: one({ stringValue: '2024-01-15 03:34:56' }) },
    ],
  },
  {
    title: 'an infinite timestamp is a failure',
    basis: 'measured',
    steps: [{ sql: "select 'infinity'::timestamptz", error: 'InternalFailure' }],
  },
  ...[
    ['\'a\'::"char"', '"CHAR"'],
    ["interval '1 day'", 'INTERVAL'],
    ["'pg_class'::regclass", 'regclass'],
  ].map(
    ([expression, name]): Probe => ({
      title: `${name} is unsupported, once there is a row`,
      basis: 'measured',
      steps: [
        {
          sql: `select ${expression}`,
          error: UNSUPPORTED,
          message: new RegExp(`^The result contains the unsupported data type ${name}\\.$`),
        },
        {
          sql: `select ${expression} as a where false`,
          includeResultMetadata: true,
          answer: { records: [], columnMetadata: [{ label: 'a' }] },
        },
      ],
    }),
  ),
  {
    title: 'one statement a call',
    basis: 'documented',
    steps: [
      { sql: 'select 1; select 2', error: 'ValidationException', message: /^Multistatements aren't supported\.$/ },
      { sql: 'select 1;', answer: one({ longValue: 1 }) },
    ],
  },
  {
    title: 'a setting does not outlive its call',
    basis: 'measured',
    steps: [
      { sql: 'set search_path to probed' },
      { sql: "select current_setting('search_path') = 'probed'", answer: one({ booleanValue: false }) },
    ],
  },
  {
    title: 'a setting lasts in a transaction',
    basis: 'measured',
    steps: [
      begin,
      { sql: 'set local search_path to probed' },
      { sql: 'show search_path', answer: one({ stringValue: 'probed' }) },
      rollback,
    ],
  },
  {
    title: 'one call at a time on a transaction',
    basis: 'measured',
    needsServer: true,
    steps: [begin],
    parallel: [
      { sql: 'select pg_sleep(1)::text' },
      { sql: 'select pg_sleep(1)::text', error: DATABASE_ERROR, message: /^Transaction is still running a query$/ },
    ],
  },
  {
    title: 'an error aborts the transaction up to its savepoint',
    basis: 'measured',
    steps: [
      begin,
      { sql: 'savepoint a' },
      { sql: 'selekt', error: DATABASE_ERROR, message: /^ERROR: syntax error .*SQLState: 42601$/ },
      { sql: 'select 1', error: DATABASE_ERROR, message: /^ERROR: current transaction is aborted, .*SQLState: 25P02$/ },
      { sql: 'rollback to savepoint a' },
      { sql: 'select 1', answer: one({ longValue: 1 }) },
      rollback,
    ],
  },
  {
    title: 'a duplicate key has no DETAIL',
    basis: 'guess',
    steps: [
      begin,
      { sql: 'create temp table probed (id int primary key)' },
      { sql: 'insert into probed values (1)', answer: { numberOfRecordsUpdated: 1 } },
      {
        sql: 'insert into probed values (1)',
        error: DATABASE_ERROR,
        message: /^ERROR: duplicate key value violates unique constraint "probed_pkey"; SQLState: 23505$/,
      },
      rollback,
    ],
  },
  {
    title: 'a backslash in a string is ordinary to the scanner',
    basis: 'guess',
    steps: [
      {
        sql: "select 'abc\\', :p",
        parameters: text('p', 'x'),
        answer: { records: [[{ stringValue: 'abc\\' }, { stringValue: 'x' }]] },
      },
    ],
  },
  {
    title: 'rows of RETURNING count as none',
    basis: 'guess',
    steps: [
      begin,
      { sql: 'create temp table probed (id serial primary key, a int)' },
      {
        sql: 'insert into probed (a) values (1) returning id',
        includeResultMetadata: true,
        answer: { numberOfRecordsUpdated: 0, ...one({ longValue: 1 }), columnMetadata: [{ typeName: 'serial' }] },
      },
      rollback,
    ],
  },
  {
    title: 'name[] is unsupported',
    basis: 'guess',
    steps: [
      {
        sql: "select array_agg(attname) from pg_attribute where attrelid = 'pg_class'::regclass and attnum = 1",
        error: UNSUPPORTED,
      },
    ],
  },
  {
    title: 'sql has at most 65,536 characters',
    basis: 'guess',
    steps: [{ sql: `select '${'x'.repeat(70_000)}'`, error: 'ValidationException' }],
  },
  {
    title: 'a result has at most 1 MiB',
    basis: 'measured',
    steps: [
      {
        sql: "select repeat('x', 1100000)",
        error: UNSUPPORTED,
        message: /^The result exceeds the size limit 1 MB\.?$/,
      },
    ],
  },
  {
    title: 'an array travels as its text',
    basis: 'measured',
    steps: [
      {
        sql: 'select :p::text[]',
        parameters: text('p', '{"a","b"}'),
        answer: one({ arrayValue: { stringValues: ['a', 'b'] } }),
      },
    ],
  },
  {
    title: 'a null has no type',
    basis: 'measured',
    steps: [
      begin,
      { sql: 'create temp table probed (a int[])' },
      { sql: 'insert into probed values (:p)', parameters: [{ name: 'p', value: { isNull: true } }] },
      rollback,
    ],
  },
  {
    title: 'a null with nothing to infer from is an error',
    basis: 'guess',
    steps: [
      {
        sql: 'select :p is null',
        parameters: [{ name: 'p', value: { isNull: true } }],
        error: DATABASE_ERROR,
        message: /^ERROR: could not determine data type of parameter \$1; .*SQLState: 42P18$/,
      },
    ],
  },
  {
    title: 'a commit after an error says that it committed',
    basis: 'guess',
    steps: [
      begin,
      { sql: 'selekt', error: DATABASE_ERROR },
      { operation: 'commit', answer: { transactionStatus: 'Transaction Committed' } },
      { operation: 'commit', error: 'TransactionNotFoundException' },
    ],
  },
];
