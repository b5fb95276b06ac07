import type { ExecuteStatementCommandOutput } from '@aws-sdk/client-rds-data';
import { fromService, type ServiceError } from '../errors/from-service';
import { commandOf } from '../sql/classify';
import { type Bound, type Compiled, compile } from '../sql/compile';
import type { Statement } from '../sql/split';
import { type Answer, toAnswer } from './answer';
import type { Catalogue } from './catalogue';
import { rewriteCatalogueQuery } from './catalogue-queries';
import { assertLength } from './limits';
import { returningQuery } from './returning';
import { castAll, type Shape, toShape } from './text-casts';

/** Sends a text to the service as it is. */
export type Send = (sent: Pick<Compiled, 'sql' | 'blobs'>) => Promise<ExecuteStatementCommandOutput>;

export interface Run {
  statement: Statement;
  values: Bound[] | undefined;
  send: Send;
  catalogue: Catalogue;
  /** It writes nothing: it may be sent again, with other types. */
  isRead: boolean;
}

/** Runs one statement; columns of types the service refuses are read as text. */
export async function runStatement(run: Run): Promise<Answer> {
  const rewritten = rewriteCatalogueQuery(run.statement);
  const { tokens } = rewritten?.statement ?? run.statement;
  const compiled = compile(tokens, run.values);
  try {
    const { output, shape } = await sendInShape(run, compiled);
    const answer = toAnswer(run.statement, output);
    const columns = shape ? shape.columns : (rewritten?.retype(answer.columns) ?? answer.columns);
    return { ...answer, columns, isText: shape !== undefined };
  } catch (error) {
    throw fromService(error as ServiceError, { compiled, source: run.statement.source });
  } finally {
    if (/^(CREATE|ALTER|DROP)$/.test(commandOf(run.statement.tokens))) run.catalogue.forget();
  }
}

async function sendInShape(run: Run, compiled: Compiled) {
  const shape = await findShape(run);
  if (shape) return { output: await run.send(inShape(shape, compiled)), shape };
  assertLength(compiled.sql);
  try {
    return { output: await run.send(compiled) };
  } catch (error) {
    if (!run.isRead || !isUnreadable(error as ServiceError)) throw error;
    return sendAsText(run, compiled, error as Error);
  }
}

/** `InternalFailure` is how the service answers an infinite date. */
function isUnreadable({ name, message }: ServiceError) {
  if (name === 'InternalFailure' || name === 'InternalServerErrorException') return true;
  return name === 'UnsupportedResultException' && !/size limit/.test(message);
}

async function sendAsText({ statement, send, catalogue }: Run, compiled: Compiled, failure: Error) {
  if (commandOf(statement.tokens) === 'SHOW') throw failure;
  const { columnMetadata = [] } = await send({ ...compiled, sql: `SELECT * FROM (${compiled.sql}) q WHERE false` });
  const shape = toShape(columnMetadata, castAll);
  const output = await send(inShape(shape, compiled));
  catalogue.shapes.set(statement.source, shape);
  return { output, shape };
}

function inShape({ wrap }: Shape, { sql, blobs }: Compiled) {
  assertLength(wrap(sql));
  return { sql: wrap(sql), blobs };
}

/** What is known beforehand of the columns: a query seen before, or a RETURNING from a table with such columns. */
async function findShape({ statement, send, catalogue, isRead }: Run): Promise<Shape | undefined> {
  if (isRead) return catalogue.shapes.get(statement.source);
  const returning = returningQuery(statement);
  if (!returning || !(await catalogue.hasUnreadableColumns(returning.table, send))) return undefined;
  const known = catalogue.shapes.get(returning.sql);
  if (known) return known;
  const { columnMetadata = [] } = await send({ sql: returning.sql, blobs: [] });
  const shape = toShape(columnMetadata, castAll);
  catalogue.shapes.set(returning.sql, shape);
  return shape;
}
