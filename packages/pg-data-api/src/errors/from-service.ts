import type { Compiled } from '../sql/compile';
import { DatabaseError, type DatabaseErrorFields } from './database-error';
import { namesIn, parseMessage } from './parse-message';

export interface ServiceError extends Error {
  $metadata?: { httpStatusCode?: number };
  code?: string;
}

/** What was sent, and the text of the caller that it was made of. */
export interface Sent {
  compiled: Pick<Compiled, 'sql' | 'toSourceOffset' | 'isValue'>;
  source: string;
}

/** How an error of the service is to be treated. */
export type Outcome = 'not-run' | 'unknown' | 'unsupported-result' | 'transaction-lost' | 'failed';

const OUTCOME_BY_NAME: Record<string, Outcome> = {
  DatabaseResumingException: 'not-run',
  ThrottlingException: 'not-run',
  TooManyRequestsException: 'not-run',
  UnsupportedResultException: 'unsupported-result',
  TransactionNotFoundException: 'transaction-lost',
  NotFoundException: 'transaction-lost',
  DatabaseUnavailableException: 'unknown',
  ServiceUnavailableError: 'unknown',
  InternalServerErrorException: 'unknown',
  InternalFailure: 'unknown',
};

/** Tells whether a statement may have run, from the error its call ended with. */
export function outcomeOf(error: ServiceError): Outcome {
  const known = OUTCOME_BY_NAME[error.name];
  if (known) return known;
  if (/^Transaction \S+ is not found/i.test(error.message)) return 'transaction-lost';
  const status = error.$metadata?.httpStatusCode;
  return status === undefined || status >= 500 ? 'unknown' : 'failed';
}

const CODE_BY_NAME: Record<string, string> = {
  StatementTimeoutException: '57014',
  TransactionNotFoundException: '25P01',
  NotFoundException: '25P01',
  DatabaseResumingException: '57P03',
  DatabaseUnavailableException: '57P03',
  ServiceUnavailableError: '57P03',
  InternalServerErrorException: 'XX000',
  InternalFailure: 'XX000',
  ThrottlingException: '53300',
  TooManyRequestsException: '53300',
  UnsupportedResultException: '0A000',
  ValidationException: '0A000',
  AccessDeniedException: '28000',
  ForbiddenException: '28000',
  InvalidSecretException: '28000',
  SecretsErrorException: '28000',
  HttpEndpointNotEnabledException: '3D000',
  DatabaseNotFoundException: '3D000',
};

/** The error pg would have thrown; the one of the SDK is its `cause`. Socket errors keep their own code. */
export function fromService(error: ServiceError, sent?: Sent): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const { message, ...fields } = parseMessage(error.message);
  const code = fields.code ?? codeOf(error);
  const names = namesIn(message, code);
  const position = sent && fields.position ? toSource(sent, Number(fields.position), code) : fields.position;
  const detail = fields.detail ?? (code === '23P01' ? '' : undefined);
  const hint = fields.hint ?? hintOf(error);
  return new DatabaseError(message, definedOf({ ...fields, ...names, code, position, detail, hint, cause: error }));
}

function codeOf(error: ServiceError) {
  if (error.message === 'Transaction is still running a query') return '55006';
  if (/canceling statement due to statement timeout/.test(error.message)) return '57014';
  if (outcomeOf(error) === 'transaction-lost') return '25P01';
  if (SIZE_LIMIT.test(error.message)) return '54000';
  return CODE_BY_NAME[error.name] ?? error.code ?? wrappedCode(error) ?? 'XX000';
}

/** The SDK wraps what another realm threw, as under Jest, and keeps of it only the text. */
function wrappedCode({ message }: ServiceError) {
  return /^AWS SDK error wrapper for .*\b(ECONN[A-Z]+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)\b/.exec(message)?.[1];
}

function definedOf(fields: DatabaseErrorFields): DatabaseErrorFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** PostgreSQL counts characters from 1, JavaScript UTF-16 units from 0. A bad value has no position: pg sends it apart. */
function toSource({ compiled, source }: Sent, position: number, code: string | undefined) {
  const offset = [...compiled.sql].slice(0, position - 1).join('').length;
  if (code?.startsWith('22') && compiled.isValue(offset)) return undefined;
  return String([...source.slice(0, compiled.toSourceOffset(offset))].length + 1);
}

const SIZE_LIMIT = /size limit/;

function hintOf({ name, message }: ServiceError) {
  if (SIZE_LIMIT.test(message))
    return 'The Data API returns at most 1 MiB per statement: read in pages with LIMIT, or fewer columns.';
  if (name === 'UnsupportedResultException')
    return 'Cast the column to text; a statement that writes is not sent again.';
  if (name === 'StatementTimeoutException')
    return 'The Data API ends a statement after 45 seconds; it may have run. See continueAfterTimeout.';
  return undefined;
}
