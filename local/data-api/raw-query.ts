import type { ClientBase } from 'pg';
import type { Argument } from './parameters';

export interface Column {
  name: string;
  tableID: number;
  columnID: number;
  dataTypeID: number;
  dataTypeModifier: number;
}

export interface RawResult {
  /** Undefined when the statement yields no rows, as DDL does; an empty result still has columns. */
  columns: Column[] | undefined;
  /** PostgreSQL's own text of each value. */
  rows: (string | null)[][];
  /** From the command tag. */
  affected: number;
  command: string;
}

/** More text than any result of 1 MiB can have; the rows beyond are dropped as they come. */
const MAX_TEXT_LENGTH = 16 * 1024 * 1024;

interface Connection {
  stream: { cork?(): void; uncork?(): void };
  parse(message: object): void;
  bind(message: object): void;
  describe(message: object): void;
  execute(message: object): void;
  sync(): void;
  sendCopyFail(message: string): void;
}

/** Runs one statement by the extended protocol, with types declared to Parse and results left as text. */
export function runRaw(client: ClientBase, text: string, args: readonly Argument[], values = args): Promise<RawResult> {
  return new Promise((resolve, reject) => {
    const types = args.map(({ oid }) => oid);
    const bound = values.map(({ value }) => value);
    client.query(new RawQuery({ text, types, values: bound }, resolve, reject) as never);
  });
}

/** What pg calls while a query of its own kind is the active one. */
class RawQuery {
  private readonly statement: { text: string; types: number[]; values: unknown[] };
  private readonly resolve: (result: RawResult) => void;
  private readonly reject: (error: unknown) => void;
  private readonly result: RawResult = { columns: undefined, rows: [], affected: 0, command: '' };
  private textLength = 0;
  private copied = false;

  constructor(statement: RawQuery['statement'], resolve: RawQuery['resolve'], reject: RawQuery['reject']) {
    this.statement = statement;
    this.resolve = resolve;
    this.reject = reject;
  }

  submit(connection: Connection): null {
    const { text, types, values } = this.statement;
    connection.stream.cork?.();
    connection.parse({ text, name: '', types });
    connection.bind({ portal: '', statement: '', values });
    connection.describe({ type: 'P', name: '' });
    connection.execute({ portal: '', rows: 0 });
    connection.sync();
    connection.stream.uncork?.();
    return null;
  }

  handleRowDescription({ fields }: { fields: Column[] }): void {
    this.result.columns = fields;
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    if (this.textLength > MAX_TEXT_LENGTH) return;
    this.textLength += fields.reduce((sum, text) => sum + (text?.length ?? 0), 0);
    this.result.rows.push(fields);
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.result.affected = Number(/ (\d+)$/.exec(text)?.[1] ?? 0);
    this.result.command = text;
  }

  /** After this pg forgets the query: its ReadyForQuery is told to none. */
  handleError(error: unknown): void {
    this.reject(error);
  }

  handleReadyForQuery(): void {
    if (this.copied) this.reject(new CopyError('execute: unexpected message: CopyOutResponse'));
    else this.resolve(this.result);
  }

  /** Recorded by aurora-data-api-proxy; a copy from the client has nowhere to read from either. */
  handleCopyInResponse(connection: Connection): void {
    connection.sendCopyFail('execute: unexpected message: CopyInResponse');
  }

  handleCopyData(): void {
    this.copied = true;
  }

  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
}

export class CopyError extends Error {
  override readonly name = 'CopyError';
}
