import { DatabaseError } from 'pg';
import { multistatements } from './multistatement';
import { CopyError } from './raw-query';
import { ServiceError } from './service-error';

const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT']);

/** What the service makes of an error of the database. */
export function toServiceError(error: unknown, withDetail: boolean, backendId?: number): ServiceError {
  if (error instanceof ServiceError) return error;
  if (error instanceof CopyError) return new ServiceError('DatabaseErrorException', error.message);
  if (error instanceof DatabaseError) return fromDatabase(error, withDetail, backendId);
  const isUnreachable = UNREACHABLE.has((error as NodeJS.ErrnoException).code ?? '');
  return new ServiceError(isUnreachable ? 'DatabaseUnavailableException' : 'InternalServerErrorException');
}

function fromDatabase(error: DatabaseError, withDetail: boolean, backendId: number | undefined) {
  if (error.code === '57014' && error.message.includes('statement timeout')) return statementTimeout(backendId);
  if (error.message === 'cannot insert multiple commands into a prepared statement') return multistatements();
  return new ServiceError('DatabaseErrorException', toText(error, withDetail));
}

/** sbalmt/ez4 has the text, the API Reference the member. */
export function statementTimeout(dbConnectionId = 0): ServiceError {
  const message = 'canceling statement due to statement timeout';
  return new ServiceError('StatementTimeoutException', message, { dbConnectionId });
}

/**
 * Texts captured live by aurora-data-api-proxy and cloud-utils/aurora-data-api#53: no DETAIL among them, although
 * PostgreSQL sends one with those errors. An unknown database is an ERROR there (aws-cli#8577), other logins are FATAL.
 */
function toText({ severity, message, detail, hint, position, code }: DatabaseError, withDetail: boolean) {
  const parts = [`${code === '3D000' ? 'ERROR' : (severity ?? 'ERROR')}: ${message}`];
  if (withDetail && detail) parts.push(`Detail: ${detail}`);
  if (hint) parts.push(`Hint: ${hint}`);
  if (position) parts.push(`Position: ${position}`);
  return [...parts, `SQLState: ${code}`].join('; ');
}
