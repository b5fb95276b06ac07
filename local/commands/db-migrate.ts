import { migrateDown, migrateUp, migrationStatus } from '../../shared/db/migrate';
import { runCommand, UsageError } from './run-command';
import { withDatabase } from './with-database';

const actions = {
  async up(sequelize) {
    const applied = await migrateUp(sequelize);
    console.log(applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'Nothing to apply.');
  },
  async down(sequelize) {
    const reverted = await migrateDown(sequelize);
    console.log(reverted ? `Reverted ${reverted}.` : 'Nothing to revert.');
  },
  async status(sequelize) {
    for (const { name, isApplied } of await migrationStatus(sequelize)) {
      console.log(`${isApplied ? 'applied' : 'pending'}  ${name}`);
    }
  },
} satisfies Record<string, Parameters<typeof withDatabase>[0]>;

runCommand(async () => {
  const [name = 'up'] = process.argv.slice(2);
  if (!isAction(name)) throw new UsageError(`There is no "${name}". Usage: npm run db:migrate [-- up | down | status]`);
  await withDatabase(actions[name]);
});

function isAction(name: string): name is keyof typeof actions {
  return Object.hasOwn(actions, name);
}
