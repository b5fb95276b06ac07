import { compare, getRounds, hash } from 'bcryptjs';
import { config } from '../config';

export function hashPassword(password: string): Promise<string> {
  return hash(password, config.auth.bcryptCost);
}

/**
 * The least cost that OWASP's Password Storage Cheat Sheet allows. A hundred hashes at cost 12 take 25 to 35 s,
 * longer than API Gateway waits; at cost 10 a quarter of that, and the first login hashes again at today's cost.
 */
const batchCost = 10;

export function hashPasswords(passwords: readonly string[]): Promise<string[]> {
  return Promise.all(passwords.map((password) => hash(password, Math.min(batchCost, config.auth.bcryptCost))));
}

/** Takes the same time whether or not there is a hash to compare with, so that it does not tell who has an account. */
export async function verifyPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  const isEqual = await compare(password, passwordHash ?? hashOfNoPassword());
  return isEqual && passwordHash !== undefined;
}

/** True for a hash that was made at another cost than today's. */
export function isRehashDue(passwordHash: string): boolean {
  return getRounds(passwordHash) !== config.auth.bcryptCost;
}

/** Well-formed, of today's cost, and the hash of nothing that anybody knows. */
function hashOfNoPassword() {
  return `$2b$${String(config.auth.bcryptCost).padStart(2, '0')}$${'.'.repeat(53)}`;
}
