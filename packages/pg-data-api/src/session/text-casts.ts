import type { ColumnMetadata } from '@aws-sdk/client-rds-data';

/** The columns of a statement and the statement around it that reads them as text. */
export interface Shape {
  columns: ColumnMetadata[];
  wrap(sql: string): string;
}

const READABLE = /^(bool|int[248]|(small|big)?serial|oid|numeric|text|varchar|bpchar|name|uuid|bytea)$/;

/** Casts every column that is not sure to come back as PostgreSQL would write it. */
export function castAll({ typeName = '' }: ColumnMetadata) {
  return !READABLE.test(typeName);
}

export function toShape(columns: ColumnMetadata[], isCast: (column: ColumnMetadata) => boolean): Shape {
  const names = columns.map((_, index) => `c${index + 1}`);
  const list = columns.map((column, index) => `c${index + 1}${isCast(column) ? '::text' : ''}`);
  return {
    columns,
    wrap: (sql) => `WITH q(${names.join(',')}) AS (${sql}) SELECT ${list.join(',')} FROM q`,
  };
}
