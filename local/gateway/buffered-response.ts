/**
 * A Response whose content is already at hand. undici makes a stream of every body, which costs more than the rest of a
 * small answer, so the whole Response is made only when someone reads the body; a server writes `content`.
 */
export class BufferedResponse extends Response {
  readonly content: string | Buffer;
  #whole: Response | undefined;

  constructor(content: string | Buffer, init: { status: number; headers: [string, string][] }) {
    super(null, init);
    this.content = content;
  }

  get whole() {
    const { status, headers } = this;
    this.#whole ??= new Response(this.content as BodyInit, { status, headers });
    return this.#whole;
  }
}

delegateToWhole(BufferedResponse.prototype, ['body', 'clone']);

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
