import type { ColumnMetadata, ExecuteStatementCommandOutput, Field } from '@aws-sdk/client-rds-data';
import { commandOf } from '../sql/classify';
import type { Statement } from '../sql/split';

/** What a statement came back with, before its values are parsed. */
export interface Answer {
  command: string | null;
  rowCount: number | null;
  columns: ColumnMetadata[];
  records: Field[][];
  /** Every column that is not of a plain type was read as text. */
  isText?: boolean;
}

export const COUNTED = /^(SELECT|INSERT|UPDATE|DELETE|MERGE|FETCH|MOVE)$/;

export function toAnswer(statement: Statement, output: ExecuteStatementCommandOutput): Answer {
  const { records, columnMetadata = [], numberOfRecordsUpdated = 0 } = output;
  const command = commandOf(statement.tokens);
  const rowCount = records ? records.length : numberOfRecordsUpdated;
  return {
    command,
    rowCount: COUNTED.test(command) ? rowCount : null,
    columns: columnMetadata,
    records: records ?? [],
  };
}

/** The answer of a statement that the driver itself has dealt with. */
export function emptyAnswer(command: string | null): Answer {
  return { command, rowCount: null, columns: [], records: [] };
}
