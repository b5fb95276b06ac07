import type { ClientBase } from 'pg';
import type { ColumnType } from './catalogue';
import { type Column, runRaw } from './raw-query';
import { toTable } from './table';

interface TableColumn {
  tableName: string;
  isNotNull: boolean;
  hasSequence: boolean;
}

const SELECT_COLUMNS = `
  SELECT a.attrelid::pg_catalog.text, a.attnum::pg_catalog.text, c.relname::pg_catalog.text,
    a.attnotnull::pg_catalog.text, pg_catalog.pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%'
  FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
  LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attrelid = ANY ($1::pg_catalog.oid[]) AND a.attnum > 0`;

/** As pgjdbc, a column with the default nextval(…) is of a serial type: aurora-data-api-proxy saw it live. */
const SERIALS = toTable({ int2: 'smallserial', int4: 'serial', int8: 'bigserial' });
const SIGNED = new Set(['int2', 'int4', 'int8', 'float4', 'float8', 'numeric']);
const CASE_INSENSITIVE = new Set([...SIGNED, 'oid', 'bool', 'bit', 'date', 'time', 'timestamp', 'timestamptz']);
const ARRAY = 2003;
const OTHER = 1111;

/** The 14 members of ColumnMetadata; values checked on AWS are in LocalStack's snapshots of int4 and text. */
export async function describeColumns(client: ClientBase, columns: readonly Column[], types: readonly ColumnType[]) {
  const tables = await readTables(client, columns);
  return columns.map((column, index) => {
    const type = types[index] as ColumnType;
    return toMetadata(column, type, tables.get(`${column.tableID}.${column.columnID}`));
  });
}

async function readTables(client: ClientBase, columns: readonly Column[]): Promise<Map<string, TableColumn>> {
  const oids = [...new Set(columns.map(({ tableID }) => tableID))].filter((oid) => oid > 0);
  if (oids.length === 0) return new Map();
  const { rows } = await runRaw(client, SELECT_COLUMNS, [{ oid: 0, value: `{${oids}}` }]);
  return new Map(
    rows.map(([oid, number, tableName, isNotNull, hasSequence]) => [
      `${oid}.${number}`,
      { tableName: tableName ?? '', isNotNull: isNotNull === 'true', hasSequence: hasSequence === 't' },
    ]),
  );
}

function toMetadata(column: Column, type: ColumnType, table: TableColumn | undefined) {
  const serial = table?.hasSequence ? SERIALS.get(type.name) : undefined;
  return {
    arrayBaseColumnType: 0,
    isAutoIncrement: serial !== undefined,
    isCaseSensitive: !CASE_INSENSITIVE.has(type.name),
    isCurrency: false,
    isSigned: SIGNED.has(type.name),
    label: column.name,
    name: column.name,
    nullable: nullableOf(table),
    ...sizeOf(column, type),
    schemaName: '',
    tableName: table?.tableName ?? '',
    type: type.isArray ? ARRAY : (type.row?.jdbcType ?? OTHER),
    typeName: serial ?? type.name,
  };
}

/** java.sql.ResultSetMetaData: 0 is not null, 1 nullable, 2 unknown, as for an expression. */
function nullableOf(table: TableColumn | undefined) {
  if (!table) return 2;
  return table.isNotNull ? 0 : 1;
}

/** PostgreSQL puts what is between the brackets of numeric(p, s) and varchar(n) in the modifier, plus 4. */
function sizeOf({ dataTypeModifier }: Column, { name, row }: ColumnType) {
  const modifier = dataTypeModifier - 4;
  if (modifier >= 0 && name === 'numeric') return { precision: modifier >> 16, scale: modifier & 0xffff };
  if (modifier >= 0 && (name === 'varchar' || name === 'bpchar')) return { precision: modifier, scale: 0 };
  return { precision: row?.precision ?? 0, scale: row?.scale ?? 0 };
}
