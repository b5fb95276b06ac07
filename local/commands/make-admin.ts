import { User } from '../../shared/models';
import { UsageError } from './run-command';

/** Makes a registered user an admin; the models are bound to the database. */
export async function makeAdmin(email: string): Promise<User> {
  const user = await User.findByEmail(email);
  if (!user) throw new UsageError(`There is no user with the e-mail address "${email}". Register first: POST /users`);
  return user.update({ role: 'admin' });
}
