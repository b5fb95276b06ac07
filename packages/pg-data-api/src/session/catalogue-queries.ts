import type { ColumnMetadata } from '@aws-sdk/client-rds-data';
import { lex } from '../sql/lex';
import type { Statement } from '../sql/split';

interface Rewrite {
  /** A piece of the query, as Sequelize 6 writes it. */
  find: string;
  replace: string;
  /** The column it is for, and the type that the column has without the cast. */
  label: string;
  typeName: string;
}

// The service refuses "char" and int2vector, and may refuse name[]; each reads well as text.
const REWRITES: Rewrite[] = [
  {
    find: 'pg_type.typtype, pg_type.oid',
    replace: 'pg_type.typtype::text, pg_type.oid',
    label: 'typtype',
    typeName: 'char',
  },
  { find: 'ix.indkey AS indkey', replace: 'ix.indkey::text AS indkey', label: 'indkey', typeName: 'int2vector' },
  {
    find: 'array_agg(a.attname) AS column_names',
    replace: 'array_agg(a.attname)::text AS column_names',
    label: 'column_names',
    typeName: '_name',
  },
  {
    find: 'array_agg(e.enumlabel ORDER BY enumsortorder) enum_value',
    replace: 'array_agg(e.enumlabel ORDER BY enumsortorder)::text enum_value',
    label: 'enum_value',
    typeName: '_name',
  },
  {
    find: '(SELECT array_agg(e.enumlabel) FROM',
    replace: '(SELECT array_agg(e.enumlabel)::text FROM',
    label: 'special',
    typeName: '_name',
  },
];

/** Sequelize's own queries of the catalogue, with casts where the service needs them, so that they cost one call. */
export function rewriteCatalogueQuery({ source, tokens }: Statement) {
  const text = /\bpg_(type|index)\b/.test(source) ? tokens.map(({ text }) => text).join('') : '';
  const applied = REWRITES.filter(({ find }) => text.includes(find));
  if (applied.length === 0) return undefined;
  const rewritten = applied.reduce((sql, { find, replace }) => sql.replace(find, replace), text);
  return {
    statement: { source, tokens: lex(rewritten) },
    retype: (columns: ColumnMetadata[]) => columns.map((column) => retype(column, applied)),
  };
}

function retype(column: ColumnMetadata, applied: Rewrite[]): ColumnMetadata {
  const rewrite = applied.find(({ label }) => label === (column.label ?? column.name));
  return rewrite ? { ...column, typeName: rewrite.typeName } : column;
}
