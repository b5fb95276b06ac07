import type { Socket } from 'node:net';
import { endsWithFlush, READY_FOR_QUERY_IDLE, toCopyInResponse, toErrorResponse, toMessage, typeOf } from './messages';
import { type SharedBackend, type Tenant, toSqlState } from './shared-backend';
import { StatementNames } from './statement-names';
import { TurnTimeoutError } from './turns';

/** Only at the start of a query: elsewhere the words may be inside a literal. */
const COPY_FROM_STDIN = /^(?:\s|--[^\n]*\n|\/\*.*?\*\/)*copy\b[^;]*\bfrom\s+stdin\b/is;
const KNOWN_TYPES = 'QPBDECSHFXdcf';

/**
 * PGlite reads the rows of COPY FROM STDIN from the same bytes as the statement and exits when they end too early, so
 * each round trip carries this after anything that may copy. PostgreSQL ignores it outside of a copy.
 */
const COPY_GUARD = toMessage('f', 'the embedded database takes COPY FROM STDIN as a simple query of one statement');

/** Everything after the startup packet: collects messages to whole round trips and runs them in turn. */
export class Session implements Tenant {
  settingsScript: string;
  private readonly socket: Socket;
  private readonly backend: SharedBackend;
  private readonly names: StatementNames;
  private batch: Buffer[] = [];
  private isCopying = false;
  private isSkipping = false;

  constructor(socket: Socket, backend: SharedBackend, id: number, settingsScript: string) {
    this.socket = socket;
    this.backend = backend;
    this.names = new StatementNames(id);
    this.settingsScript = settingsScript;
  }

  closeStatements(): Buffer[] {
    return this.names.closeAll();
  }

  /** Resolves to false when the connection is over. */
  async receive(message: Buffer): Promise<boolean> {
    const type = typeOf(message);
    if (!KNOWN_TYPES.includes(type)) return this.refuseMessage(type);
    if (type === 'X') return false;
    if ('dcf'.includes(type)) return this.receiveCopyMessage(type, message);
    if (this.isSkipping) return this.skip(type);
    if (type === 'Q') return this.receiveQuery(message);
    const endsRoundTrip = 'SHF'.includes(type);
    if (type === 'S' || type === 'H') this.batch.push(COPY_GUARD);
    this.batch.push(this.names.rewrite(message));
    return endsRoundTrip ? this.flush() : true;
  }

  /** After an error, as PostgreSQL does, everything up to the client's Sync is ignored. */
  private skip(type: string): true {
    this.isSkipping = type !== 'S';
    if (!this.isSkipping) this.socket.write(READY_FOR_QUERY_IDLE);
    return true;
  }

  private receiveQuery(message: Buffer): Promise<boolean> | boolean {
    this.batch.push(message);
    const sql = message.toString('utf8', 5, Math.min(message.length, 4096));
    this.isCopying = COPY_FROM_STDIN.test(sql);
    if (!this.isCopying) return this.flush(COPY_GUARD);
    this.socket.write(toCopyInResponse(/\bbinary\b/i.test(sql)));
    return true;
  }

  /** Rows of a copy wait for its end; a stray one comes from a client that has not yet read that its copy failed. */
  private receiveCopyMessage(type: string, message: Buffer): Promise<boolean> | boolean {
    if (!this.isCopying) return true;
    this.batch.push(message);
    if (type === 'd') return true;
    this.isCopying = false;
    return this.flush(COPY_GUARD);
  }

  private async flush(...guard: Buffer[]): Promise<boolean> {
    const messages = Buffer.concat([...this.batch, ...guard]);
    this.batch = [];
    try {
      const { bytes } = await this.backend.run(this, messages);
      this.socket.write(bytes);
      return true;
    } catch (error) {
      return this.report(error, endsWithFlush(messages));
    }
  }

  /** The statement has not run, and only this client hears of it. */
  private report(error: unknown, isSyncDue: boolean): boolean {
    const [sqlState, message] = [toSqlState(error), (error as Error).message];
    if (error instanceof TurnTimeoutError) {
      const hint = 'The embedded database runs one transaction at a time. Commit or roll back the open one.';
      const response = toErrorResponse({ severity: 'ERROR', sqlState, message, hint });
      this.isSkipping = isSyncDue;
      this.socket.write(isSyncDue ? response : Buffer.concat([response, READY_FOR_QUERY_IDLE]));
      return true;
    }
    this.socket.end(toErrorResponse({ severity: 'FATAL', sqlState, message }));
    return false;
  }

  private refuseMessage(type: string): false {
    const message = `invalid frontend message type ${type.charCodeAt(0)}`;
    this.socket.end(toErrorResponse({ severity: 'FATAL', sqlState: '08P01', message }));
    return false;
  }
}
