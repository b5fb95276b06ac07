import type { ClientBase } from 'pg';
import { runRaw } from './raw-query';
import { ENUM, REFUSED, TYPES, type TypeRow, toDisplayName, UNDOCUMENTED } from './types';

export interface ColumnType {
  /** In pg_type. */
  name: string;
  /** How the service encodes a value, or undefined when it does not. */
  row: TypeRow | undefined;
  isArray: boolean;
  displayName: string;
}

interface PgType {
  name: string;
  kind: string;
  baseOid: number;
}

const SELECT_TYPES = `
  SELECT oid::pg_catalog.text, typname::pg_catalog.text, typtype::pg_catalog.text, typbasetype::pg_catalog.text,
    typarray::pg_catalog.text
  FROM pg_catalog.pg_type`;

/** The types of one database, read when a column first has one that is not known. */
export class Catalogue {
  private readonly types = new Map<number, PgType>();
  private readonly elements = new Map<number, number>();
  private readonly acceptsUndocumented: boolean;

  constructor(undocumentedTypes: 'refused' | 'text') {
    this.acceptsUndocumented = undocumentedTypes === 'text';
  }

  /** @param client the one whose statement yielded the types, which may be of an open transaction */
  async describe(client: ClientBase, oids: readonly number[]): Promise<ColumnType[]> {
    if (oids.some((oid) => !this.types.has(oid))) await this.read(client);
    return oids.map((oid) => this.toColumnType(oid));
  }

  private async read(client: ClientBase) {
    const { rows } = await runRaw(client, SELECT_TYPES, []);
    for (const [oid, name, kind, baseOid, arrayOid] of rows) {
      this.types.set(Number(oid), { name: name ?? '', kind: kind ?? '', baseOid: Number(baseOid) });
      if (Number(arrayOid) > 0) this.elements.set(Number(arrayOid), Number(oid));
    }
  }

  private toColumnType(oid: number): ColumnType {
    const name = this.types.get(oid)?.name ?? 'unknown';
    const elementOid = this.elements.get(oid);
    const valueType = this.types.get(elementOid ?? oid);
    const isArray = elementOid !== undefined;
    const displayName = toDisplayName(valueType?.name ?? name) + (isArray ? '[]' : '');
    return { name, isArray, displayName, row: valueType && this.findRow(valueType, isArray) };
  }

  private findRow(type: PgType, isArray: boolean): TypeRow | undefined {
    const base = this.types.get(type.baseOid);
    if (base) return this.findRow(base, isArray);
    const row = type.kind === 'e' ? ENUM : TYPES.get(type.name);
    if (row && (isArray ? row.isElement : row.isScalar)) return row;
    if (!this.acceptsUndocumented || REFUSED.has(type.name) || type.kind === 'c') return undefined;
    return row ?? UNDOCUMENTED;
  }
}
