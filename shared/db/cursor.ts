import { createHash } from 'node:crypto';
import { ValidationError } from '../errors';

/** The sort value and the id of the last row seen. */
export interface Position {
  value: string;
  id: number;
}

/**
 * The position and a checksum over it and its scope. A cursor gives no right to anything, so the checksum has
 * no key: it tells a changed cursor, or one of another list, from a good one.
 */
export function encodeCursor(position: Position, scope: string): string {
  const text = JSON.stringify([position.value, position.id]);
  return `${Buffer.from(text).toString('base64url')}.${checksum(text, scope)}`;
}

/** @throws {ValidationError} */
export function decodeCursor(cursor: string, scope: string): Position {
  const [encoded = ''] = cursor.split('.');
  const text = Buffer.from(encoded, 'base64url').toString();
  if (cursor !== `${Buffer.from(text).toString('base64url')}.${checksum(text, scope)}`) throw invalidCursor();
  const [value, id] = parsePosition(text);
  if (typeof value !== 'string' || value.includes('\0') || !Number.isSafeInteger(id)) throw invalidCursor();
  return { value, id: Number(id) };
}

export function invalidCursor() {
  const message = 'is not a cursor of this list with this sort and these filters: use `nextCursor` as it is';
  return new ValidationError([{ pointer: '/query/cursor', message }]);
}

/** Anybody can make a checksum, so what is under it may be anything. */
function parsePosition(text: string): unknown[] {
  try {
    const position: unknown = JSON.parse(text);
    return Array.isArray(position) ? position : [];
  } catch {
    return [];
  }
}

function checksum(text: string, scope: string) {
  return createHash('sha256')
    .update(JSON.stringify([scope, text]))
    .digest('base64url')
    .slice(0, 16);
}
