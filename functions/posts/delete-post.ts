import { assertOwner } from '../../shared/auth/authorize';
import { posts } from '../../shared/contract/posts';
import { Post, Session } from '../../shared/db';
import { NotFoundError } from '../../shared/errors';
import { createHandler } from '../../shared/http/create-handler';

export const handler = createHandler(posts.deletePost, Session, async ({ params: { postId }, principal }) => {
  const post = await Post.findByPk(postId, { attributes: ['id', 'userId'] });
  if (!post) throw new NotFoundError('post', postId);
  assertOwner(principal, post.userId, 'post');
  await post.destroy();
});
