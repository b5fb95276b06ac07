import type { ColumnMetadata, Field } from '@aws-sdk/client-rds-data';
import { fieldText } from '../values/field-text';
import type { Answer } from './answer';

export interface FieldDef {
  name: string;
  dataTypeID: number;
  /** Always 0: the service does not say. */
  tableID: number;
  columnID: number;
  /** Always -1: the service does not say. */
  dataTypeSize: number;
  dataTypeModifier: number;
  format: string;
}

// biome-ignore lint/suspicious/noExplicitAny: a row holds what the caller's own SQL selects, as in pg
export interface QueryResult<Row = any> {
  /** The first word of PostgreSQL's command tag, null for an empty text. */
  command: string | null;
  /** Rows returned or written, null for commands that count none. */
  rowCount: number | null;
  /** 0 after an INSERT, else null. */
  oid: number | null;
  rows: Row[];
  fields: FieldDef[];
}

export interface TypeParsers {
  // biome-ignore lint/suspicious/noExplicitAny: pg's own signature, whose parsers return what they please
  getTypeParser(oid: number, format?: any): (text: any) => any;
}

export interface ResultOptions {
  types: TypeParsers;
  rowMode: string | undefined;
  oids: ReadonlyMap<string, number>;
}

/** Parses the values of an answer as pg does: text of PostgreSQL through the parser of the column's type. */
export function toResult(answer: Answer, { types, rowMode, oids }: ResultOptions): QueryResult {
  const fields = answer.columns.map((column) => toFieldDef(column, oids));
  const parsers = fields.map(({ dataTypeID }) => types.getTypeParser(dataTypeID, 'text'));
  const rows = answer.records.map((record) => {
    const cells = record.map((field, index) => {
      const text = cellText(field, answer.columns[index]?.typeName ?? 'text', answer.isText);
      return text === null ? null : parsers[index]?.(text);
    });
    return rowMode === 'array' ? cells : toRow(fields, cells);
  });
  const { command, rowCount } = answer;
  return { command, rowCount, oid: command === 'INSERT' ? 0 : null, rows, fields };
}

function cellText(field: Field, typeName: string, isText: boolean | undefined) {
  return isText && field.stringValue !== undefined ? field.stringValue : fieldText(field, typeName);
}

function toRow(fields: FieldDef[], cells: unknown[]) {
  const row: Record<string, unknown> = {};
  for (const [index, { name }] of fields.entries()) row[name] = cells[index];
  return row;
}

function toFieldDef(column: ColumnMetadata, oids: ReadonlyMap<string, number>): FieldDef {
  return {
    name: column.label ?? column.name ?? '',
    tableID: 0,
    columnID: 0,
    dataTypeID: oids.get(column.typeName ?? 'text') ?? 25,
    dataTypeSize: -1,
    dataTypeModifier: -1,
    format: 'text',
  };
}
