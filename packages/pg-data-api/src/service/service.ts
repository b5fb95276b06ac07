import {
  BeginTransactionCommand,
  CommitTransactionCommand,
  ExecuteStatementCommand,
  type ExecuteStatementCommandOutput,
  RDSDataClient,
  RollbackTransactionCommand,
} from '@aws-sdk/client-rds-data';
import type { DataApiOptions } from '../options';
import type { Compiled } from '../sql/compile';
import { createRetry } from './retry';

/** One statement for one call. `isRepeatable` says that it writes nothing, so it may be sent again. */
export interface Execution {
  sql: string;
  blobs: Compiled['blobs'];
  transactionId: string | undefined;
  isRepeatable: boolean;
}

/** The operations of the Data API on one database, with the waits for a database that is not awake yet. */
export interface Service {
  execute(execution: Execution): Promise<ExecuteStatementCommandOutput>;
  begin(): Promise<string>;
  commit(transactionId: string): Promise<void>;
  rollback(transactionId: string): Promise<void>;
}

export function createService(options: DataApiOptions, database: string): Service {
  const client = options.client ?? createClient(options);
  const retry = createRetry(options, client);
  const { resourceArn, secretArn, continueAfterTimeout = false } = options;
  const cluster = { resourceArn, secretArn };
  return {
    execute({ sql, blobs, transactionId, isRepeatable }) {
      const command = new ExecuteStatementCommand({
        ...cluster,
        database,
        sql,
        ...(blobs.length > 0 && {
          parameters: blobs.map(({ name, value }) => ({ name, value: { blobValue: value } })),
        }),
        ...(transactionId && { transactionId }),
        ...(continueAfterTimeout && { continueAfterTimeout }),
        includeResultMetadata: true,
        resultSetOptions: { longReturnType: 'STRING', decimalReturnType: 'STRING' },
      });
      return retry(() => client.send(command), isRepeatable && !transactionId);
    },
    async begin() {
      const command = new BeginTransactionCommand({ ...cluster, database });
      const { transactionId } = await retry(() => client.send(command), true);
      return transactionId ?? '';
    },
    async commit(transactionId) {
      await retry(() => client.send(new CommitTransactionCommand({ ...cluster, transactionId })), false);
    },
    async rollback(transactionId) {
      await retry(() => client.send(new RollbackTransactionCommand({ ...cluster, transactionId })), false);
    },
  };
}

/** The SDK's own retries would send a write again whose outcome is unknown. */
function createClient({ requestTimeoutMs: requestTimeout }: DataApiOptions) {
  if (requestTimeout === undefined) return new RDSDataClient({ maxAttempts: 1 });
  const requestHandler = { connectionTimeout: requestTimeout, requestTimeout, throwOnRequestTimeout: true };
  return new RDSDataClient({ maxAttempts: 1, requestHandler });
}
