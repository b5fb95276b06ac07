import { posts } from '../../shared/contract/posts';
import { Post } from '../../shared/db';
import { findPage } from '../../shared/db/find-page';
import { createHandler } from '../../shared/http/create-handler';

export const handler = createHandler(posts.listPosts, async ({ query }) => {
  const { sort, limit, cursor, count, ...filters } = query;
  const page = { sort, limit, cursor, count };
  const { rows, ...rest } = await findPage(Post, Post.matching(filters), page, filters);
  return { items: rows.map((post) => post.toResponse()), ...rest };
});
