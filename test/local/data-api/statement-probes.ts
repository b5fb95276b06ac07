import { begin, one, type Probe, rollback, text } from './probe';

const DATABASE_ERROR = 'DatabaseErrorException';

export const STATEMENT_PROBES: Probe[] = [
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
    title: 'sql has at most 65,536 characters',
    basis: 'guess',
    steps: [{ sql: `select '${'x'.repeat(70_000)}'`, error: 'ValidationException' }],
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
];
