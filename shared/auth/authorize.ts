import type { Access } from '../contract/route';
import { HttpError } from '../errors';
import type { Principal } from './authenticate';

/** Route level: may this role call the operation at all? */
export function assertAccess(principal: Principal, access: Access): void {
  if (access === 'admin') assertAdmin(principal, 'use this operation');
}

export function assertAdmin({ role }: Principal, action: string): void {
  if (role !== 'admin') throw new HttpError('forbidden', `Only an admin may ${action}.`);
}

/** Row level: the row is the principal's own, or the principal is an admin. */
export function assertOwner({ userId, role }: Principal, ownerId: number, what: string): void {
  if (role !== 'admin' && userId !== ownerId) throw new HttpError('forbidden', `This ${what} is not yours.`);
}
