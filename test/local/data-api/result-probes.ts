import { begin, one, type Probe, rollback } from './probe';

const UNSUPPORTED = 'UnsupportedResultException';

export const RESULT_PROBES: Probe[] = [
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
];
