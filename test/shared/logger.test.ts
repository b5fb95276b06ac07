/** @jest-environment node */
import { createLogger } from '../../shared/logger';

function capture(level: 'debug' | 'warn' = 'debug') {
  const lines: string[] = [];
  const now = () => new Date('2026-01-31T12:00:00Z');
  return {
    lines,
    logger: createLogger({ fields: { requestId: 'r1' }, level, write: (line) => lines.push(line), now }),
  };
}

test('a line is one JSON object with the level, the time and the fields', () => {
  const { lines, logger } = capture();
  logger.info('request', { status: 200 });
  expect(lines).toEqual([
    '{"level":"info","time":"2026-01-31T12:00:00.000Z","message":"request","requestId":"r1","status":200}\n',
  ]);
});

test('what is below the level is not written', () => {
  const { lines, logger } = capture('warn');
  logger.debug('a');
  logger.info('b');
  logger.warn('c');
  logger.error('d');
  expect(lines).toHaveLength(2);
});

test.each(['password', 'currentPassword', 'refreshToken', 'Authorization', 'passwordHash', 'clientSecret', 'jwks'])(
  'a value named %s is redacted at any depth',
  (name) => {
    const { lines, logger } = capture();
    logger.error('x', { body: [{ [name]: 'canary' }] });
    expect(lines.join()).toContain('[redacted]');
    expect(lines.join()).not.toContain('canary');
  },
);

test('an error is told by name, code, message, stack and cause, not by what else it carries', () => {
  const { lines, logger } = capture();
  const error = Object.assign(new TypeError('outer', { cause: new Error('inner') }), { code: '23505', sql: 'canary' });
  logger.error('failed', { error });
  const written = JSON.parse(lines[0] ?? '');
  expect(written.error).toMatchObject({
    name: 'TypeError',
    code: '23505',
    message: 'outer',
    cause: { message: 'inner' },
  });
  expect(lines[0]).not.toContain('canary');
});
