export type EmbeddedDatabaseErrorCode =
  | 'PORT_IN_USE'
  | 'PORT_UNAVAILABLE'
  | 'DATA_FOLDER_NOT_A_FOLDER'
  | 'DATA_FOLDER_NOT_WRITABLE'
  | 'DATA_FOLDER_NOT_A_CLUSTER'
  | 'DATA_FOLDER_OTHER_VERSION'
  | 'DATA_FOLDER_BROKEN'
  | 'DATA_FOLDER_IN_USE'
  | 'DATABASE_FAILED';

/** The embedded PostgreSQL cannot start, or has stopped. The message is one line for the person at the terminal. */
export class EmbeddedDatabaseError extends Error {
  override readonly name = 'EmbeddedDatabaseError';
  readonly code: EmbeddedDatabaseErrorCode;

  constructor(code: EmbeddedDatabaseErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
