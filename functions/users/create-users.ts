import { hashPasswords } from '../../shared/auth/password';
import { users } from '../../shared/contract/users';
import { Session, User } from '../../shared/db';
import { assertDistinctEmails, throwEmailTaken } from '../../shared/db/email-taken';
import { createHandler } from '../../shared/http/create-handler';

export const handler = createHandler(users.createUsers, Session, async ({ body }) => {
  const emails = body.users.map(({ email }) => email);
  assertDistinctEmails(emails);
  const passwordHashes = await hashPasswords(body.users.map(({ password }) => password));
  const rows = body.users.map(({ name, email }, index) => ({ name, email, passwordHash: passwordHashes[index] ?? '' }));
  const created = await User.bulkCreate(rows, { returning: true }).catch(throwEmailTaken(emails));
  return { items: created.map((user) => user.toPrivate()) };
});
