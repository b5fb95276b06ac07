import { Client } from 'pg';
import { createConfig } from '../shared/config';
import { createSequelize } from '../shared/db/create-sequelize';
import { migrateUp } from '../shared/db/migrate';

const name = 'inkwell_bench';

const seed = `
  INSERT INTO users (name, email, password_hash) SELECT 'User ' || n, 'user' || n || '@example.com', 'none'
    FROM generate_series(1, 100) n;
  INSERT INTO posts (title, content, user_id, created_at)
    SELECT 'Post ' || n, 'The content of post ' || n, 1 + n % 100, now() - n * interval '1 second'
      FROM generate_series(1, 1000000) n;
  ANALYZE`;

export async function createBenchDatabase(serverUrl: string) {
  const url = new URL(serverUrl);
  url.pathname = name;
  console.error('Writing 1,000,000 posts. This takes about half a minute.');
  await send(serverUrl, `DROP DATABASE IF EXISTS ${name}`);
  await send(serverUrl, `CREATE DATABASE ${name}`);
  const sequelize = createSequelize(createConfig({ DATABASE_URL: url.href }).database);
  await migrateUp(sequelize);
  await sequelize.close();
  await send(url.href, seed);
  return { url: url.href, postId: 500_000, drop: () => send(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function send(url: string, statement: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
