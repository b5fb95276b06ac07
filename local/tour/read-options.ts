import { parseArgs } from 'node:util';
import { UsageError } from '../commands/run-command';
import { readSettings } from '../settings';
import type { Credentials } from './admin';

export interface Options {
  url: string;
  credentials: Credentials | undefined;
  databaseUrl: string | undefined;
}

export const help = `npm run tour: the tutorial's story, told by the running API

  npm run tour                              on the service that npm start started
  npm run tour -- --url URL --email EMAIL   on any other, as one of its admins

Options
  --url URL             where the API is, https://abc.execute-api.eu-central-1.amazonaws.com/prod for example
  --email EMAIL         an admin's
  --password PASSWORD   theirs; rather set TOUR_PASSWORD, for others may see a process's arguments
  --database-url URL    as given to npm start, if it was
  --help                this

Environment
  PORT, POSTGRES_PORT, DATABASE_URL   as for npm start, so that the tour finds the service and its database
  TOUR_PASSWORD                       the password of --email
  NO_COLOR                            no colours

Without --email the tour registers a user, makes it an admin in the database, as npm run admin does, and deletes
it at the end. It changes no users but its own, whose addresses end in @tour.example, and deletes them also when
a step fails or after Ctrl-C. It exits with 0 when all was as told, 1 when it was not and 130 after Ctrl-C.`;

/** @throws {UsageError} */
export function readOptions(args: string[], env: Readonly<Record<string, string | undefined>>): Options | 'help' {
  const values = parse(args);
  if (values.help) return 'help';
  const { email, password = env.TOUR_PASSWORD } = values;
  if (values.url !== undefined && !email) throw usage('--url needs --email, an admin of that service');
  if (email && !password) throw usage('--email needs a password: set TOUR_PASSWORD');
  if (values.password && !email) throw usage('--password needs --email');
  return {
    url: values.url === undefined ? `http://localhost:${readSettings(env).port}` : parseUrl(values.url),
    credentials: email && password ? { email, password } : undefined,
    databaseUrl: values['database-url'],
  };
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  const options = { url: text, email: text, password: text, 'database-url': text, help: { type: 'boolean' } } as const;
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw usage((error as Error).message);
  }
}

function parseUrl(text: string) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw usage(`--url is "${text}", not an http or https URL`);
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function usage(message: string) {
  return new UsageError(`${message}. npm run tour -- --help tells more.`);
}
