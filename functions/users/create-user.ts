import { hashPassword } from '../../shared/auth/password';
import { users } from '../../shared/contract/users';
import { User } from '../../shared/db';
import { throwEmailTaken } from '../../shared/db/email-taken';
import { createHandler } from '../../shared/http/create-handler';

export const handler = createHandler(users.createUser, async ({ body: { name, email, password } }) => {
  const passwordHash = await hashPassword(password);
  const user = await User.create({ name, email, passwordHash }).catch(throwEmailTaken([email]));
  return user.toPrivate();
});
