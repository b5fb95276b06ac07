import { User } from '../../shared/models';
import { runCommand, UsageError } from './run-command';
import { withDatabase } from './with-database';

runCommand(async () => {
  const [email] = process.argv.slice(2);
  if (!email) throw new UsageError('Whom? Usage: npm run admin -- <email>');
  await withDatabase(async () => {
    const user = await User.findByEmail(email);
    if (!user) throw new UsageError(`There is no user with the e-mail address "${email}". Register first: POST /users`);
    await user.update({ role: 'admin' });
    console.log(`${user.name} <${user.email}> is an admin.`);
  });
});
