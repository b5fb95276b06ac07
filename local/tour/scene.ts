import { isDeepStrictEqual } from 'node:util';
import type * as z from 'zod';
import type { Post as PostSchema } from '../../shared/contract/posts';
import type { User as UserSchema } from '../../shared/contract/users';
import { type Cast, emailsOf } from './cast';
import { type Answer, assertStatus, type Client, type Route } from './client';
import { DiscrepancyError } from './failures';
import type { Printer } from './printer';

export type User = z.infer<typeof UserSchema>;
export type Post = z.infer<typeof PostSchema>;

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
  total?: number;
}

/** Who makes a call. */
export interface Caller {
  name: string;
  token?: string;
}

interface SceneCall {
  as?: Caller;
  body?: unknown;
  /** What the API is to answer. */
  status: number;
}

/** What a step has at hand. */
export interface Scene {
  cast: Cast;
  admin: Caller;
  /** Prints the call and its answer, which must have the status, and returns the answer's body. */
  call<Body = unknown>(route: Route, call: SceneCall): Promise<Body>;
  /** @throws {DiscrepancyError} when the two are not deeply equal */
  check(claim: string, actual: unknown, expected: unknown): void;
  note(text: string): void;
}

export interface Stage {
  client: Client;
  printer: Printer;
  cast: Cast;
  admin: Caller;
  /** No call is begun once it is aborted; the one in flight ends, so that what it did is known. */
  signal: AbortSignal;
}

export function createScene({ client, printer, cast, admin, signal }: Stage): Scene {
  const emails = new Set(emailsOf(cast));
  const isShown = (item: object) => !('email' in item) || emails.has(String(item.email));
  let answer: Answer | undefined;

  async function call<Body>(route: Route, { as, body, status }: SceneCall) {
    signal.throwIfAborted();
    printer.call(route, as?.name, body);
    answer = await client(route, { token: as?.token, body });
    printer.answer(answer, isShown);
    assertStatus(answer, status);
    return answer.body as Body;
  }

  function check(claim: string, actual: unknown, expected: unknown) {
    if (!isDeepStrictEqual(actual, expected)) {
      throw new DiscrepancyError(claim, { expected: JSON.stringify(expected), got: JSON.stringify(actual), answer });
    }
    printer.check(claim);
  }

  return { cast, admin, call, check, note: printer.note };
}
