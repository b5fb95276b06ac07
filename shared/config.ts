export interface Config {
  readonly database: DatabaseConfig;
  readonly auth: AuthConfig;
  readonly log: LogConfig;
}

/** How statements reach PostgreSQL; nothing but `createSequelize` asks which. */
export type DatabaseConfig = PostgresConfig | DataApiConfig;

export interface PostgresConfig {
  readonly transport: 'pg';
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly username: string;
  readonly password: string;
  readonly ssl: false | { rejectUnauthorized: boolean };
  /** A Lambda serves one request at a time, so one connection is all that it can use. */
  readonly poolMax: number;
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.html */
export interface DataApiConfig {
  readonly transport: 'data-api';
  readonly resourceArn: string;
  readonly secretArn: string;
  readonly database: string;
  /** Parallel calls. */
  readonly poolMax: number;
}

export interface AuthConfig {
  readonly keys: { readonly jwks: string } | { readonly secretArn: string };
  readonly issuer: string;
  readonly audience: string;
  /** 2^cost rounds of bcrypt */
  readonly bcryptCost: number;
}

export interface LogConfig {
  readonly level: LogLevel;
  readonly isSqlLogged: boolean;
}

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

type Environment = Readonly<Record<string, string | undefined>>;

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'ERR_CONFIG';
}

/**
 * Each part is read and validated when it is first used, so that a function needs only the variables of
 * what it does.
 *
 * @throws {ConfigError} naming the variable, its value unless it is a secret, and what to do
 */
export function createConfig(env: Environment): Config {
  const parts: { database?: DatabaseConfig; auth?: AuthConfig; log?: LogConfig } = {};
  return Object.freeze({
    get database() {
      parts.database ??= readDatabase(env);
      return parts.database;
    },
    get auth() {
      parts.auth ??= readAuth(env);
      return parts.auth;
    },
    get log() {
      parts.log ??= readLog(env);
      return parts.log;
    },
  });
}

export const config = createConfig(process.env);

const dataApiVariables = ['DATA_API_RESOURCE_ARN', 'DATA_API_SECRET_ARN', 'DATA_API_DATABASE'] as const;

function readDatabase(env: Environment): DatabaseConfig {
  const given = dataApiVariables.filter((name) => env[name]);
  const all = dataApiVariables.join(', ');
  if (env.DATABASE_URL && given.length > 0) {
    throw new ConfigError(`DATABASE_URL and ${given.join(', ')} are both set. Set one, or the other (${all}).`);
  }
  if (!env.DATABASE_URL && given.length === 0) {
    throw new ConfigError(`Neither DATABASE_URL nor ${all} are set. Set one, or the other.`);
  }
  return env.DATABASE_URL ? readPostgres(env, env.DATABASE_URL) : readDataApi(env);
}

function readDataApi(env: Environment): DataApiConfig {
  return Object.freeze({
    transport: 'data-api',
    resourceArn: requireString(env, 'DATA_API_RESOURCE_ARN'),
    secretArn: requireString(env, 'DATA_API_SECRET_ARN'),
    database: requireString(env, 'DATA_API_DATABASE'),
    poolMax: readPoolMax(env),
  });
}

function readPostgres(env: Environment, value: string): PostgresConfig {
  const url = parseDatabaseUrl(value);
  const database = {
    transport: 'pg' as const,
    host: decodeURIComponent(url.hostname).replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)),
    username: decodeURIComponent(url.username),
    ssl: readSsl(url),
    poolMax: readPoolMax(env),
  };
  return Object.freeze(withSecret(database, 'password', decodeURIComponent(url.password)));
}

function readPoolMax(env: Environment) {
  return readInteger(env, 'DATABASE_POOL_MAX', env.AWS_LAMBDA_FUNCTION_NAME ? 1 : 10, 1, 100);
}

function parseDatabaseUrl(value: string) {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || !url.hostname || url.pathname.length < 2) {
    throw new ConfigError(
      `DATABASE_URL is not a PostgreSQL URL: "${hidePassword(value)}". Write postgresql://user:password@host:5432/database.`,
    );
  }
  return url;
}

const sslModes: Record<string, PostgresConfig['ssl']> = {
  disable: false,
  'no-verify': { rejectUnauthorized: false },
  require: { rejectUnauthorized: true },
  'verify-full': { rejectUnauthorized: true },
};

function readSsl(url: URL) {
  for (const [name, value] of url.searchParams) {
    if (name !== 'sslmode' || !Object.hasOwn(sslModes, value)) {
      throw new ConfigError(
        `DATABASE_URL has ?${name}=${value}. Only sslmode is read: ${Object.keys(sslModes).join(', ')}.`,
      );
    }
  }
  return sslModes[url.searchParams.get('sslmode') ?? 'disable'] ?? false;
}

function readAuth(env: Environment): AuthConfig {
  return Object.freeze({
    keys: readKeys(env),
    issuer: env.JWT_ISSUER || 'inkwell',
    audience: env.JWT_AUDIENCE || 'inkwell',
    bcryptCost: readInteger(env, 'BCRYPT_COST', 12, 4, 16),
  });
}

function readKeys({ JWT_KEYS: jwks, JWT_KEYS_SECRET_ARN: secretArn }: Environment): AuthConfig['keys'] {
  if (jwks && secretArn) throw new ConfigError('JWT_KEYS and JWT_KEYS_SECRET_ARN are both set. Set one of them.');
  if (secretArn) return Object.freeze({ secretArn });
  if (!jwks) throw new ConfigError('Neither JWT_KEYS nor JWT_KEYS_SECRET_ARN is set. Set one of them.');
  return Object.freeze(withSecret({}, 'jwks', jwks));
}

function readLog(env: Environment): LogConfig {
  const level = env.LOG_LEVEL || 'info';
  if (!isLogLevel(level)) {
    throw new ConfigError(`LOG_LEVEL is "${level}". Set it to one of ${logLevels.join(', ')}.`);
  }
  return Object.freeze({ level, isSqlLogged: env.SQL_LOG === '1' });
}

function isLogLevel(level: string): level is LogLevel {
  return (logLevels as readonly string[]).includes(level);
}

function requireString(env: Environment, name: string) {
  const value = env[name];
  if (!value) throw new ConfigError(`${name} is not set. See "Environment" in the README.`);
  return value;
}

function readInteger(env: Environment, name: string, fallback: number, min: number, max: number) {
  const value = env[name];
  if (!value) return fallback;
  const number = Number(value);
  if (Number.isInteger(number) && number >= min && number <= max) return number;
  throw new ConfigError(`${name} is "${value}". Set it to a whole number from ${min} to ${max}.`);
}

/** Not enumerable, so that logging the object cannot leak it. */
function withSecret<T extends object, K extends string>(object: T, key: K, value: string) {
  return Object.defineProperty(object, key, { value, enumerable: false }) as T & Readonly<Record<K, string>>;
}

function hidePassword(url: string) {
  return url.replace(/:[^:/@]*@/, ':***@');
}
