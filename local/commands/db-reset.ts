import { migrateDown, migrateUp } from '../../shared/db/migrate';
import { runCommand, UsageError } from './run-command';
import { withDatabase } from './with-database';

runCommand(() =>
  withDatabase(async (sequelize, url) => {
    assertLocal(new URL(url));
    while (await migrateDown(sequelize));
    const applied = await migrateUp(sequelize);
    console.log(`Emptied the database and applied ${applied.join(', ')}.`);
  }),
);

/** All data goes: a database elsewhere is only emptied by someone who says so. */
function assertLocal({ hostname, pathname }: URL) {
  if (['localhost', '127.0.0.1', '[::1]'].includes(hostname) || process.argv.includes('--yes')) return;
  const database = `the database "${pathname.slice(1)}" at ${hostname}`;
  throw new UsageError(`This would delete all data in ${database}. Say so: npm run db:reset -- --yes`);
}
