import { posts } from '../../shared/contract/posts';
import { Post, Session } from '../../shared/db';
import { createHandler } from '../../shared/http/create-handler';

export const handler = createHandler(posts.createPost, Session, async ({ body, principal }) => {
  const post = await Post.create({ ...body, userId: principal.userId });
  return post.toResponse();
});
