import type { Field } from '@aws-sdk/client-rds-data';
import { quoteLiteral } from '../sql/literal';
import { OID_BY_TYPE_NAME } from '../values/type-oids';
import type { Send } from './run-statement';
import type { Shape } from './text-casts';

/** What the driver has learnt of one database; the clients of a module share it. */
export class Catalogue {
  readonly shapes = new Map<string, Shape>();
  private readonly oids = new Map(OID_BY_TYPE_NAME);
  private unreadable: Promise<Set<string>> | undefined;

  /** To be called when a definition may have changed. */
  forget() {
    this.shapes.clear();
    this.unreadable = undefined;
  }

  /** OIDs of types by name; those of enums and extensions are asked for once. */
  async oidsOf(names: string[], send: Send): Promise<Map<string, number>> {
    const unknown = names.filter((name) => !this.oids.has(name));
    if (unknown.length > 0) {
      const list = unknown.map(quoteLiteral).join(',');
      const sql = `SELECT typname::text, oid::text FROM pg_catalog.pg_type WHERE typname IN (${list})`;
      for (const name of unknown) this.oids.set(name, 25);
      const { records = [] } = await send({ sql, blobs: [] });
      for (const [name, oid] of records) this.oids.set(textOf(name), Number(textOf(oid)));
    }
    return this.oids;
  }

  /** Tells whether a table of this name has a column that the service may refuse to return. */
  async hasUnreadableColumns(table: string, send: Send) {
    this.unreadable ??= send({ sql: UNREADABLE_TABLES, blobs: [] }).then(
      ({ records = [] }) => new Set(records.map(([name]) => textOf(name))),
    );
    try {
      return (await this.unreadable).has(table);
    } catch (error) {
      this.unreadable = undefined;
      throw error;
    }
  }
}

function textOf(field: Field | undefined) {
  return field?.stringValue ?? '';
}

const READABLE =
  "'{bool,bytea,name,int8,int2,int4,text,oid,json,float4,float8,inet,cidr,bpchar,varchar,date,time,timestamp,timestamptz,numeric,uuid,jsonb}'";

const UNREADABLE_TABLES = `SELECT DISTINCT c.relname::text FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem AND t.typlen = -1
WHERE c.relkind IN ('r', 'p', 'v', 'f') AND a.attnum > 0 AND NOT a.attisdropped
AND n.nspname NOT IN ('pg_catalog', 'information_schema')
AND (a.attndims > 1 OR NOT (COALESCE(e.typname, t.typname) = ANY (${READABLE}) OR COALESCE(e.typtype, t.typtype) = 'e'))`;
