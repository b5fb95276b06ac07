import type { Switches } from './options';
import { ServiceError } from './service-error';

const OFFSET = /([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?$/;

/** A fraction of 3 or 6 digits, or none, as chrono prints it; seen in the tests of cloud-utils/aurora-data-api. */
export function toTime(text: string): string {
  return text.replace(/\.(\d+)$/, (_, digits: string) => `.${digits.padEnd(digits.length > 3 ? 6 : 3, '0')}`);
}

/** An infinity ends in InternalFailure, which drizzle-orm#5308 shows; so does here what a DateStyle other than ISO makes. */
export function toDate(text: string, switches: Switches): string {
  const isRefused = text.endsWith(' BC') && switches.datesBeforeChrist === 'failure';
  if (isRefused || !/^\d{4,}-\d\d-\d\d/.test(text)) throw new ServiceError('InternalFailure');
  return text;
}

export function toTimestamp(text: string, switches: Switches): string {
  const date = toDate(text, switches);
  const era = date.endsWith(' BC') ? ' BC' : '';
  return toTime(date.slice(0, date.length - era.length)) + era;
}

/** "Data API always returns … in UTC": in any session time zone, and without an offset. */
export function toUtcTimestamp(text: string, switches: Switches): string {
  const date = toDate(text, switches);
  const era = date.endsWith(' BC') ? ' BC' : '';
  const zoned = date.slice(0, date.length - era.length);
  const [offset = '', sign, hours, minutes = '0', seconds = '0'] = OFFSET.exec(zoned) ?? [];
  const local = zoned.slice(0, zoned.length - offset.length);
  const offsetSeconds = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  if (!offsetSeconds) return toTime(local) + era;
  if (era) throw new ServiceError('InternalFailure');
  return toTime(shift(local, sign === '+' ? -offsetSeconds : offsetSeconds));
}

function shift(local: string, seconds: number) {
  const [, year, month, day, hour, minute, second, fraction] =
    /^(\d+)-(\d+)-(\d+) (\d+):(\d+):(\d+)(\.\d+)?$/.exec(local) ?? [];
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute), Number(second) + seconds);
  const monthToSecond = date.toISOString().slice(-19, -5).replace('T', ' ');
  return `${String(date.getUTCFullYear()).padStart(4, '0')}-${monthToSecond}${fraction ?? ''}`;
}
