import { randomUUID } from 'node:crypto';
import { hashPassword } from '../../shared/auth/password';
import { createRefreshToken, hashRefreshToken } from '../../shared/auth/refresh-token';
import { createTokens } from '../../shared/auth/tokens';
import { Post, Session, User } from '../../shared/db';
import type { Role } from '../../shared/models/user';
import { buildUser, type Person } from './people';

export interface Guest extends Person {
  sessionId: string;
}

/** What a request is about: a user with a post and a session. */
export interface Scene {
  owner: Guest;
  postId: number;
}

export async function createScene(): Promise<Scene> {
  const owner = await createGuest();
  const post = await Post.create({ title: 'Hello', content: 'Hello, world', userId: owner.id });
  return { owner, postId: post.id };
}

/** A user with a session, written straight to the database: quicker than `register`, and no request. */
export async function createGuest(role: Role = 'user'): Promise<Guest> {
  const user = buildUser('Guest');
  const { id } = await User.create({ ...user, role, passwordHash: await hashPassword(user.password) });
  return { ...user, id, ...(await beginSession(id)) };
}

export async function beginSession(userId: number) {
  const presented = createRefreshToken(randomUUID());
  const { id } = await Session.begin({
    id: presented.sessionId,
    userId,
    refreshTokenHash: hashRefreshToken(presented),
  });
  const { accessToken, refreshToken } = await createTokens({ userId, sessionId: id }, presented);
  return { sessionId: id, token: accessToken, refreshToken };
}
