/** Names and HTTP codes: the error lists of the operations in the API Reference; the last three are in no model. */
const STATUSES = {
  AccessDeniedException: 403,
  BadRequestException: 400,
  DatabaseErrorException: 400,
  DatabaseNotFoundException: 404,
  DatabaseResumingException: 400,
  DatabaseUnavailableException: 504,
  ForbiddenException: 403,
  HttpEndpointNotEnabledException: 400,
  InternalServerErrorException: 500,
  InvalidResourceStateException: 400,
  InvalidSecretException: 400,
  NotFoundException: 404,
  SecretsErrorException: 400,
  ServiceUnavailableError: 503,
  StatementTimeoutException: 400,
  TransactionNotFoundException: 404,
  UnsupportedResultException: 400,
  InternalFailure: 500,
  RequestEntityTooLargeException: 413,
  ThrottlingException: 400,
  UnknownOperationException: 404,
  ValidationException: 400,
} as const;

export type ServiceErrorType = keyof typeof STATUSES;

/** What the service answers instead of a result. The ones with HTTP 500 and above have no message. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: ServiceErrorType;
  readonly members: object;

  constructor(code: ServiceErrorType, message?: string, members: object = {}) {
    super(message ?? '');
    this.code = code;
    this.members = message === undefined ? members : { ...members, message };
  }

  get status(): number {
    return STATUSES[this.code];
  }

  /** The name travels twice, as restJson1 allows both places and clients differ in where they look. */
  toResponse(requestId: string): Response {
    const body = JSON.stringify({ __type: this.code, ...this.members });
    const headers = { ...headersOf(body, requestId), 'x-amzn-errortype': this.code };
    return new Response(body, { status: this.status, headers });
  }
}

export function headersOf(body: string, requestId: string) {
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'x-amzn-requestid': requestId,
  };
}

export function validationError(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
