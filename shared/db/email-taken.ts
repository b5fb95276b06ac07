import { UniqueConstraintError } from 'sequelize';
import { EmailTakenError } from '../errors';
import { User } from '../models';

/**
 * For `.catch()` of a statement that writes these addresses: the unique index decides, not a look before,
 * so of two simultaneous registrations one wins.
 */
export function throwEmailTaken(emails: readonly string[]) {
  return async (error: unknown): Promise<never> => {
    if (!(error instanceof UniqueConstraintError)) throw error;
    throw new EmailTakenError(await findTaken(emails), { cause: error });
  };
}

/** @throws {EmailTakenError} */
export function assertDistinctEmails(emails: readonly string[]): void {
  const seen = new Set<string>();
  for (const email of emails) {
    if (seen.has(email.toLowerCase())) throw new EmailTakenError(email);
    seen.add(email.toLowerCase());
  }
}

async function findTaken(emails: readonly string[]) {
  const [first = ''] = emails;
  if (emails.length === 1) return first;
  for (const email of emails) if (await User.findByEmail(email)) return email;
  return first;
}
