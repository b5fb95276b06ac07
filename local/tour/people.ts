import { emailsOf, type Person, registrationOf } from './cast';
import type { Page, Scene, User } from './scene';

export async function register({ call, check }: Scene, person: Person): Promise<User> {
  const user = await call<User>('POST /users', { body: registrationOf(person), status: 201 });
  check(`${person.name} is stored`, [user.name, user.email], [person.name, person.email]);
  Object.assign(person, { id: user.id, createdAt: user.createdAt });
  return user;
}

/**
 * Follows a list that begins with the newest, page by page, back to John, who came first: it may go on for millions.
 *
 * @returns those of the story, and how many users the service counted, if it was asked to
 */
export async function listNewcomers({ cast, admin, call }: Scene, query: string) {
  const { guide, john } = cast;
  const emails = new Set(emailsOf(cast).filter((email) => email !== guide.email));
  const users: User[] = [];
  let page: Page<User>;
  let cursor = '';
  do {
    page = await call<Page<User>>(`GET /users?${query}${cursor}`, { as: admin, status: 200 });
    users.push(...page.items.filter(({ email = '' }) => emails.has(email)));
    cursor = `&cursor=${encodeURIComponent(page.nextCursor ?? '')}`;
  } while (page.nextCursor && isSince(john.createdAt, page.items.at(-1)));
  return { users, total: page.total ?? 0 };
}

/** RFC 3339 times in UTC sort as text. */
function isSince(time = '', user: User | undefined) {
  return user !== undefined && user.createdAt >= time;
}

export function namesOf(people: readonly { name: string }[]): string[] {
  return people.map(({ name }) => name);
}

export function idsOf(items: readonly { id: number }[]): number[] {
  return items.map(({ id }) => id);
}
