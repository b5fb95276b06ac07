import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { operations } from '../../shared/contract';
import type { Operation } from '../../shared/contract/route';
import { openDatabase } from '../open-database';
import { setEnvironment } from '../set-environment';
import { readSettings } from '../settings';
import { runCommand, UsageError } from './run-command';

runCommand(async () => {
  const [operationId = '', file] = process.argv.slice(2);
  const operation = operations.find((candidate) => candidate.operationId === operationId);
  if (!operation) throw new UsageError(`There is no operation "${operationId}". npm run routes lists them.`);
  const event = { ...createEvent(operation), ...(file && (await readEvent(file))) };
  const settings = readSettings();
  const database = await openDatabase(settings);
  try {
    await setEnvironment({ databaseUrl: database.url, dataDir: settings.dataDir });
    const { handler } = await import(`../../${operation.entry}`);
    printResult(await handler(event));
    const { sequelize } = await import('../../shared/db');
    await sequelize.close();
  } finally {
    await database.close();
  }
});

/** Payload 1.0 without parameters or body; the file adds or replaces members. */
function createEvent({ method, path }: Operation) {
  return {
    resource: path,
    path,
    httpMethod: method,
    headers: { 'content-type': 'application/json' },
    multiValueHeaders: null,
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    body: null,
    isBase64Encoded: false,
    requestContext: { requestId: randomUUID(), path },
  };
}

async function readEvent(file: string): Promise<object> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`Cannot read the event in ${file}: ${(error as Error).message}`, { cause: error });
  }
}

function printResult({ body, ...result }: { body: string }) {
  console.log(JSON.stringify(result, null, 2));
  if (body) console.log(JSON.stringify(JSON.parse(body), null, 2));
}
