/** @jest-environment node */
import { randomUUID } from 'node:crypto';
import {
  createRefreshToken,
  createRotationSalt,
  formatRefreshToken,
  hashRefreshToken,
  nextRefreshToken,
  parseRefreshToken,
} from '../../shared/auth/refresh-token';

test('a token survives being written and read', () => {
  const token = createRefreshToken(randomUUID());
  expect(parseRefreshToken(formatRefreshToken(token))).toEqual(token);
});

test('the next token is the same for the same token and salt, and another for any other', () => {
  const token = createRefreshToken(randomUUID());
  const salt = createRotationSalt();
  const next = nextRefreshToken(token, salt);
  expect(nextRefreshToken(token, salt)).toEqual(next);
  expect(next.secret).toHaveLength(32);
  expect(nextRefreshToken(token, createRotationSalt()).secret).not.toEqual(next.secret);
  expect(nextRefreshToken(createRefreshToken(token.sessionId), salt).secret).not.toEqual(next.secret);
});

test('the hash is not the token', () => {
  const token = createRefreshToken(randomUUID());
  expect(hashRefreshToken(token)).toMatch(/^[\w-]{43}$/);
  expect(formatRefreshToken(token)).not.toContain(hashRefreshToken(token));
});

test.each(['', 'x', 'é', `${'A'.repeat(64)}=`, 'A'.repeat(63), 'A'.repeat(68), `${'A'.repeat(63)}+`])(
  'the text %j is refused',
  (text) => {
    expect(() => parseRefreshToken(text)).toThrow(expect.objectContaining({ code: 'invalid-refresh-token' }));
  },
);
