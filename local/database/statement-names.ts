import { readCString, toMessage, typeOf } from './messages';

/**
 * Gives each connection its own named prepared statements: PGlite has one namespace, and two clients that both
 * prepare `s1` would clash. The names travel with a prefix of the connection.
 */
export class StatementNames {
  private readonly prefix: string;
  private readonly prepared = new Set<string>();

  constructor(connectionId: number) {
    this.prefix = `${connectionId.toString(36)}:`;
  }

  /** The same message with its statement name, if it has one, made this connection's own. */
  rewrite(message: Buffer): Buffer {
    const type = typeOf(message);
    if (type === 'P') return this.replaceNameAt(message, 5);
    if (type === 'B') return this.replaceNameAt(message, message.indexOf(0, 5) + 1);
    if ((type === 'D' || type === 'C') && message[5] === 0x53) return this.replaceNameAt(message, 6);
    return message;
  }

  /** Close messages for every statement this connection has left behind. */
  closeAll(): Buffer[] {
    return [...this.prepared].map((name) => toMessage('C', Buffer.from('S'), name));
  }

  private replaceNameAt(message: Buffer, offset: number): Buffer {
    const name = readCString(message, offset);
    if (name === '') return message;
    const ownName = this.prefix + name;
    if (typeOf(message) === 'P') this.prepared.add(ownName);
    if (typeOf(message) === 'C') this.prepared.delete(ownName);
    const rest = message.subarray(offset + Buffer.byteLength(name) + 1);
    return toMessage(typeOf(message), message.subarray(5, offset), ownName, rest);
  }
}
