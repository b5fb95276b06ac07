import { types } from 'node:util';
import { DatabaseUnavailableError, HttpError } from '../errors';

/** Whatever was thrown, as what the client may see; what is not known becomes `internal-error`. */
export function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (isDatabaseUnavailable(error)) return new DatabaseUnavailableError({ cause: error });
  return new HttpError('internal-error', 'The failure is in the log under the request id.', { cause: error });
}

const sequelizeName = /^Sequelize(Connection\w*|HostNot\w+|AccessDenied|InvalidConnection)Error$/;

/**
 * SQLSTATE class 08 connection exception, 53 insufficient resources, 57P01 to 57P03 the server is shutting
 * down or starting, 57014 the statement ran into its timeout, 55P03 or it waited too long for a lock, 25006 the server is a
 * read-only standby.
 *
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const sqlState = /^(08...|53...|57P0[1-3]|57014|55P03|25006)$/;
/** What the AWS SDK calls a call that took too long. */
const sdkName = /^TimeoutError$/;
const socketCode = /^(ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
const pgMessage =
  /^(Connection terminated|Query read timeout|Client has encountered a connection error|timeout exceeded)/;

function isDatabaseUnavailable(error: unknown): boolean {
  if (!types.isNativeError(error)) return false;
  const { code } = error as { code?: unknown };
  return (
    sequelizeName.test(error.name) ||
    sdkName.test(error.name) ||
    (typeof code === 'string' && (sqlState.test(code) || socketCode.test(code))) ||
    pgMessage.test(error.message) ||
    isDatabaseUnavailable('original' in error ? error.original : error.cause)
  );
}
