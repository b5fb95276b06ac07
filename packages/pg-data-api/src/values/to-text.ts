import { DatabaseError } from '../errors/database-error';
import type { Bound } from '../sql/compile';

interface CustomValue {
  toPostgres(prepare: (value: unknown) => unknown): unknown;
}

/** A JavaScript value as pg would send it: dates in local time with an offset, arrays in braces, objects as JSON. */
export function toBound(value: unknown): Bound {
  const bound = prepare(value, []);
  if (typeof bound === 'string' && bound.includes('\0')) {
    throw new DatabaseError('invalid byte sequence for encoding "UTF8": 0x00', { code: '22021' });
  }
  return bound;
}

function prepare(value: unknown, seen: unknown[]): Bound {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object') return String(value);
  if (ArrayBuffer.isView(value)) return toBytes(value);
  if (value instanceof Date) return toTimestamp(value);
  if (Array.isArray(value)) return toArray(value);
  if (isCustom(value)) return prepareCustom(value, seen);
  return JSON.stringify(value);
}

function isCustom(value: object): value is CustomValue {
  return 'toPostgres' in value && typeof value.toPostgres === 'function';
}

function prepareCustom(value: CustomValue, seen: unknown[]) {
  if (seen.includes(value)) {
    throw new Error(`circular reference detected while preparing "${value}" for query`);
  }
  return prepare(
    value.toPostgres((inner) => prepare(inner, [])),
    [...seen, value],
  );
}

function toBytes({ buffer, byteOffset, byteLength }: ArrayBufferView) {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function toArray(items: unknown[]): string {
  return `{${items.map(toElement).join(',')}}`;
}

function toElement(item: unknown) {
  if (item === null || item === undefined) return 'NULL';
  if (Array.isArray(item)) return toArray(item);
  const text = prepare(item, []);
  if (text === null) return 'NULL';
  if (typeof text !== 'string') return `\\\\x${Buffer.from(text).toString('hex')}`;
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function toTimestamp(date: Date) {
  const year = date.getFullYear();
  const pad = (number: number, digits = 2) => String(number).padStart(digits, '0');
  const day = `${pad(year < 1 ? 1 - year : year, 4)}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  const time = `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
  const offset = Math.abs(date.getTimezoneOffset());
  const zone = `${date.getTimezoneOffset() > 0 ? '-' : '+'}${pad(Math.floor(offset / 60))}:${pad(offset % 60)}`;
  return `${day}T${time}.${pad(date.getMilliseconds(), 3)}${zone}${year < 1 ? ' BC' : ''}`;
}
