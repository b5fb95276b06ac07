import { GatewayError } from './problem';

/** Quota "Payload size": 10 MB. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** Reads the body once and stops at the limit; undefined when there is none. */
export async function readBody(request: Request, contentLength: string | undefined): Promise<Buffer | undefined> {
  if (contentLength && Number(contentLength) > MAX_BODY_BYTES) throw tooLarge();
  if (!request.body) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return size === 0 ? undefined : Buffer.concat(chunks, size);
}

function tooLarge() {
  return new GatewayError('payload-too-large', `The body is larger than ${MAX_BODY_BYTES} bytes.`);
}
