import { namesIn, parseMessage } from '../../src/errors/parse-message';

test.each([
  [
    'ERROR: relation "leaderboard_agg" does not exist; Position: 13; SQLState: 42P01',
    { severity: 'ERROR', code: '42P01', position: '13', message: 'relation "leaderboard_agg" does not exist' },
  ],
  [
    'ERROR: operator does not exist: integer = text; Hint: No operator matches; really.; Position: 36; SQLState: 42883',
    {
      severity: 'ERROR',
      code: '42883',
      position: '36',
      hint: 'No operator matches; really.',
      message: 'operator does not exist: integer = text',
    },
  ],
  [
    'ERROR: duplicate key value violates unique constraint "episodes_pk"\n  Detail: Key (episode_pid)=(m001q2mq) already exists.; SQLState: 23505',
    {
      severity: 'ERROR',
      code: '23505',
      detail: 'Key (episode_pid)=(m001q2mq) already exists.',
      message: 'duplicate key value violates unique constraint "episodes_pk"',
    },
  ],
  [
    'ERROR: a; SQLState: 00000; Position: 3; SQLState: 22P02',
    { severity: 'ERROR', code: '22P02', position: '3', message: 'a; SQLState: 00000' },
  ],
  ['FATAL: no password; SQLState: 28P01', { severity: 'FATAL', code: '28P01', message: 'no password' }],
  ['Transaction is still running a query', { message: 'Transaction is still running a query' }],
])('%j is taken apart', (text, parts) => {
  expect(parseMessage(text)).toEqual(parts);
});

test.each([
  ['null value in column "name" of relation "p" violates not-null constraint', '23502', { column: 'name', table: 'p' }],
  ['new row for relation "t" violates check constraint "c"', '23514', { table: 't', constraint: 'c' }],
  [
    'update or delete on table "a" violates foreign key constraint "f" on table "b"',
    '23503',
    { table: 'b', constraint: 'f' },
  ],
  ['insert or update on table "b" violates foreign key constraint "f"', '23503', { table: 'b', constraint: 'f' }],
  ['relation "t" does not exist', '42P01', {}],
])('%j names its objects', (message, code, names) => {
  expect(namesIn(message, code)).toEqual(names);
});
