import { makeAdmin } from './make-admin';
import { runCommand, UsageError } from './run-command';
import { withDatabase } from './with-database';

runCommand(async () => {
  const [email] = process.argv.slice(2);
  if (!email) throw new UsageError('Whom? Usage: npm run admin -- <email>');
  await withDatabase(async () => {
    const user = await makeAdmin(email);
    console.log(`${user.name} <${user.email}> is an admin.`);
  });
});
