import * as z from 'zod';
import { defineRoutes } from './route';
import { changesOf, id, pageOf, pageQuery, queryTimestamp, text, timestamp, visibleText } from './values';

const title = visibleText(1, 200);

/** A control character takes 7 bytes of a function's result, and 100 posts full of them more than the 6 MB it may have. */
const content = text(0, 10_000).refine((value) => !/(?![\t\n\r])\p{Cc}/u.test(value), {
  error: 'holds control characters other than tab and line ends',
});

export const Post = z
  .strictObject({
    id,
    title: z.string(),
    content: z.string(),
    userId: id,
    createdAt: timestamp,
    updatedAt: timestamp,
    author: z.strictObject({ id, name: z.string() }).optional().meta({ description: 'with `?include=author`' }),
  })
  .meta({ id: 'Post' });

const params = z.strictObject({ postId: id });

export const posts = defineRoutes('posts', {
  createPost: {
    method: 'POST',
    path: '/posts',
    access: 'user',
    summary: 'Write a post',
    body: z.strictObject({ title, content: content.default('') }).meta({ id: 'CreatePost' }),
    status: 201,
    response: Post,
    location: '/posts/{id}',
  },
  listPosts: {
    method: 'GET',
    path: '/posts',
    access: 'public',
    summary: 'List and search posts',
    query: z.strictObject({
      ...pageQuery,
      userId: id.optional(),
      q: text(1, 200)
        .optional()
        .meta({ description: 'full-text search over title and content: `word`, `"a phrase"`, `or`, `-without`' }),
      sort: z.enum(['createdAt', '-createdAt', 'title', '-title']).default('-createdAt'),
      createdAfter: queryTimestamp.optional(),
      createdBefore: queryTimestamp.optional(),
    }),
    status: 200,
    response: pageOf(Post),
  },
  getPost: {
    method: 'GET',
    path: '/posts/{postId}',
    access: 'public',
    summary: 'Get a post',
    params,
    query: z.strictObject({ include: z.enum(['author']).optional() }),
    status: 200,
    response: Post,
    errors: ['not-found'],
  },
  updatePost: {
    method: 'PATCH',
    path: '/posts/{postId}',
    access: 'user',
    summary: 'Change a post',
    description: 'Its author may, and an admin.',
    params,
    body: changesOf(z.strictObject({ title: title.optional(), content: content.optional() })).meta({
      id: 'UpdatePost',
    }),
    status: 200,
    response: Post,
    errors: ['forbidden', 'not-found'],
  },
  deletePost: {
    method: 'DELETE',
    path: '/posts/{postId}',
    access: 'user',
    summary: 'Delete a post',
    description: 'Its author may, and an admin.',
    params,
    status: 204,
    errors: ['forbidden', 'not-found'],
  },
});
