import type { ArrayValue, Field } from '@aws-sdk/client-rds-data';

/** A field of the service in the text PostgreSQL itself would have sent for it, or null. */
export function fieldText(field: Field, typeName: string): string | null {
  const [member, value] = memberOf(field);
  if (member === 'isNull' || value === undefined) return null;
  if (member === 'arrayValue') return arrayText(value as ArrayValue, typeName.replace(/^_/, ''));
  return scalarText(value, typeName);
}

function memberOf(field: Field): [string, unknown] {
  const { $unknown, ...members } = field;
  return Object.entries(members).find(([, value]) => value !== undefined) ?? ['isNull', true];
}

function scalarText(value: unknown, typeName: string): string {
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  if (typeof value === 'number' && /^float/.test(typeName)) return floatText(value, typeName === 'float4');
  const text = String(value);
  return /^(timestamp|timestamptz|time|date)$/.test(typeName) ? temporalText(text, typeName) : text;
}

/** Fractions without trailing zeros, years before 1 AD as BC, times with zone in UTC: as PostgreSQL writes them. */
function temporalText(text: string, typeName: string) {
  const [, sign, year = '', rest = ''] = /^([+-]?)(\d{4,})(-.*)$/.exec(text) ?? [];
  const zone = typeName === 'timestamptz' && !/[+-]\d\d(:?\d\d)?$/.test(rest.slice(6)) ? '+00' : '';
  if (year === '') return trimFraction(text);
  const isBefore = sign === '-' || Number(year) === 0;
  const shown = isBefore ? String(Number(year) + 1).padStart(4, '0') : year;
  return `${shown}${trimFraction(rest)}${zone}${isBefore ? ' BC' : ''}`;
}

function trimFraction(text: string) {
  return text.replace(/(\.\d*?)0+(?!\d)/, '$1').replace(/\.(?!\d)/, '');
}

/** The shortest digits that read back as the same number, with an exponent where PostgreSQL writes one. */
function floatText(value: number, isSingle: boolean) {
  if (!Number.isFinite(value) || value === 0) return Object.is(value, -0) ? '-0' : String(value);
  const [digits = '', exponent = ''] = (isSingle ? shortestSingle(value) : value.toExponential()).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < (isSingle ? 6 : 15)) return plainText(digits, power);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

function shortestSingle(value: number) {
  for (let digits = 0; digits < 9; digits++) {
    const text = value.toExponential(digits);
    if (Math.fround(Number(text)) === Math.fround(value)) return text;
  }
  return value.toExponential();
}

function plainText(digits: string, power: number) {
  const sign = digits.startsWith('-') ? '-' : '';
  const figures = digits.replace(/[-.]/g, '');
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${figures}`;
  const whole = figures.slice(0, power + 1).padEnd(power + 1, '0');
  const fraction = figures.slice(power + 1);
  return fraction ? `${sign}${whole}.${fraction}` : `${sign}${whole}`;
}

function arrayText(array: ArrayValue, elementType: string): string {
  const { $unknown, ...members } = array;
  const [member, items = []] = Object.entries(members).find(([, list]) => list !== undefined) ?? [''];
  const texts = (items as unknown[]).map((item) => {
    if (item === null || item === undefined) return 'NULL';
    if (member === 'arrayValues') return arrayText(item as ArrayValue, elementType);
    return quoteElement(scalarText(item, elementType));
  });
  return `{${texts.join(elementType === 'box' ? ';' : ',')}}`;
}

function quoteElement(text: string) {
  const isPlain = text !== '' && !/[{},"\\\s]/.test(text) && !/^null$/i.test(text);
  return isPlain ? text : `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
