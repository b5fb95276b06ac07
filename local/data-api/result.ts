import type { ExecuteStatementRequest } from '@aws-sdk/client-rds-data';
import type { ClientBase } from 'pg';
import type { Catalogue, ColumnType } from './catalogue';
import { describeColumns } from './column-metadata';
import { type EncodedField, encodeField } from './encode-field';
import type { Switches } from './options';
import type { Column, RawResult } from './raw-query';
import { ServiceError, validationError } from './service-error';

/** "1 MiB" of "binary response data from the database", in the guide's page of limitations. */
const MAX_RESULT_BYTES = 1024 * 1024;

export interface ResultContext {
  client: ClientBase;
  catalogue: Catalogue;
  switches: Switches;
  request: ExecuteStatementRequest;
}

/** The answer to ExecuteStatement, as JSON text. */
export async function toResult({ columns, rows, affected }: RawResult, context: ResultContext): Promise<string> {
  const { client, catalogue, switches, request } = context;
  if (!columns) return JSON.stringify({ generatedFields: [], numberOfRecordsUpdated: affected });
  const types = await catalogue.describe(
    client,
    columns.map(({ dataTypeID }) => dataTypeID),
  );
  const settings = { switches, options: request.resultSetOptions ?? {} };
  const records = rows.map((row) => row.map((text, index) => encodeField(text, types[index] as ColumnType, settings)));
  assertFits(rows, types);
  const updated = `"numberOfRecordsUpdated":${switches.returningCount === 'affected' ? affected : 0}`;
  if (request.formatRecordsAs === 'JSON') {
    return `{"formattedRecords":${JSON.stringify(formatRecords(records, columns))},${updated}}`;
  }
  const metadata = request.includeResultMetadata ? await describeColumns(client, columns, types) : undefined;
  const end = metadata ? `,"columnMetadata":${JSON.stringify(metadata)}}` : '}';
  return `{${updated},"records":[${records.map(toRecord).join(',')}]${end}`;
}

function toRecord(fields: EncodedField[]) {
  return `[${fields.map(({ member, json }) => `{"${member}":${json}}`).join(',')}]`;
}

/** A row counts 2 bytes, a value 4 and its own length, the formula that sbalmt/ez4 calibrated. */
function assertFits(rows: RawResult['rows'], types: ColumnType[]) {
  let bytes = 0;
  for (const row of rows) {
    bytes += 2 + 4 * row.length;
    for (const [index, text] of row.entries()) if (text !== null) bytes += sizeOf(text, types[index]);
  }
  if (bytes <= MAX_RESULT_BYTES) return;
  throw new ServiceError('UnsupportedResultException', 'The result exceeds the size limit 1 MB');
}

function sizeOf(text: string, type: ColumnType | undefined) {
  if (type?.row?.encoding === 'blob') return (text.length - 2) / 2;
  return (type?.isArray ? undefined : type?.row?.bytes) ?? Buffer.byteLength(text);
}

/** "Processing query results in JSON format": labels are the keys, and two that are equal are an error. */
function formatRecords(records: EncodedField[][], columns: readonly Column[]) {
  const labels = columns.map(({ name }) => name);
  const repeated = labels.find((label, index) => labels.indexOf(label) !== index);
  if (repeated !== undefined) throw validationError(`The result has more than one column named ${repeated}.`);
  const toPair = (field: EncodedField, index: number) => `${JSON.stringify(labels[index])}:${toPlain(field)}`;
  return `[${records.map((fields) => `{${fields.map(toPair).join(',')}}`).join(',')}]`;
}

function toPlain({ member, json }: EncodedField) {
  if (member === 'isNull') return 'null';
  return member === 'arrayValue' ? json.slice(json.indexOf('['), -1) : json;
}
