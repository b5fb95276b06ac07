import { ForeignKeyConstraintError } from 'sequelize';
import type { HttpError } from '../errors';

/** For `.catch()` of a statement that writes a row of a user, who may have been deleted since they were read. */
export function throwUserGone(createError: (cause: unknown) => HttpError) {
  return (error: unknown): never => {
    throw error instanceof ForeignKeyConstraintError ? createError(error) : error;
  };
}
