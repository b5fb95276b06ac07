import { Op } from 'sequelize';
import { assertAdmin } from '../../shared/auth/authorize';
import { users } from '../../shared/contract/users';
import { Session, User } from '../../shared/db';
import { findPage } from '../../shared/db/find-page';
import { createHandler } from '../../shared/http/create-handler';

export const handler = createHandler(users.listUsers, Session, async ({ query, principal }) => {
  const { email, nameContains, ...page } = query;
  if (email !== undefined) assertAdmin(principal, 'filter by e-mail address');
  const filters = [
    email !== undefined && User.hasEmail(email),
    nameContains !== undefined && User.nameContains(nameContains),
  ].filter((filter) => filter !== false);
  const { rows, ...rest } = await findPage(User, { [Op.and]: filters }, page, { email, nameContains });
  return { items: rows.map((user) => user.visibleTo(principal)), ...rest };
});
