import { assertOwner } from '../../shared/auth/authorize';
import { posts } from '../../shared/contract/posts';
import { Post, Session } from '../../shared/db';
import { NotFoundError } from '../../shared/errors';
import { createHandler } from '../../shared/http/create-handler';

export const handler = createHandler(posts.updatePost, Session, async ({ params: { postId }, body, principal }) => {
  const post = await Post.findByPk(postId, { attributes: ['userId'] });
  if (!post) throw new NotFoundError('post', postId);
  assertOwner(principal, post.userId, 'post');
  const changed = await Post.change(postId, body);
  if (!changed) throw new NotFoundError('post', postId);
  return changed.toResponse();
});
