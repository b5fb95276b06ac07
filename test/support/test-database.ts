import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedDatabase } from '../../local/database';
import { createConfig } from '../../shared/config';
import { createSequelize } from '../../shared/db/create-sequelize';
import { migrateUp } from '../../shared/db/migrate';

export interface TestDatabase {
  url: string;
  close(): Promise<void>;
}

/** A server with many connections, where `TEST_DATABASE_URL` names one: its user may create databases. */
const serverUrl = process.env.TEST_DATABASE_URL;
const templateName = 'inkwell_template';
const templateDir = join(tmpdir(), `inkwell-template-${process.getuid?.() ?? 'user'}`);

export async function prepareTemplate(): Promise<void> {
  if (serverUrl) {
    await onServer(`DROP DATABASE IF EXISTS ${templateName}`, `CREATE DATABASE ${templateName}`);
    return migrate(urlOf(templateName));
  }
  await rm(templateDir, { recursive: true, force: true });
  const database = await startEmbeddedDatabase({ dataDir: templateDir });
  await migrate(database.url);
  await database.close();
}

export async function openTestDatabase(): Promise<TestDatabase> {
  return serverUrl ? copyOnServer() : copyEmbedded();
}

async function copyOnServer(): Promise<TestDatabase> {
  const name = `inkwell_test_${randomBytes(6).toString('hex')}`;
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${templateName}`);
  return { url: urlOf(name), close: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

async function copyEmbedded(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'inkwell-test-'));
  const dataDir = join(folder, 'postgres');
  await cp(templateDir, dataDir, { recursive: true });
  const database = await startEmbeddedDatabase({ dataDir });
  const close = async () => {
    await database.close();
    await rm(folder, { recursive: true });
  };
  return { url: database.url, close };
}

async function migrate(url: string) {
  const sequelize = createSequelize(createConfig({ DATABASE_URL: url }).database);
  await migrateUp(sequelize);
  await sequelize.close();
}

function urlOf(name: string) {
  const url = new URL(serverUrl ?? '');
  url.pathname = name;
  return url.href;
}

/** CREATE DATABASE may not run in a transaction, so each statement is sent alone. */
async function onServer(...statements: string[]) {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
