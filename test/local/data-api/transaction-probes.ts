import { begin, one, type Probe, rollback } from './probe';

const DATABASE_ERROR = 'DatabaseErrorException';

export const TRANSACTION_PROBES: Probe[] = [
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
