import { type Problem, type ProblemCode, problems } from '../../shared/contract/problem';

/** A request that the gateway answers itself, without the function's answer. */
export class GatewayError extends Error {
  readonly code: ProblemCode;
  readonly headers: Record<string, string>;

  constructor(code: ProblemCode, detail: string, headers: Record<string, string> = {}) {
    super(detail);
    this.name = 'GatewayError';
    this.code = code;
    this.headers = headers;
  }
}

export function createProblem(code: ProblemCode, detail: string, requestId: string) {
  const { status, title } = problems[code];
  const body: Problem = { type: `urn:inkwell:problem:${code}`, title, status, detail, code, requestId };
  return { status, contentType: 'application/problem+json', body: JSON.stringify(body) };
}
