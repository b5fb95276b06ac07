import { createHash, createHmac, randomBytes } from 'node:crypto';
import { HttpError } from '../errors';

/** 16 bytes of session id, then 256 random bits: the id finds the session of a token that was used long ago. */
export interface RefreshToken {
  sessionId: string;
  secret: Buffer;
}

const idBytes = 16;
const secretBytes = 32;

export function createRefreshToken(sessionId: string): RefreshToken {
  return { sessionId, secret: randomBytes(secretBytes) };
}

/** The salt makes the next token as random as the first; it is no use without the token before. */
export function createRotationSalt(): string {
  return randomBytes(secretBytes).toString('base64url');
}

/**
 * The token after this one. It is derived and not drawn, so that whoever presents the same token twice
 * (a lost response, two tabs) gets the same answer although only hashes are stored.
 */
export function nextRefreshToken({ sessionId, secret }: RefreshToken, salt: string): RefreshToken {
  return { sessionId, secret: createHmac('sha256', Buffer.from(salt, 'base64url')).update(secret).digest() };
}

/** What is stored: with 256 random bits behind it, one round of SHA-256 cannot be searched. */
export function hashRefreshToken({ secret }: RefreshToken): string {
  return createHash('sha256').update(secret).digest('base64url');
}

export function formatRefreshToken({ sessionId, secret }: RefreshToken): string {
  return Buffer.concat([Buffer.from(sessionId.replaceAll('-', ''), 'hex'), secret]).toString('base64url');
}

/** @throws {HttpError} `invalid-refresh-token` */
export function parseRefreshToken(text: string): RefreshToken {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== idBytes + secretBytes || bytes.toString('base64url') !== text) throw invalidRefreshToken();
  const hex = bytes.toString('hex', 0, idBytes);
  return {
    sessionId: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    secret: bytes.subarray(idBytes),
  };
}

export function invalidRefreshToken(): HttpError {
  return new HttpError('invalid-refresh-token', 'The refresh token is unknown, used or expired. Log in again.');
}
