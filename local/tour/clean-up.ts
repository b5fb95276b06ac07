import { type Admin, demand } from './admin';
import { createCast, emailsOf, guideName, runOf } from './cast';
import type { Client } from './client';
import { CleanUpError } from './failures';
import type { Page, User } from './scene';

/** A tour takes seconds, so one that began before this is over. */
const OVER_AFTER_MS = 60 * 60_000;

/**
 * Deletes who has one of the addresses, and with them their posts and sessions.
 *
 * @throws {CleanUpError} after it tried them all
 */
export async function deletePeople(client: Client, { token }: Admin, emails: readonly string[]): Promise<void> {
  const failures: unknown[] = [];
  for (const email of emails) await deletePerson(client, token, email).catch((error) => failures.push(error));
  const [cause] = failures;
  if (cause) throw new CleanUpError(`Of these users some may be left: ${emails.join(', ')}`, { cause });
}

/** The address is compared, lest a list that was not filtered deletes everybody. */
async function deletePerson(client: Client, token: string, email: string) {
  const { items } = await demand<Page<User>>(client, `GET /users?email=${encodeURIComponent(email)}`, 200, { token });
  for (const user of items) {
    if (user.email === email) await demand(client, `DELETE /users/${user.id}`, 204, { token });
  }
}

/**
 * Deletes what tours left behind that were killed.
 *
 * @returns how many tours
 */
export async function deleteLeftovers(client: Client, admin: Admin, now = Date.now()): Promise<number> {
  const query = `nameContains=${guideName}&limit=100`;
  const { items } = await demand<Page<User>>(client, `GET /users?${query}`, 200, { token: admin.token });
  const runs = items
    .filter(({ createdAt }) => Date.parse(createdAt) < now - OVER_AFTER_MS)
    .map(({ email }) => runOf(email))
    .filter((run) => run !== undefined);
  for (const run of runs) await deletePeople(client, admin, emailsOf(createCast(run)));
  return runs.length;
}
