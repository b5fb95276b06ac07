import type { Field } from '@aws-sdk/client-rds-data';
import type { Send } from '../session/run-statement';
import type { Bound } from '../sql/compile';
import { quoteLiteral } from '../sql/literal';
import type { Statement } from '../sql/split';
import type { DatabaseError } from './database-error';
import { insertedValues } from './inserted-values';

interface Circumstances {
  statement: Statement;
  values: Bound[] | undefined;
  /** Sends outside of the transaction, which has failed. */
  send: Send;
}

const VIOLATION = /^23(505|503|514|P01)$/;

/** Adds what PostgreSQL tells of a violated constraint and the service drops: schema, table and `Key (…)=(…)`. */
export async function completeError(error: DatabaseError, circumstances: Circumstances) {
  if (!error.cause || !error.constraint || !VIOLATION.test(error.code ?? '')) return;
  const found = await lookUp(error, circumstances.send).catch(() => undefined);
  if (!found) return;
  error.schema = found.schema;
  error.table = found.table;
  if (!error.detail && error.code === '23505') error.detail = uniqueDetail(found.columns, circumstances);
  else if (!error.detail && error.code === '23503') error.detail = foreignKeyDetail(error, found, circumstances);
}

interface Found {
  schema: string;
  table: string;
  columns: string[];
  referenced: string;
}

async function lookUp({ constraint = '', table }: DatabaseError, send: Send): Promise<Found | undefined> {
  const { records = [] } = await send({ sql: lookUpQuery(constraint, table), blobs: [] });
  const first = records[0]?.map(textOf);
  if (!first) return undefined;
  const [schema = '', name = '', , referenced = ''] = first;
  const columns = records.filter((row) => textOf(row[1]) === name).map((row) => textOf(row[2]));
  return { schema, table: name, columns: columns.filter((column) => column !== ''), referenced };
}

function textOf(field: Field | undefined) {
  return field?.stringValue ?? '';
}

/** A unique constraint is found by its index, which a plain unique index has as well. */
function lookUpQuery(constraint: string, table: string | undefined) {
  const name = quoteLiteral(constraint);
  return `SELECT n.nspname::text, t.relname::text, pg_catalog.pg_get_indexdef(i.indexrelid, k::int, true)::text, ''::text
FROM pg_catalog.pg_class x JOIN pg_catalog.pg_index i ON i.indexrelid = x.oid JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace CROSS JOIN generate_series(1, i.indnkeyatts) k
WHERE x.relname = ${name}
UNION ALL SELECT n.nspname::text, t.relname::text, a.attname::text, COALESCE(f.relname, '')::text
FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_class t ON t.oid = c.conrelid
JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace LEFT JOIN pg_catalog.pg_class f ON f.oid = c.confrelid
LEFT JOIN LATERAL unnest(c.conkey) WITH ORDINALITY k(attnum, place) ON true
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum
WHERE c.conname = ${name} AND c.contype IN ('f', 'c')${table ? ` AND ${quoteLiteral(table)} IN (t.relname, f.relname)` : ''}`;
}

function uniqueDetail(columns: string[], { statement, values }: Circumstances) {
  return `Key ${keyText(columns, statement, values)} already exists.`;
}

function foreignKeyDetail({ message }: DatabaseError, found: Found, { statement, values }: Circumstances) {
  if (!message.startsWith('insert or update')) return undefined;
  return `Key ${keyText(found.columns, statement, values)} is not present in table "${found.referenced}".`;
}

/** The values are those of the statement itself, and blank where it does not say them. */
function keyText(columns: string[], statement: Statement, values: Bound[] | undefined) {
  const byColumn = insertedValues(statement, values);
  const known = columns.map((column) => byColumn.get(column.replace(/^"(.*)"$/, '$1').replaceAll('""', '"')) ?? '');
  return `(${columns.join(', ')})=(${known.join(', ')})`;
}
