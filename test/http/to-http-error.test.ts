/** @jest-environment node */
import { ConnectionRefusedError, DatabaseError } from 'sequelize';
import { HttpError, NotFoundError } from '../../shared/errors';
import { toHttpError } from '../../shared/http/to-http-error';

function pgError(code: string) {
  return new DatabaseError(Object.assign(new Error('terminating connection'), { code, sql: 'SELECT' }));
}

test.each([
  ['no connection', new ConnectionRefusedError(new Error('connect ECONNREFUSED'))],
  ['an administrator shutting down', pgError('57P01')],
  ['too many connections', pgError('53300')],
  ['a statement that took too long', pgError('57014')],
  ['a reset socket', Object.assign(new Error('read'), { code: 'ECONNRESET' })],
  [
    'a connection that broke off',
    new DatabaseError(Object.assign(new Error('Connection terminated unexpectedly'), { sql: '' })),
  ],
  ['any of these as the cause', new Error('wrapped', { cause: pgError('08006') })],
])('%s is database-unavailable, to be tried again', (_, error) => {
  const { code, status, headers, cause } = toHttpError(error);
  expect({ code, status, headers }).toEqual({
    code: 'database-unavailable',
    status: 503,
    headers: { 'retry-after': '5' },
  });
  expect(cause).toBe(error);
});

test.each([pgError('42P01'), new TypeError('x is not a function'), 'a string', undefined])(
  '%p is internal-error and tells the client nothing',
  (thrown) => {
    const error = toHttpError(thrown);
    expect(error.toProblem('r1')).toEqual({
      type: 'urn:inkwell:problem:internal-error',
      title: 'Something went wrong on our side',
      status: 500,
      detail: 'The failure is in the log under the request id.',
      code: 'internal-error',
      requestId: 'r1',
    });
    expect(error.cause).toBe(thrown);
  },
);

test('an HttpError stays what it is', () => {
  const error = new NotFoundError('post', 7);
  expect(toHttpError(error)).toBe(error);
  expect(error).toBeInstanceOf(HttpError);
});
