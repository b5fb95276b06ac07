import {
  BeginTransactionCommand,
  CommitTransactionCommand,
  ExecuteStatementCommand,
  type ExecuteStatementCommandInput,
  type RDSDataClient,
  RollbackTransactionCommand,
} from '@aws-sdk/client-rds-data';
import type { Probe, Step } from '../local/data-api/probe';

export interface Target {
  client: RDSDataClient;
  resourceArn: string;
  secretArn: string;
  database: string;
}

/** What a step was answered with. */
export interface Outcome {
  answer?: object;
  error?: string;
  message?: string;
}

/** The outcome of every step, in the order of the probe. */
export async function runProbe({ steps, parallel = [] }: Probe, target: Target): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let transactionId: string | undefined;
  for (const step of steps) {
    const outcome = await send(step, target, transactionId);
    outcomes.push(outcome);
    if (step.operation === 'begin') transactionId = (outcome.answer as { transactionId?: string }).transactionId;
  }
  outcomes.push(...(await Promise.all(parallel.map((step) => send(step, target, transactionId)))));
  if (parallel.length > 0) await send({ operation: 'rollback' }, target, transactionId);
  return outcomes;
}

async function send(step: Step, target: Target, transactionId: string | undefined): Promise<Outcome> {
  try {
    const { $metadata, ...answer } = await dispatch(step, target, transactionId);
    return { answer };
  } catch (error) {
    const { name, message } = error as Error;
    return { error: name, message };
  }
}

function dispatch({ operation, ...step }: Step, { client, ...target }: Target, transactionId: string | undefined) {
  const { resourceArn, secretArn } = target;
  if (operation === 'begin') return client.send(new BeginTransactionCommand(target));
  const ended = { resourceArn, secretArn, transactionId };
  if (operation === 'commit') return client.send(new CommitTransactionCommand(ended));
  if (operation === 'rollback') return client.send(new RollbackTransactionCommand(ended));
  const { sql, parameters, includeResultMetadata } = step;
  const input = { ...target, sql, parameters, includeResultMetadata, transactionId };
  return client.send(new ExecuteStatementCommand(input as ExecuteStatementCommandInput));
}
