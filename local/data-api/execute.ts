import type { BatchExecuteStatementRequest, ExecuteStatementRequest } from '@aws-sdk/client-rds-data';
import { DatabaseError } from 'pg';
import { statementTimeout, toServiceError } from './database-error';
import type { Settings } from './options';
import { toResult } from './result';
import type { Service } from './service';
import { validationError } from './service-error';
import type { Session } from './sessions';
import { prepareStatement, runStatement, type Statement } from './statement';

type Request = Pick<ExecuteStatementRequest, 'resourceArn' | 'database' | 'transactionId'>;

export async function execute(service: Service, request: ExecuteStatementRequest): Promise<string> {
  const { settings } = service;
  const statement = prepareStatement(request.sql as string, request.parameters ?? [], settings.switches);
  const answer = withSession(service, request, async (session) => {
    const { client, catalogue } = session;
    const result = await runTimed(session, statement, request, settings);
    return toResult(result, { client, catalogue, request, switches: settings.switches });
  });
  return request.continueAfterTimeout ? within(settings, answer) : answer;
}

/** With RETURNING, its rows are lost: updateResults is all there is (paws-r/paws#921). */
export async function executeBatch(service: Service, request: BatchExecuteStatementRequest): Promise<string> {
  const { settings } = service;
  const sets: readonly unknown[] = request.parameterSets ?? [];
  if (!sets.every(Array.isArray)) throw validationError('A parameter set is not a list.');
  const statements = sets.map((set) => prepareStatement(request.sql as string, set, settings.switches));
  // aws-sdk-js#2775: without parameter sets nothing is run.
  if (statements.length === 0) return JSON.stringify({ updateResults: [] });
  const isWrapped = settings.switches.batchIsAtomic && typeof request.transactionId !== 'string';
  await withSession(service, request, async ({ client }) => {
    if (isWrapped) await client.query('BEGIN');
    for (const statement of statements) await runStatement(client, statement);
    if (isWrapped) await client.query('COMMIT');
  });
  return JSON.stringify({ updateResults: statements.map(() => ({ generatedFields: [] })) });
}

/** Lends the transaction's backend, or a fresh one that is given back. */
async function withSession<T>(service: Service, request: Request, run: (session: Session) => Promise<T>): Promise<T> {
  const { resourceArn, database, transactionId } = request;
  const runAndBlame = async (session: Session) => {
    try {
      return await run(session);
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      throw toServiceError(error, service.settings.switches.detail, session.backendId);
    }
  };
  if (typeof transactionId === 'string') {
    const use = { transactionId, resourceArn: resourceArn as string, database };
    return service.transactions.use(use, runAndBlame);
  }
  const session = await service.sessions.open(database);
  try {
    return await runAndBlame(session);
  } finally {
    session.release();
  }
}

/** The session's own limit is 45 s; with continueAfterTimeout it has none, which sbalmt/ez4 read from SHOW. */
async function runTimed(
  { client }: Session,
  statement: Statement,
  request: ExecuteStatementRequest,
  settings: Settings,
) {
  if (!request.continueAfterTimeout) return runStatement(client, statement);
  await client.query('SET statement_timeout TO 0');
  const result = await runStatement(client, statement);
  await client.query(`SET statement_timeout TO ${settings.statementTimeoutMs}`);
  return result;
}

/** The call times out and the statement goes on. */
function within<T>({ clock, statementTimeoutMs }: Settings, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.schedule(() => reject(statementTimeout()), statementTimeoutMs);
    answer.then(resolve, reject).finally(cancel);
  });
}
