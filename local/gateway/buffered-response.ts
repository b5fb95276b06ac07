import { validateHeaderName, validateHeaderValue } from 'node:http';

export type HeaderLines = readonly (readonly [name: string, value: string])[];

/**
 * A Response whose content and headers are at hand. undici makes a stream of every body and a list of all headers, which
 * costs more than the rest of a small answer, so both are made only when someone asks; a server writes `content` and
 * `lines`.
 */
export class BufferedResponse extends Response {
  readonly content: string | Buffer;
  readonly #lines: HeaderLines;
  #headers: Headers | undefined;
  #whole: Response | undefined;

  constructor(content: string | Buffer, status: number, lines: HeaderLines) {
    super(null, { status });
    for (const [name, value] of lines) {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    }
    this.content = content;
    this.#lines = lines;
  }

  override get headers() {
    this.#headers ??= new Headers(this.#lines as [string, string][]);
    return this.#headers;
  }

  get lines(): HeaderLines {
    return this.#headers ? [...this.#headers] : this.#lines;
  }

  get whole() {
    const { status, headers } = this;
    this.#whole ??= new Response(isBodiless(status) ? null : (this.content as BodyInit), { status, headers });
    return this.#whole;
  }
}

delegateToWhole(BufferedResponse.prototype, ['body', 'clone']);

export function isBodiless(status: number) {
  return status === 204 || status === 205 || status === 304;
}

/** Reading a body and all that depends on it is answered by `whole`. */
export function delegateToWhole(prototype: { whole: object }, names: string[]) {
  for (const name of [...names, 'arrayBuffer', 'blob', 'bodyUsed', 'bytes', 'formData', 'json', 'text']) {
    Object.defineProperty(prototype, name, {
      get(this: { whole: object }) {
        const value: unknown = Reflect.get(this.whole, name);
        return typeof value === 'function' ? value.bind(this.whole) : value;
      },
    });
  }
}
