import { parseArgs } from 'node:util';
import { closeOnSignal } from './close-on-signal';
import { runCommand, UsageError } from './commands/run-command';
import type { Access } from './gateway/create-gateway';
import { readSettings } from './settings';
import { type Service, startService } from './start-service';
import { withoutPassword } from './without-password';

runCommand(async () => {
  const { databaseUrl, transport } = readFlags();
  if (databaseUrl) process.env.DATABASE_URL = databaseUrl;
  process.env.LOG_LEVEL ||= 'warn';
  const service = await startService(readSettings(), { onAccess: printAccess, transport });
  printWelcome(service);
  closeOnSignal(service.close);
});

function readFlags() {
  try {
    const options = { 'database-url': { type: 'string' }, transport: { type: 'string', default: 'pg' } } as const;
    const { values } = parseArgs({ options });
    return { databaseUrl: values['database-url'], transport: toTransport(values.transport) };
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError(`${message}. Usage: npm start [-- --database-url postgresql://... --transport pg|data-api]`);
  }
}

function toTransport(text: string): 'pg' | 'data-api' {
  if (text === 'pg' || text === 'data-api') return text;
  throw new UsageError(`There is no transport "${text}"`);
}

function printWelcome({ databaseUrl, dataApiUrl, applied, ...service }: Service) {
  const url = service.url.replace('127.0.0.1', 'localhost');
  if (applied.length > 0) console.log(`Applied ${applied.join(', ')}.`);
  console.log(`
  API         ${url}
  Reference   ${url}/docs
  PostgreSQL  psql ${withoutPassword(databaseUrl)}${dataApiUrl ? `\n  Data API    ${dataApiUrl}` : ''}

Try it:

  curl ${url}/users -H 'content-type: application/json' \\
    -d '{"name":"Ada","email":"ada@example.com","password":"correct horse"}'

Ctrl-C stops it. Your data stays.
`);
}

function printAccess({ method, path, status, durationMs }: Access) {
  console.log(`${new Date().toISOString()} ${status} ${method} ${path} ${durationMs.toFixed(0)} ms`);
}
