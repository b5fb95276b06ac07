import {
  col,
  DatabaseError,
  type FindOptions,
  fn,
  type Model,
  type ModelStatic,
  Op,
  type WhereOptions,
  where,
} from 'sequelize';
import { decodeCursor, encodeCursor, invalidCursor, type Position } from './cursor';

export interface PageQuery<Sort extends string> {
  sort: Sort | `-${Sort}`;
  limit: number;
  cursor?: string | undefined;
  count?: boolean | undefined;
}

export interface Page<M> {
  rows: M[];
  nextCursor: string | null;
  total?: number;
}

type Row = Model & { id: number };

/**
 * One page by keyset: the rows after the cursor in a total order, the id breaking ties, so that a page costs the
 * same wherever it is and rows that come and go move no others.
 *
 * @param scope names the list and its filters: a cursor of another list is refused
 */
export async function findPage<M extends Row, Sort extends string & keyof M>(
  model: ModelStatic<M>,
  filters: WhereOptions,
  { sort, limit, cursor, count }: PageQuery<Sort>,
  scope: object,
): Promise<Page<M>> {
  const isDescending = sort.startsWith('-');
  const key = sort.replace('-', '') as Sort;
  const cursorScope = JSON.stringify([model.name, sort, scope]);
  const after = cursor === undefined ? {} : comesAfter(model, key, isDescending, readCursor(cursor, cursorScope, key));
  const direction = isDescending ? 'DESC' : 'ASC';
  const order = [
    [key, direction],
    ['id', direction],
  ];
  const find = (count: number) =>
    model.findAll({ where: { [Op.and]: [filters, after] }, order, limit: count } as FindOptions);
  const { rows, size } = await findAsManyAsFit(find, limit);
  const items = rows.slice(0, size);
  const last = rows.length > size ? items.at(-1) : undefined;
  const nextCursor = last ? encodeCursor({ value: toText(last[key]), id: last.id }, cursorScope) : null;
  return { rows: items, nextCursor, ...(count && { total: await model.count<M>({ where: filters } as object) }) };
}

/**
 * One row more than the page tells whether there is a next one. The Data API answers at most 1 MiB: where a page is
 * larger, half of it is a page too.
 */
async function findAsManyAsFit<M>(
  find: (count: number) => Promise<M[]>,
  size: number,
): Promise<{ rows: M[]; size: number }> {
  try {
    return { rows: await find(size + 1), size };
  } catch (error) {
    if (!isTooLarge(error) || size === 1) throw error;
    return findAsManyAsFit(find, Math.ceil(size / 2));
  }
}

function isTooLarge(error: unknown) {
  return error instanceof DatabaseError && 'code' in error.original && error.original.code === '54000';
}

function readCursor(cursor: string, scope: string, key: string) {
  const position = decodeCursor(cursor, scope);
  if (key === 'createdAt' && !isTimestamp(position.value)) throw invalidCursor();
  return position;
}

/** As `toText` writes one, in a year that PostgreSQL reads. */
function isTimestamp(text: string) {
  const time = new Date(text);
  return /^(?!0000)\d{4}-/.test(text) && !Number.isNaN(time.getTime()) && toText(time) === text;
}

/** A comparison of rows, which an index on `(key, id)` answers whole, however many rows share a key. */
function comesAfter(model: ModelStatic<Row>, key: string, isDescending: boolean, { value, id }: Position) {
  const column = (attribute: string) => col(`${model.name}.${model.getAttributes()[attribute]?.field ?? attribute}`);
  const operator = isDescending ? Op.lt : Op.gt;
  return where(fn('ROW', column(key), column('id')), { [operator]: fn('ROW', value, id) });
}

function toText(value: unknown) {
  return value instanceof Date ? value.toISOString() : String(value);
}
