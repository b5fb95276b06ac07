/** The frontend/backend protocol as bytes: https://www.postgresql.org/docs/current/protocol-message-formats.html */

/** PostgreSQL's own bound on one message is 1 GB; the embedded database refuses earlier. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/** Cuts a stream of chunks into whole messages. */
export class MessageReader {
  private chunks: Buffer[] = [];
  private size = 0;
  private needed = 0;

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
  }

  /** A startup packet: its length, then its content. Undefined until it is complete. */
  takeUntyped(): Buffer | undefined {
    return this.take(0);
  }

  /** Any later message: one byte of type, its length, its content. Undefined until it is complete. */
  takeTyped(): Buffer | undefined {
    return this.take(1);
  }

  private take(typeBytes: 0 | 1): Buffer | undefined {
    if (this.size < Math.max(this.needed, typeBytes + 4)) return undefined;
    const buffer = this.chunks.length === 1 ? (this.chunks[0] as Buffer) : Buffer.concat(this.chunks);
    const length = buffer.readInt32BE(typeBytes);
    if (length < 4 || length > MAX_MESSAGE_BYTES) throw new ProtocolError(`invalid message length ${length}`);
    const end = typeBytes + length;
    const isComplete = buffer.length >= end;
    const rest = isComplete ? buffer.subarray(end) : buffer;
    this.chunks = rest.length > 0 ? [rest] : [];
    this.size = rest.length;
    this.needed = isComplete ? 0 : end;
    return isComplete ? buffer.subarray(0, end) : undefined;
  }
}

export function typeOf(message: Buffer): string {
  return String.fromCharCode(message[0] as number);
}

export function readCString(buffer: Buffer, offset: number): string {
  const end = buffer.indexOf(0, offset);
  if (end < 0) throw new ProtocolError('a string is not terminated');
  return buffer.toString('utf8', offset, end);
}

export function toMessage(type: string, ...parts: (Buffer | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(`${part}\0`) : part)));
  const header = Buffer.alloc(5);
  header.write(type, 0, 'latin1');
  header.writeInt32BE(content.length + 4, 1);
  return Buffer.concat([header, content]);
}

export interface ErrorFields {
  severity: 'ERROR' | 'FATAL';
  sqlState: string;
  message: string;
  hint?: string;
}

export function toErrorResponse({ severity, sqlState, message, hint }: ErrorFields): Buffer {
  const fields = [`S${severity}`, `V${severity}`, `C${sqlState}`, `M${message}`, ...(hint ? [`H${hint}`] : [])];
  return toMessage('E', ...fields, Buffer.from([0]));
}

export const SYNC = toMessage('S');
const FLUSH = toMessage('H');
export const READY_FOR_QUERY_IDLE = toMessage('Z', Buffer.from('I'));

/** `hasBinaryFormat` is the overall format; the per-column formats are left out, as clients ignore them. */
export function toCopyInResponse(hasBinaryFormat: boolean): Buffer {
  return toMessage('G', Buffer.from([hasBinaryFormat ? 1 : 0, 0, 0]));
}

export function toQuery(sql: string): Buffer {
  return toMessage('Q', sql);
}

/** A Flush asks for answers without ending the round trip. */
export function endsWithFlush(messages: Buffer): boolean {
  return messages.subarray(-FLUSH.length).equals(FLUSH);
}
