import { posts } from '../../shared/contract/posts';
import { Post, User } from '../../shared/db';
import { NotFoundError } from '../../shared/errors';
import { createHandler } from '../../shared/http/create-handler';

const author = { model: User, as: 'author', attributes: ['id', 'name'] };

export const handler = createHandler(posts.getPost, async ({ params: { postId }, query }) => {
  const post = await Post.findByPk(postId, { include: query.include === 'author' ? [author] : [] });
  if (!post) throw new NotFoundError('post', postId);
  return post.toResponse();
});
