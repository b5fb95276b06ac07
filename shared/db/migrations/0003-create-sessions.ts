import type { Migration } from './migration';

export const createSessions: Migration = {
  name: '0003-create-sessions',
  up: [
    `CREATE TABLE sessions (
      id UUID PRIMARY KEY,
      user_id BIGINT NOT NULL REFERENCES users ON DELETE CASCADE,
      refresh_token_hash VARCHAR(43) NOT NULL,
      previous_refresh_token_hash VARCHAR(43),
      rotation_salt VARCHAR(43),
      rotated_at TIMESTAMPTZ(3),
      created_at TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
      last_used_at TIMESTAMPTZ(3) NOT NULL,
      expires_at TIMESTAMPTZ(3) NOT NULL,
      revoked_at TIMESTAMPTZ(3),
      user_agent TEXT
    )`,
    'CREATE INDEX sessions_user_id_idx ON sessions (user_id)',
  ],
  down: ['DROP TABLE sessions'],
};
