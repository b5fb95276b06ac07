import type { Field, SqlParameter } from '@aws-sdk/client-rds-data';
import type { Switches } from './options';
import { validationError } from './service-error';
import { toTable } from './table';
import { parseHinted } from './type-hints';

/** Version 2 declares what a Field's member says, so `integer = text` fails as aurora-data-api-proxy recorded it. */
export const OIDS = { undeclared: 0, bool: 16, bytea: 17, int8: 20, text: 25, float8: 701 } as const;

/** A value as PostgreSQL's Bind takes it, with the type that Parse declares for it. */
export interface Argument {
  oid: number;
  /** A Buffer travels as binary. */
  value: string | Buffer | null;
}

/** The arguments by name. */
export function readParameters(parameters: readonly unknown[], switches: Switches): Map<string, Argument> {
  const read = new Map<string, Argument>();
  for (const parameter of parameters as SqlParameter[]) {
    const { name, value, typeHint } = parameter ?? {};
    if (typeof name !== 'string' || name === '') throw validationError('A parameter has no name.');
    if (read.has(name) && switches.unusedParameters === 'refused') {
      throw validationError(`There are two parameters named ${name}.`);
    }
    read.set(name, toArgument(name, value, typeHint, switches));
  }
  return read;
}

function toArgument(name: string, field: Field | undefined, hint: string | undefined, switches: Switches): Argument {
  const members = Object.entries(field ?? {}).filter(([, value]) => value !== null && value !== undefined);
  const [member, value] = members[0] ?? [];
  if (member === undefined || members.length > 1) throw validationError(`Parameter ${name} needs one value.`);
  // "Array parameters are not supported": the guide's page of limitations; the text is data-api-client's.
  if (member === 'arrayValue') throw validationError('Array parameters are not supported');
  if (member === 'isNull') return readNull(name, value);
  const read = readers.get(member);
  const argument = read?.(value);
  if (!argument) throw validationError(`Parameter ${name} has a value that is not a ${member}.`);
  return hint === undefined || hint === null ? argument : parseHinted(name, hint, argument, switches);
}

/** A null fits columns of every type (integration tests of data-api-client), so it is declared as none. */
function readNull(name: string, value: unknown): Argument {
  if (value !== true) throw validationError(`Parameter ${name} has isNull, which can only be true.`);
  return { oid: OIDS.undeclared, value: null };
}

const readers = toTable<(value: unknown) => Argument | undefined>({
  stringValue(value) {
    return typeof value === 'string' && value.isWellFormed() ? { oid: OIDS.text, value } : undefined;
  },
  longValue(value) {
    const isInteger = typeof value === 'number' ? Number.isSafeInteger(value) : /^-?\d{1,19}$/.test(String(value));
    const digits = isInteger ? BigInt(value as string) : undefined;
    const fits = digits !== undefined && BigInt.asIntN(64, digits) === digits;
    return fits ? { oid: OIDS.int8, value: String(digits) } : undefined;
  },
  doubleValue(value) {
    const isNumber = typeof value === 'number' || ['NaN', 'Infinity', '-Infinity'].includes(value as string);
    return isNumber ? { oid: OIDS.float8, value: Object.is(value, -0) ? '-0' : String(value) } : undefined;
  },
  booleanValue(value) {
    return typeof value === 'boolean' ? { oid: OIDS.bool, value: String(value) } : undefined;
  },
  blobValue(value) {
    const isBase64 = typeof value === 'string' && value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
    return isBase64 ? { oid: OIDS.bytea, value: Buffer.from(value, 'base64') } : undefined;
  },
});
