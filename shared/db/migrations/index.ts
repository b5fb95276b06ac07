import { createUsers } from './0001-create-users';
import { createPosts } from './0002-create-posts';
import { createSessions } from './0003-create-sessions';
import type { Migration } from './migration';

/** In the order they run; a list and not a folder to search, because a bundle has no folder. */
export const migrations: readonly Migration[] = [createUsers, createPosts, createSessions];
