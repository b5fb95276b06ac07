import type { Socket } from 'node:net';
import pg from 'pg';
import { createDataApi } from 'pg-data-api';
import { type Options, Sequelize } from 'sequelize';
import type { DataApiConfig, DatabaseConfig, PostgresConfig } from '../config';

export interface SequelizeOptions {
  /** Called with each statement, its literals hidden, and its time in milliseconds. */
  onStatement?: ((statement: string, durationMs: number) => void) | undefined;
  /** Milliseconds; 0 waits for ever. An operation must answer within 5 s although PostgreSQL hangs. */
  statementTimeoutMs?: number;
}

/**
 * Connects nothing: the first statement does. A new connection sends no statement of its own, because RDS
 * Proxy pins a connection on `SET` and a catalogue query would be paid at every cold start: the session's time
 * zone does not matter (timestamps carry an offset) and the only type that needs a parser is built in.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-pinning.html
 */
export function createSequelize(database: DatabaseConfig, options: SequelizeOptions = {}): Sequelize {
  const { onStatement, statementTimeoutMs = 4000 } = options;
  const settings: Options & { databaseVersion: string; keepDefaultTimezone: boolean } = {
    dialect: 'postgres',
    ...(database.transport === 'pg' ? overPg(database, statementTimeoutMs) : overDataApi(database, statementTimeoutMs)),
    keepDefaultTimezone: true,
    databaseVersion: '15.0.0',
    pool: { max: database.poolMax, min: 0, acquire: 4000, idle: 10_000 },
    benchmark: true,
    logging: onStatement ? (sql, durationMs) => onStatement(hideLiterals(sql), Number(durationMs)) : false,
  };
  const sequelize = new Sequelize(settings);
  readBigintsAsNumbers(sequelize);
  if (database.transport === 'pg' && statementTimeoutMs > 0) endSilentConnections(sequelize, statementTimeoutMs + 500);
  return sequelize;
}

function overPg(
  { host, port, database, username, password, ssl }: PostgresConfig,
  statementTimeoutMs: number,
): Options {
  const dialectOptions = {
    application_name: 'inkwell',
    ssl,
    connectionTimeoutMillis: 3000,
    clientMinMessages: 'ignore',
    ...(statementTimeoutMs > 0 && { statement_timeout: statementTimeoutMs }),
  };
  return { dialectModule: pg, host, port, database, username, password, dialectOptions };
}

/** A database that was paused resumes in 10 to 30 s, and API Gateway waits 29: a request waits for it, but not so long. */
const resumeBudgetMs = 20_000;

function overDataApi({ resourceArn, secretArn, database }: DataApiConfig, statementTimeoutMs: number): Options {
  const limits = { requestTimeoutMs: statementTimeoutMs + 500, retryBudgetMs: resumeBudgetMs };
  const dialectModule = createDataApi({
    resourceArn,
    secretArn,
    database,
    ...(statementTimeoutMs > 0 ? limits : { continueAfterTimeout: true }),
  });
  return { dialectModule, database, dialectOptions: { clientMinMessages: 'ignore' } };
}

/** What pg lets us see of its client. */
interface PgClient {
  readyForQuery: boolean;
  connection: { stream: Socket };
}

/**
 * Ends a connection that owes an answer and sends nothing. pg's `query_timeout` would fail the statement and keep
 * the connection, and whoever got it next from the pool would wait behind the statement before, and so would ROLLBACK.
 */
function endSilentConnections(sequelize: Sequelize, timeoutMs: number) {
  sequelize.addHook('afterConnect', (connection) => {
    const client = connection as PgClient;
    const { stream } = client.connection;
    stream.setTimeout(timeoutMs).on('timeout', () => {
      if (client.readyForQuery) return;
      const message = `PostgreSQL sent nothing for ${timeoutMs} ms.`;
      stream.destroy(Object.assign(new Error(message), { code: 'ETIMEDOUT' }));
    });
  });
}

/** The object identifier of bigint in every PostgreSQL: `SELECT 'bigint'::regtype::oid`. */
const bigintOid = 20;

/** Sequelize looks the types up in the catalogue unless its map of names has an entry. */
function readBigintsAsNumbers(sequelize: Sequelize) {
  const { connectionManager } = sequelize as unknown as {
    connectionManager: { nameOidMap: object; oidParserMap: Map<number, (text: string) => unknown> };
  };
  connectionManager.nameOidMap = { int8: { oid: bigintOid } };
  connectionManager.oidParserMap.set(bigintOid, parseBigint);
}

function parseBigint(text: string) {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`The bigint ${text} does not fit a JSON number.`);
  return number;
}

/** `E'…'` knows backslash escapes, `'…'` does not; Sequelize writes the values of a SELECT into its text. */
function hideLiterals(sql: string) {
  return sql.replace(/^Executed \(.*?\): /, '').replace(/E'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'/gs, "'…'");
}
