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
  if (cursor !== `${Buffer.from(text).toString('base64url')}.${checksum(text, scope)}`) {
    const message = 'is not a cursor of this list with this sort and these filters: use `nextCursor` as it is';
    throw new ValidationError([{ pointer: '/query/cursor', message }]);
  }
  const [value, id] = JSON.parse(text) as [string, number];
  return { value, id };
}

function checksum(text: string, scope: string) {
  return createHash('sha256')
    .update(JSON.stringify([scope, text]))
    .digest('base64url')
    .slice(0, 16);
}
