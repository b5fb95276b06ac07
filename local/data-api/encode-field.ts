import type { ResultSetOptions } from '@aws-sdk/client-rds-data';
import { parseArray } from './array-text';
import type { ColumnType } from './catalogue';
import { compactJson } from './compact-json';
import { toDate, toTime, toTimestamp, toUtcTimestamp } from './date-time';
import type { Switches } from './options';
import { ServiceError } from './service-error';
import type { Encoding } from './types';

/** The member of a Field, and its value as JSON text: a number of 64 bits would not survive being a number here. */
export interface EncodedField {
  member: 'isNull' | 'arrayValue' | ScalarMember;
  json: string;
}

type ScalarMember = 'booleanValue' | 'longValue' | 'doubleValue' | 'stringValue' | 'blobValue';
type Encode = (text: string, settings: EncodeSettings) => [ScalarMember, string];

export interface EncodeSettings {
  switches: Switches;
  options: ResultSetOptions;
}

const NULL: EncodedField = { member: 'isNull', json: 'true' };

export function encodeField(text: string | null, type: ColumnType, settings: EncodeSettings): EncodedField {
  if (!type.row) {
    const message = `The result contains the unsupported data type ${type.displayName}.`;
    throw new ServiceError('UnsupportedResultException', message);
  }
  if (text === null) return NULL;
  const encode = encoders[type.row.encoding];
  if (type.isArray) return encodeArray(parseArray(text), encode, settings);
  const [member, json] = encode(text, settings);
  return { member, json };
}

/** longReturnType is for columns of integers; their arrays stay longValues. */
function encodeArray(elements: (string | null)[], encode: Encode, { switches }: EncodeSettings): EncodedField {
  const encoded = elements.map((text) => (text === null ? undefined : encode(text, { switches, options: {} })));
  const member = encoded.find((element) => element)?.[0] ?? EMPTY_MEMBERS.get(encode) ?? 'stringValue';
  const json = encoded.map((element) => element?.[1] ?? 'null').join(',');
  return { member: 'arrayValue', json: `{"${member}s":[${json}]}` };
}

const asText: Encode = (text) => ['stringValue', JSON.stringify(text)];

const asDouble: Encode = (text, { switches }) => {
  if (/^-?\d/.test(text)) return ['doubleValue', /^-?\d+$/.test(text) ? `${text}.0` : text];
  if (switches.nonFiniteNumbers === 'failure') throw new ServiceError('InternalFailure');
  return ['doubleValue', JSON.stringify(text)];
};

const encoders: Record<Encoding, Encode> = {
  boolean: (text) => ['booleanValue', String(text === 't')],
  long: (text, { options }) =>
    options.longReturnType === 'STRING' ? ['stringValue', `"${text}"`] : ['longValue', text],
  float4(text, settings) {
    const isWidened = settings.switches.float4 === 'widened' && /^-?\d/.test(text);
    return asDouble(isWidened ? String(Math.fround(Number(text))) : text, settings);
  },
  double: asDouble,
  numeric: (text, settings) =>
    settings.options.decimalReturnType === 'DOUBLE_OR_LONG' ? asNumber(text, settings) : asText(text, settings),
  text: asText,
  date: (text, { switches }) => ['stringValue', `"${toDate(text, switches)}"`],
  time: (text) => ['stringValue', `"${toTime(text)}"`],
  timestamp: (text, { switches }) => ['stringValue', `"${toTimestamp(text, switches)}"`],
  timestamptz: (text, { switches }) => ['stringValue', `"${toUtcTimestamp(text, switches)}"`],
  json: (text) => ['stringValue', JSON.stringify(compactJson(text))],
  blob(text) {
    // A bytea_output of escape, which the service's binary format does not know.
    if (!text.startsWith('\\x')) throw new ServiceError('InternalFailure');
    return ['blobValue', `"${Buffer.from(text.slice(2), 'hex').toString('base64')}"`];
  },
};

const EMPTY_MEMBERS = new Map<Encode, ScalarMember>([
  [encoders.boolean, 'booleanValue'],
  [encoders.long, 'longValue'],
  [encoders.float4, 'doubleValue'],
  [encoders.double, 'doubleValue'],
]);

/** "DOUBLE_OR_LONG": a long if the scale is 0, else a double. */
function asNumber(text: string, settings: EncodeSettings): [ScalarMember, string] {
  const fits = /^-?\d+$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
  return fits ? ['longValue', text] : asDouble(/^-?\d/.test(text) ? String(Number(text)) : text, settings);
}
