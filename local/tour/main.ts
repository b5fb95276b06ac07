import { makeAdmin } from '../commands/make-admin';
import { runCommand } from '../commands/run-command';
import { withDatabase } from '../commands/with-database';
import { openServiceDatabase } from '../open-database';
import { withoutPassword } from '../without-password';
import { InterruptedError } from './failures';
import { help, readOptions } from './read-options';
import { runTour } from './tour';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

runCommand(async () => {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === 'help') return console.log(help);
  if (options.databaseUrl) process.env.DATABASE_URL = options.databaseUrl;
  const { promote, psql } = createPromotion();
  const exitCode = await runTour({
    ...options,
    promote,
    print: console.log,
    isColored: process.stdout.isTTY && !process.env.NO_COLOR,
    signal: createInterruption(),
  });
  if (exitCode === 0) printNext(options.url, psql());
  process.exitCode = exitCode;
});

/** What `npm run admin` does, and a psql command for the database where it was done. */
function createPromotion() {
  let psql: string | undefined;
  const promote = (email: string) =>
    withDatabase(async (_, url) => {
      psql = `psql ${withoutPassword(url)}`;
      await makeAdmin(email);
    }, openServiceDatabase);
  return { promote, psql: () => psql };
}

/** The first signal ends the tour when the call in flight is answered; a second one ends the process. */
function createInterruption() {
  const controller = new AbortController();
  const interrupt = () => {
    for (const signal of signals) process.off(signal, interrupt);
    controller.abort(new InterruptedError('Interrupted.'));
  };
  for (const signal of signals) process.on(signal, interrupt);
  // the reader of the output is gone: `npm run tour | head`
  process.stdout.on('error', interrupt);
  return controller.signal;
}

function printNext(url: string, psql: string | undefined) {
  console.log(`
Where to go next:

  Reference   ${url}${psql ? '/docs' : '/openapi.json'}
  PostgreSQL  ${psql ?? 'as the service is configured'}
  Operations  npm run routes
`);
}
