import { auth } from '../../shared/contract/auth';
import { posts } from '../../shared/contract/posts';
import type { Operation } from '../../shared/contract/route';
import { system } from '../../shared/contract/system';
import { users } from '../../shared/contract/users';
import { buildUser, type Person } from './people';
import type { Scene } from './scene';

const operationById = { ...users, ...auth, ...posts, ...system };

export type OperationId = keyof typeof operationById;

interface ValidRequest {
  params?: Record<string, string | number>;
  body?: Record<string, unknown>;
}

/** A request that each operation grants: about the scene, from a caller of that password. */
export const requestOf: Record<OperationId, (scene: Scene, caller: Person) => ValidRequest> = {
  createUser: () => ({ body: buildUser() }),
  createUsers: () => ({ body: { users: [buildUser(), buildUser()] } }),
  listUsers: () => ({}),
  getUser: ({ owner }) => ({ params: { userId: owner.id } }),
  updateUser: ({ owner }) => ({ params: { userId: owner.id }, body: { name: 'Grace', email: buildUser().email } }),
  deleteUser: ({ owner }) => ({ params: { userId: owner.id } }),
  listUserPosts: ({ owner }) => ({ params: { userId: owner.id } }),
  login: ({ owner: { email, password } }) => ({ body: { email, password } }),
  refresh: ({ owner: { refreshToken } }) => ({ body: { refreshToken } }),
  logout: () => ({}),
  getMe: () => ({}),
  changePassword: (_, { password }) => ({ body: { currentPassword: password, newPassword: 'battery staple' } }),
  listSessions: () => ({}),
  revokeSession: ({ owner }) => ({ params: { sessionId: owner.sessionId } }),
  revokeOtherSessions: () => ({}),
  getJwks: () => ({}),
  createPost: () => ({ body: { title: 'On engines', content: 'They weave.' } }),
  listPosts: () => ({}),
  getPost: ({ postId }) => ({ params: { postId } }),
  updatePost: ({ postId }) => ({ params: { postId }, body: { title: 'On looms', content: 'They compute.' } }),
  deletePost: ({ postId }) => ({ params: { postId } }),
  getHealth: () => ({}),
  getOpenApi: () => ({}),
};

export function buildRequest(operation: Operation, scene: Scene, caller: Person = scene.owner) {
  const { params, body } = requestOf[operation.operationId as OperationId](scene, caller);
  return { route: routeOf(operation, params), params, body };
}

/** The method and the path with its parameters filled in, as they are: `GET /users/1`. */
export function routeOf({ method, path }: Operation, params: ValidRequest['params'] = {}) {
  return `${method} ${path.replace(/\{(\w+)\}/g, (_, name) => String(params[name]))}` as `${string} /${string}`;
}
