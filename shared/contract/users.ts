import * as z from 'zod';
import { Post } from './posts';
import { defineRoutes } from './route';
import { changesOf, id, pageOf, pageQuery, text, timestamp, visibleText } from './values';

export const roles = ['user', 'admin'] as const;

export const email = z.email({ error: 'must be an e-mail address' }).max(254);

/** bcrypt reads 72 bytes and ignores the rest, so a longer password is refused. */
export const password = text(8, 72).refine((value) => Buffer.byteLength(value) <= 72, {
  error: 'must be at most 72 bytes of UTF-8',
});

const name = visibleText(1, 50);
const role = z.enum(roles).meta({ id: 'Role' });

export const User = z
  .strictObject({
    id,
    name: z.string(),
    email: z.string().optional().meta({ description: 'shown to the user and to admins' }),
    role,
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'User' });

const CreateUser = z.strictObject({ name, email, password }).meta({ id: 'CreateUser' });

const params = z.strictObject({ userId: id });

export const users = defineRoutes('users', {
  createUser: {
    method: 'POST',
    path: '/users',
    access: 'public',
    summary: 'Register a user',
    body: CreateUser,
    status: 201,
    response: User,
    location: '/users/{id}',
    errors: ['email-taken'],
  },
  createUsers: {
    method: 'POST',
    path: '/users/batch',
    access: 'admin',
    summary: 'Create up to 100 users, all or none',
    body: z.strictObject({ users: z.array(CreateUser).min(1).max(100) }),
    status: 201,
    response: z.strictObject({ items: z.array(User) }),
    errors: ['email-taken'],
  },
  listUsers: {
    method: 'GET',
    path: '/users',
    access: 'user',
    summary: 'List users',
    query: z.strictObject({
      ...pageQuery,
      email: text(1, 254).optional().meta({ description: 'exact but for case; admins only' }),
      nameContains: text(1, 50).optional().meta({ description: 'case-sensitive; `%` and `_` are literal' }),
      sort: z.enum(['createdAt', '-createdAt', 'name', '-name']).default('createdAt'),
    }),
    status: 200,
    response: pageOf(User),
    errors: ['forbidden'],
  },
  getUser: {
    method: 'GET',
    path: '/users/{userId}',
    access: 'user',
    summary: 'Get a user',
    params,
    query: z.strictObject({
      include: z.enum(['posts']).optional().meta({ description: '`posts` adds the newest 20' }),
    }),
    status: 200,
    response: User.extend({ posts: z.array(Post).optional() }).meta({ id: 'UserWithPosts' }),
    errors: ['not-found'],
  },
  updateUser: {
    method: 'PATCH',
    path: '/users/{userId}',
    access: 'user',
    summary: 'Change a user',
    description: 'A user may change themselves, an admin anyone; only an admin may change a role.',
    params,
    body: changesOf(
      z
        .strictObject({ name: name.optional(), email: email.optional(), role: role.optional() })
        .meta({ id: 'UpdateUser' }),
    ),
    status: 200,
    response: User,
    errors: ['forbidden', 'not-found', 'email-taken'],
  },
  deleteUser: {
    method: 'DELETE',
    path: '/users/{userId}',
    access: 'user',
    summary: 'Delete a user, with their posts and sessions',
    params,
    status: 204,
    errors: ['forbidden', 'not-found'],
  },
  listUserPosts: {
    method: 'GET',
    path: '/users/{userId}/posts',
    access: 'public',
    summary: 'List the posts of a user',
    params,
    query: z.strictObject({
      ...pageQuery,
      sort: z.enum(['createdAt', '-createdAt', 'title', '-title']).default('-createdAt'),
    }),
    status: 200,
    response: pageOf(Post),
    errors: ['not-found'],
  },
});
