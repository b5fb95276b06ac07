import { posts } from '../../shared/contract/posts';
import { Post, Session } from '../../shared/db';
import { throwUserGone } from '../../shared/db/user-gone';
import { SessionEndedError } from '../../shared/errors';
import { createHandler } from '../../shared/http/create-handler';

export const handler = createHandler(posts.createPost, Session, async ({ body, principal }) => {
  const userGone = throwUserGone((cause) => new SessionEndedError({ cause }));
  const post = await Post.create({ ...body, userId: principal.userId }).catch(userGone);
  return post.toResponse();
});
