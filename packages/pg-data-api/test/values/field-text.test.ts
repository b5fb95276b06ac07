import type { Field } from '@aws-sdk/client-rds-data';
import { fieldText } from '../../src/values/field-text';

test.each<[string, Field, string | null]>([
  ['int8', { stringValue: '9007199254740993' } as Field, '9007199254740993'],
  ['int4', { longValue: 5 } as Field, '5'],
  ['int4', { isNull: true } as Field, null],
  ['bool', { booleanValue: true } as Field, 't'],
  ['bytea', { blobValue: Buffer.from('hi') } as Field, '\\x6869'],
  ['timestamptz', { stringValue: '2024-01-15 03:34:56' } as Field, '2024-01-15 03:34:56+00'],
  ['timestamptz', { stringValue: '2024-01-15 03:34:56.120' } as Field, '2024-01-15 03:34:56.12+00'],
  ['timestamp', { stringValue: '2024-01-15 03:34:56.000100' } as Field, '2024-01-15 03:34:56.0001'],
  ['date', { stringValue: '-0043-03-15' } as Field, '0044-03-15 BC'],
  ['time', { stringValue: '10:30:00.500' } as Field, '10:30:00.5'],
  ['float8', { doubleValue: 1e16 } as Field, '1e+16'],
  ['float8', { doubleValue: 0.00001 } as Field, '1e-05'],
  ['float8', { doubleValue: -120.5 } as Field, '-120.5'],
  ['float8', { doubleValue: 100 } as Field, '100'],
  ['float4', { doubleValue: 0.10000000149011612 } as Field, '0.1'],
  ['_int4', { arrayValue: { longValues: [1, null, 3] } } as unknown as Field, '{1,NULL,3}'],
  ['_text', { arrayValue: { stringValues: ['a,b', 'null', '', '\\"'] } } as Field, '{"a,b","null","","\\\\\\""}'],
  ['_timestamptz', { arrayValue: { stringValues: ['2024-01-15 03:34:56'] } } as Field, '{"2024-01-15 03:34:56+00"}'],
  ['_text', { arrayValue: {} } as Field, '{}'],
])('%s %j is what PostgreSQL writes', (typeName, field, text) => {
  expect(fieldText(field, typeName)).toBe(text);
});
