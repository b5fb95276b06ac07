import { EventEmitter } from 'node:events';
import pgTypes from 'pg-types';
import { DatabaseError } from './errors/database-error';
import { assertOptions, type DataApiOptions } from './options';
import { createService } from './service/service';
import { Catalogue } from './session/catalogue';
import { type QueryResult, type TypeParsers, toResult } from './session/result';
import { Session } from './session/session';
import { classify } from './sql/classify';
import { type Statement, splitStatements } from './sql/split';
import { toBound } from './values/to-text';

export interface ClientConfig {
  /** Goes before the module's `database`. */
  database?: string | undefined;
  types?: TypeParsers | undefined;
}

export interface QueryConfig {
  text: string;
  values?: readonly unknown[] | undefined;
  /** `array` for rows as arrays in the order of the columns. */
  rowMode?: string | undefined;
  types?: TypeParsers | undefined;
}

/** A text of several statements has a result for each, in an array. */
export type Results = QueryResult | QueryResult[];
type Callback<T> = (error: Error | null, result?: T) => void;

/** What all clients of a module share. */
export interface Module {
  options: DataApiOptions;
  catalogues: Map<string, Catalogue>;
}

/**
 * A client in the shape of pg's: `connect`, `query` and `end`, with promises or callbacks. It holds no connection;
 * it holds one transaction at most, and runs one statement at a time.
 */
export class DataApiClient extends EventEmitter {
  readonly connection = new EventEmitter();
  /** Read by Sequelize's pool: a client that is ending, or has lost its transaction, is not used again. */
  _ending = false;
  _invalid = false;
  private readonly session: Session;
  private readonly catalogue: Catalogue;
  private readonly types: TypeParsers;
  private readonly serverVersion: string;
  private queue: Promise<unknown> = Promise.resolve();

  constructor({ options, catalogues }: Module, config: ClientConfig = {}) {
    super();
    assertOptions(options);
    const database = config.database ?? options.database;
    if (!database) throw new TypeError('new Client: "database" is required, in createDataApi() or here');
    this.catalogue = catalogues.get(database) ?? new Catalogue();
    catalogues.set(database, this.catalogue);
    this.types = config.types ?? (pgTypes as TypeParsers);
    this.serverVersion = options.serverVersion ?? '15.0';
    this.session = new Session(createService(options, database), this.catalogue, (error) => this.lose(error));
  }

  /** Calls nothing: there is no connection to make. A wrong ARN shows with the first query. */
  connect(): Promise<void>;
  connect(callback: Callback<void>): void;
  connect(callback?: Callback<void>) {
    const connected = Promise.resolve().then(() => {
      const status = { server_version: this.serverVersion, standard_conforming_strings: 'on' };
      for (const [parameterName, parameterValue] of Object.entries(status)) {
        this.connection.emit('parameterStatus', { parameterName, parameterValue });
      }
    });
    return settle(connected, callback);
  }

  /**
   * Runs a text after all that were given before. Errors are DatabaseErrors with pg's fields.
   *
   * @example
   * ```ts
   * const { rows } = await client.query('SELECT name FROM users WHERE id = $1', [1]);
   * ```
   */
  query(config: string | QueryConfig, values?: readonly unknown[]): Promise<QueryResult>;
  query(config: string | QueryConfig, callback: Callback<QueryResult>): void;
  query(config: string | QueryConfig, values: readonly unknown[], callback: Callback<QueryResult>): void;
  query(
    config: string | QueryConfig,
    values?: readonly unknown[] | Callback<QueryResult>,
    callback?: Callback<QueryResult>,
  ) {
    const given = typeof config === 'string' ? { text: config } : config;
    const query = typeof values === 'function' || values === undefined ? given : { ...given, values };
    const result = this.enqueue(() => this.run(query)) as Promise<QueryResult>;
    return settle(result, typeof values === 'function' ? values : callback);
  }

  /** Waits for what was given, and rolls back an open transaction. */
  end(): Promise<void>;
  end(callback: Callback<void>): void;
  end(callback?: Callback<void>) {
    const ended = this.enqueue(() => this.session.close()).then(() => {
      this.emit('end');
    });
    this._ending = true;
    return settle(ended, callback);
  }

  private enqueue<T>(work: () => Promise<T>): Promise<T> {
    const isEnding = this._ending;
    const result = this.queue.then(() => {
      if (isEnding) throw new Error('Client was closed and is not queryable');
      return work();
    });
    this.queue = result.catch(() => undefined);
    return result;
  }

  private async run(query: QueryConfig): Promise<Results> {
    const statements = splitStatements(query.text);
    if (statements.length > 1 && query.values?.length) {
      throw new DatabaseError('cannot insert multiple commands into a prepared statement', { code: '42601' });
    }
    const runAll = async () => {
      const results: QueryResult[] = [];
      for (const statement of statements) results.push(await this.runStatement(statement, query));
      return results;
    };
    const results = needsTransaction(statements) ? await this.session.transact(runAll) : await runAll();
    const [first] = results;
    if (results.length > 1) return results;
    return first ?? { command: null, rowCount: null, oid: null, rows: [], fields: [] };
  }

  private async runStatement(statement: Statement, { values, rowMode, types = this.types }: QueryConfig) {
    const bound = values?.length ? values.map(toBound) : undefined;
    const answer = await this.session.run(statement, bound);
    const names = answer.columns.map(({ typeName = 'text' }) => typeName);
    const oids = await this.catalogue.oidsOf(names, this.session.ask);
    return toResult(answer, { types, rowMode, oids });
  }

  private lose(error: DatabaseError) {
    this._invalid = true;
    if (this.listenerCount('error') > 0) setImmediate(() => this.emit('error', error));
  }
}

/** A text of several statements is one transaction to PostgreSQL, unless it says otherwise itself. */
function needsTransaction(statements: Statement[]) {
  const kinds = statements.map(({ tokens }) => classify(tokens).kind);
  return (
    kinds.length > 1 &&
    kinds.some((kind) => kind !== 'set') &&
    !kinds.some((kind) => /^(begin|commit|rollback)$/.test(kind))
  );
}

function settle<T>(promise: Promise<T>, callback: Callback<T> | undefined): Promise<T> | undefined {
  if (!callback) return promise;
  promise.then(
    (result) => process.nextTick(callback, null, result),
    (error) => process.nextTick(callback, error),
  );
  return undefined;
}
