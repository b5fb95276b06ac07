import { type Problem, type ProblemCode, problems } from './contract/problem';

interface HttpErrorOptions {
  cause?: unknown;
  headers?: Record<string, string>;
  errors?: Problem['errors'];
}

/**
 * A failure that a client may see: `detail` is written for them and never holds SQL, a stack or a secret.
 *
 * @example throw new HttpError('email-taken', 'Another user has the e-mail address "john@example.com".', { cause })
 */
export class HttpError extends Error {
  override readonly name: string = 'HttpError';
  readonly code: ProblemCode;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly errors: Problem['errors'];

  constructor(code: ProblemCode, detail: string, { cause, headers = {}, errors }: HttpErrorOptions = {}) {
    super(detail, { cause });
    this.code = code;
    this.status = problems[code].status;
    this.headers = this.status === 401 ? { 'www-authenticate': 'Bearer', ...headers } : headers;
    this.errors = errors;
  }

  /** RFC 9457 */
  toProblem(requestId: string): Problem {
    return {
      type: `urn:inkwell:problem:${this.code}`,
      title: problems[this.code].title,
      status: this.status,
      detail: this.message,
      code: this.code,
      requestId,
      ...(this.errors && { errors: this.errors }),
    };
  }
}

export class ValidationError extends HttpError {
  override readonly name = 'ValidationError';

  constructor(errors: NonNullable<Problem['errors']>, options: { cause?: unknown } = {}) {
    const shown = errors.slice(0, 3).map(({ pointer, message }) => `${pointer} ${message}`);
    const rest = errors.length > shown.length ? [`and ${errors.length - shown.length} more`] : [];
    super('validation-failed', [...shown, ...rest].join('; '), { ...options, errors });
  }
}

export class UnauthenticatedError extends HttpError {
  override readonly name: string = 'UnauthenticatedError';

  /** RFC 6750 §3.1: an answer to a request without a token names no error. */
  constructor(detail: string, { isTokenGiven = true, cause }: { isTokenGiven?: boolean; cause?: unknown } = {}) {
    const headers = isTokenGiven ? { 'www-authenticate': 'Bearer error="invalid_token"' } : {};
    super('unauthenticated', detail, { cause, headers });
  }
}

export class SessionEndedError extends UnauthenticatedError {
  override readonly name = 'SessionEndedError';

  constructor(options: { cause?: unknown } = {}) {
    super('The session has ended. Log in again.', options);
  }
}

export class WrongCredentialsError extends HttpError {
  override readonly name = 'WrongCredentialsError';

  constructor(options: { cause?: unknown } = {}) {
    super('invalid-credentials', 'The e-mail address or the password is wrong.', options);
  }
}

export class NotFoundError extends HttpError {
  override readonly name = 'NotFoundError';

  constructor(what: string, id: number | string) {
    super('not-found', `There is no ${what} ${id}.`);
  }
}

export class EmailTakenError extends HttpError {
  override readonly name = 'EmailTakenError';

  constructor(email: string, options: { cause?: unknown } = {}) {
    super('email-taken', `Another user has the e-mail address "${email}".`, options);
  }
}

export class DatabaseUnavailableError extends HttpError {
  override readonly name = 'DatabaseUnavailableError';

  constructor(options: { cause?: unknown } = {}) {
    super('database-unavailable', 'The database does not answer. Try again in a few seconds.', {
      ...options,
      headers: { 'retry-after': '5' },
    });
  }
}
