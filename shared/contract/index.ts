import { auth } from './auth';
import { posts } from './posts';
import type { Operation } from './route';
import { system } from './system';
import { users } from './users';

/** The whole API. Handlers, gateway, deployment, OpenAPI and tests are folds over this list. */
export const operations: readonly Operation[] = Object.freeze(
  [users, auth, posts, system].flatMap((tag) => Object.values<Operation>(tag)),
);
