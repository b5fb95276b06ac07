import type { Switches } from './options';
import type { Argument } from './parameters';
import { validationError } from './service-error';
import { toTable } from './table';

const TEXT_OID = 25;
const JSONB_OID = 3802;

interface Hint {
  oid: number;
  accepts(text: string): boolean;
}

/** "typeHint" in the operations reference: the types, and the one format that each takes. */
const HINTS = toTable<(digits: number) => Hint>({
  DATE: () => toHint(1082, /^\d{4}-\d\d-\d\d$/),
  TIME: (digits) => toHint(1083, new RegExp(`^\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,${digits}})?$`)),
  TIMESTAMP: (digits) => toHint(1114, new RegExp(`^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d{1,${digits}})?$`)),
  DECIMAL: () => toHint(1700, /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/),
  UUID: () => toHint(2950, /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i),
  JSON: () => ({ oid: 114, accepts: isJson }),
});

/** @throws {ServiceError} what the service says of a value that its hint does not fit is not known */
export function parseHinted(name: string, hint: string, { oid, value }: Argument, switches: Switches): Argument {
  const found = HINTS.get(hint)?.(switches.hintFractionDigits);
  if (!found) throw validationError(`Parameter ${name} has an unknown typeHint.`);
  if (oid !== TEXT_OID || typeof value !== 'string') {
    throw validationError(`Parameter ${name} has a typeHint, which needs a stringValue.`);
  }
  if (!found.accepts(value)) throw validationError(`Parameter ${name} is not a ${hint}.`);
  const isJsonb = hint === 'JSON' && switches.jsonHint === 'jsonb';
  return { oid: isJsonb ? JSONB_OID : found.oid, value };
}

function toHint(oid: number, pattern: RegExp): Hint {
  return { oid, accepts: (text) => pattern.test(text) };
}

function isJson(text: string) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
