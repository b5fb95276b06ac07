/** A table to look up names in that come from outside: an object would know `constructor` as well. */
export function toTable<Row>(rows: Readonly<Record<string, Row>>): ReadonlyMap<string, Row> {
  return new Map(Object.entries(rows));
}
