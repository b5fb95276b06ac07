import { parseArgs } from 'node:util';
import { closeOnSignal } from './close-on-signal';
import { runCommand, UsageError } from './commands/run-command';
import type { Access } from './gateway/create-gateway';
import { readSettings } from './settings';
import { type Service, startService } from './start-service';
import { withoutPassword } from './without-password';

runCommand(async () => {
  const { databaseUrl } = readFlags();
  if (databaseUrl) process.env.DATABASE_URL = databaseUrl;
  process.env.LOG_LEVEL ||= 'warn';
  const service = await startService(readSettings(), printAccess);
  printWelcome(service);
  closeOnSignal(service.close);
});

function readFlags() {
  try {
    const { values } = parseArgs({ options: { 'database-url': { type: 'string' } } });
    return { databaseUrl: values['database-url'] };
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError(`${message}. Usage: npm start [-- --database-url postgresql://user:password@host/database]`);
  }
}

function printWelcome({ databaseUrl, applied, ...service }: Service) {
  const url = service.url.replace('127.0.0.1', 'localhost');
  if (applied.length > 0) console.log(`Applied ${applied.join(', ')}.`);
  console.log(`
  API         ${url}
  Reference   ${url}/docs
  PostgreSQL  psql ${withoutPassword(databaseUrl)}

Try it:

  curl ${url}/users -H 'content-type: application/json' \\
    -d '{"name":"Ada","email":"ada@example.com","password":"correct horse"}'

Ctrl-C stops it. Your data stays.
`);
}

function printAccess({ method, path, status, durationMs }: Access) {
  console.log(`${new Date().toISOString()} ${status} ${method} ${path} ${durationMs.toFixed(0)} ms`);
}
