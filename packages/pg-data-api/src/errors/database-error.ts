/** What PostgreSQL tells about an error beside its message; the names are pg's. */
export interface DatabaseErrorFields {
  /** SQLSTATE, five characters. */
  code?: string | undefined;
  severity?: string | undefined;
  detail?: string | undefined;
  hint?: string | undefined;
  /** Where in the text of the query, in characters from 1, as a string. */
  position?: string | undefined;
  where?: string | undefined;
  schema?: string | undefined;
  table?: string | undefined;
  column?: string | undefined;
  constraint?: string | undefined;
  /** The error of the AWS SDK this one stands for. */
  cause?: unknown;
}

/**
 * An error of the database or of the service, in the shape of pg's class of the same name.
 *
 * @example
 * ```ts
 * try {
 *   await client.query('INSERT INTO users (email) VALUES ($1)', ['a@example.com']);
 * } catch (error) {
 *   if (error instanceof DatabaseError && error.code === '23505') console.log(error.constraint);
 * }
 * ```
 */
export class DatabaseError extends Error {
  override readonly name = 'error';
  code: string | undefined;
  severity: string | undefined;
  detail: string | undefined;
  hint: string | undefined;
  position: string | undefined;
  where: string | undefined;
  schema: string | undefined;
  table: string | undefined;
  column: string | undefined;
  constraint: string | undefined;

  constructor(message: string, { cause, ...fields }: DatabaseErrorFields = {}) {
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, { severity: 'ERROR', ...fields });
  }
}
