import { users } from '../../shared/contract/users';
import { Post, Session, User } from '../../shared/db';
import { NotFoundError } from '../../shared/errors';
import { createHandler } from '../../shared/http/create-handler';

export const handler = createHandler(users.getUser, Session, async ({ params: { userId }, query, principal }) => {
  const user = await User.findByPk(userId);
  if (!user) throw new NotFoundError('user', userId);
  if (query.include !== 'posts') return user.visibleTo(principal);
  const posts = await Post.listNewest(userId, 20);
  return { ...user.visibleTo(principal), posts: posts.map((post) => post.toResponse()) };
});
