import type { IncomingMessage } from 'node:http';
import { delegateToWhole } from './gateway/buffered-response';

/**
 * A web Request over node's. undici's costs more than the rest of a small answer, so it is made only for what is seldom
 * asked: method, url, headers and body are served without it.
 */
export function createRequest(incoming: IncomingMessage, url: string): Request {
  return new NodeRequest(incoming, url) as unknown as Request;
}

class NodeRequest {
  readonly url: string;
  readonly #incoming: IncomingMessage;
  #headers: Headers | undefined;
  #body: ReadableStream<Uint8Array> | null | undefined;
  #whole: Request | undefined;

  constructor(incoming: IncomingMessage, url: string) {
    this.#incoming = incoming;
    this.url = url;
  }

  get method() {
    return this.#incoming.method as string;
  }

  get headers() {
    if (!this.#headers) {
      this.#headers = new Headers();
      const { rawHeaders } = this.#incoming;
      for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
        this.#headers.append(rawHeaders[index] as string, rawHeaders[index + 1] as string);
      }
    }
    return this.#headers;
  }

  get body() {
    if (this.#body === undefined) this.#body = hasBody(this.#incoming) ? toStream(this.#incoming) : null;
    return this.#body;
  }

  get whole() {
    const { method, headers, body, url } = this;
    this.#whole ??= new Request(url, { method, headers, body, duplex: 'half' } as RequestInit);
    return this.#whole;
  }
}

delegateToWhole(NodeRequest.prototype, ['clone', 'signal']);
Object.setPrototypeOf(NodeRequest.prototype, Request.prototype);

function hasBody({ method, headers }: IncomingMessage) {
  if (method === 'GET' || method === 'HEAD') return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Cancelling it must leave the socket open for the answer, as `Readable.toWeb` would not. */
function toStream(incoming: IncomingMessage) {
  const chunks = incoming.iterator({ destroyOnReturn: false });
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await chunks.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
