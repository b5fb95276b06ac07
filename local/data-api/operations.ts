import type {
  BatchExecuteStatementRequest,
  BeginTransactionRequest,
  CommitTransactionRequest,
  ExecuteStatementRequest,
} from '@aws-sdk/client-rds-data';
import { toServiceError } from './database-error';
import { execute, executeBatch } from './execute';
import type { Settings } from './options';
import type { Members } from './read-members';
import type { Service } from './service';
import { ServiceError } from './service-error';
import { toTable } from './table';

interface Operation {
  required: readonly string[];
  /** @returns the answer as JSON text */
  run(service: Service, members: Members): Promise<string>;
}

const ARNS = ['resourceArn', 'secretArn'];

/** By the path that each is sent to. ExecuteSql is not among them: version 2 does not support it. */
export const OPERATIONS = toTable<Operation>({
  Execute: {
    required: [...ARNS, 'sql'],
    run: (service, members) => execute(service, members as unknown as ExecuteStatementRequest),
  },
  BatchExecute: {
    required: [...ARNS, 'sql'],
    run: (service, members) => executeBatch(service, members as unknown as BatchExecuteStatementRequest),
  },
  BeginTransaction: {
    required: ARNS,
    run: (service, members) => begin(service, members as unknown as BeginTransactionRequest),
  },
  CommitTransaction: {
    required: [...ARNS, 'transactionId'],
    run: (service, members) => commit(service, members as unknown as CommitTransactionRequest),
  },
  RollbackTransaction: {
    required: [...ARNS, 'transactionId'],
    run: (service, members) => rollBack(service, members as unknown as CommitTransactionRequest),
  },
});

const ABORTED =
  'ERROR: current transaction is aborted, commands ignored until end of transaction block; SQLState: 25P02';

async function begin({ sessions, transactions }: Service, { resourceArn, database }: BeginTransactionRequest) {
  const session = await sessions.open(database);
  try {
    return JSON.stringify({ transactionId: await transactions.begin(session, resourceArn as string) });
  } catch (error) {
    session.release();
    throw error;
  }
}

async function commit({ transactions, settings }: Service, request: CommitTransactionRequest) {
  const isCommitted = await transactions.end(toUse(request), 'COMMIT');
  const { commitOfAborted } = settings.switches;
  if (isCommitted || commitOfAborted === 'committed') return toStatus('Transaction Committed');
  if (commitOfAborted === 'rolled-back') return toStatus('Rollback Complete');
  throw new ServiceError('DatabaseErrorException', ABORTED);
}

async function rollBack({ transactions }: Service, request: CommitTransactionRequest) {
  await transactions.end(toUse(request), 'ROLLBACK');
  return toStatus('Rollback Complete');
}

function toUse({ transactionId, resourceArn }: CommitTransactionRequest) {
  return { transactionId: transactionId as string, resourceArn: resourceArn as string };
}

function toStatus(transactionStatus: string) {
  return JSON.stringify({ transactionStatus });
}

/** What a failed call is answered with; the cause of an error without a message is told to `onError`. */
export function toAnswer(error: unknown, { switches, onError }: Settings): ServiceError {
  const answer = toServiceError(error, switches.detail);
  if (answer !== error && answer.status >= 500) onError(error);
  return answer;
}
