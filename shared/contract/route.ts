import type * as z from 'zod';
import type { ProblemCode } from './problem';

/**
 * Terminology: a *route* is one row of the contract; an *operation* is a route with what follows from
 * its name: the operation id, the tag, the name of its function and the file of its handler.
 */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** OpenAPI's notation: `/users/{userId}`. */
  path: string;
  /** Who may call. Ownership of a single row is checked on the loaded row. */
  access: Access;
  summary: string;
  description?: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodObject;
  /** The one success status; failures are thrown. */
  status: 200 | 201 | 204;
  response?: z.ZodType;
  /** Where a created resource lives; `{id}` is taken from the response. */
  location?: string;
  /** The success answer's Cache-Control, `no-store` unless said. */
  cacheControl?: string;
  /** Problems of this route beyond those that follow from its access and its schemas. */
  errors?: readonly ProblemCode[];
  /** Answers without a database. */
  needsDatabase?: false;
}

export type Access = 'public' | 'user' | 'admin';

export interface Operation extends Route {
  operationId: string;
  tag: string;
  functionName: string;
  /** The handler's file, from the repository's root, without its extension. */
  entry: string;
}

/**
 * Turns the routes of one tag into operations, keyed by operation id.
 *
 * @example
 * export const users = defineRoutes('users', {
 *   getUser: { method: 'GET', path: '/users/{userId}', access: 'user', summary: 'Get a user', status: 200 },
 * });
 * users.getUser.functionName; // 'get-user'
 */
export function defineRoutes<const R extends Record<string, Route>>(tag: string, routes: R) {
  const operations = Object.entries(routes).map(([operationId, route]) => {
    const functionName = toKebabCase(operationId);
    return [operationId, { ...route, operationId, tag, functionName, entry: `functions/${tag}/${functionName}` }];
  });
  return Object.freeze(Object.fromEntries(operations)) as { readonly [K in keyof R]: R[K] & Operation };
}

function toKebabCase(name: string) {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
