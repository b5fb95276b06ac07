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

/** Makes a migrated database to copy. @returns its name on the server, or the folder of the embedded one */
export async function createTemplate(): Promise<string> {
  if (serverUrl) {
    const name = `inkwell_template_${randomBytes(6).toString('hex')}`;
    await onServer(`CREATE DATABASE ${name}`);
    await migrate(urlOf(name));
    return name;
  }
  const folder = await mkdtemp(join(tmpdir(), 'inkwell-template-'));
  const database = await startEmbeddedDatabase({ dataDir: join(folder, 'postgres') });
  await migrate(database.url);
  await database.close();
  return folder;
}

export async function dropTemplate(template: string): Promise<void> {
  await (serverUrl ? onServer(`DROP DATABASE ${template}`) : rm(template, { recursive: true }));
}

export async function openTestDatabase(template: string): Promise<TestDatabase> {
  return serverUrl ? copyOnServer(template) : copyEmbedded(template);
}

async function copyOnServer(template: string): Promise<TestDatabase> {
  const name = `inkwell_test_${randomBytes(6).toString('hex')}`;
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  return { url: urlOf(name), close: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

async function copyEmbedded(template: string): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'inkwell-test-'));
  const dataDir = join(folder, 'postgres');
  await cp(join(template, 'postgres'), dataDir, { recursive: true });
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
