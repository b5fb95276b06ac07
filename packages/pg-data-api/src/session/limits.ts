import { DatabaseError } from '../errors/database-error';

const LONGEST_SQL = 65_536;

/** The service takes no longer statement; values count, for they travel in it. */
export function assertLength(sql: string) {
  if (sql.length <= LONGEST_SQL) return;
  throw new DatabaseError(`the statement has ${sql.length} characters, the Data API takes ${LONGEST_SQL}`, {
    code: '54000',
    hint: 'Send long values as a Buffer, which does not count, or write fewer rows at a time.',
  });
}
