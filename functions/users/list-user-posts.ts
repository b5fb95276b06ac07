import { users } from '../../shared/contract/users';
import { Post, User } from '../../shared/db';
import { findPage } from '../../shared/db/find-page';
import { NotFoundError } from '../../shared/errors';
import { createHandler } from '../../shared/http/create-handler';

export const handler = createHandler(users.listUserPosts, async ({ params: { userId }, query }) => {
  const user = await User.findByPk(userId, { attributes: ['id'] });
  if (!user) throw new NotFoundError('user', userId);
  const { rows, ...rest } = await findPage(Post, { userId }, query, { userId });
  return { items: rows.map((post) => post.toResponse()), ...rest };
});
