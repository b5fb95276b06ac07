import { types } from 'node:util';
import { config, type LogLevel, logLevels } from './config';

type Fields = Readonly<Record<string, unknown>>;

export interface Logger {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

interface LoggerOptions {
  fields?: Fields;
  level?: LogLevel;
  write?: (line: string) => void;
  now?: () => Date;
}

/**
 * Writes one JSON object a line: `level`, `time`, `message`, the logger's fields and the call's. Values
 * under names such as `password` or `refreshToken` are replaced, errors are told by name, message and stack.
 *
 * @example createLogger({ fields: { requestId } }).info('request', { status: 200, durationMs: 3 })
 */
export function createLogger(options: LoggerOptions = {}): Logger {
  const { fields = {}, level = config.log.level, write = writeToStdout, now = () => new Date() } = options;
  const threshold = logLevels.indexOf(level);
  const log = (level: LogLevel) => (message: string, more?: Fields) => {
    if (logLevels.indexOf(level) < threshold) return;
    const line = { level, time: now().toISOString(), message, ...fields, ...more };
    write(`${JSON.stringify(line, redact)}\n`);
  };
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
}

const secretName = /password|token|secret|authorization|cookie|hash|jwks|private/i;

function redact(key: string, value: unknown) {
  if (secretName.test(key)) return '[redacted]';
  if (types.isNativeError(value)) return describe(value);
  return value;
}

/** Only these members: a database error also carries the statement and its parameters. */
function describe(error: Error) {
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? error.code : undefined;
  return { name, code, message, stack, cause };
}

function writeToStdout(line: string) {
  process.stdout.write(line);
}
