import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { createConfig } from '../../shared/config';
import { createSequelize } from '../../shared/db/create-sequelize';
import { migrateUp } from '../../shared/db/migrate';

/** Makes a migrated database to copy. @returns its name */
export async function createTemplate(serverUrl: string): Promise<string> {
  const name = createName('inkwell_template');
  await send(serverUrl, `CREATE DATABASE ${name}`);
  await migrate(urlOf(serverUrl, name));
  return name;
}

/** @returns the name of a copy of the template */
export async function copyTemplate(serverUrl: string, template: string): Promise<string> {
  const name = createName('inkwell_test');
  await send(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return name;
}

export function dropDatabase(serverUrl: string, name: string): Promise<void> {
  return send(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
}

/** Whatever a test file left behind is gone. */
export async function resetDatabase(url: string): Promise<void> {
  await send(url, 'DROP SCHEMA public CASCADE', 'CREATE SCHEMA public');
  await migrate(url);
}

export function urlOf(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = name;
  return url.href;
}

function createName(prefix: string) {
  return `${prefix}_${randomBytes(6).toString('hex')}`;
}

async function migrate(url: string) {
  const sequelize = createSequelize(createConfig({ DATABASE_URL: url }).database);
  await migrateUp(sequelize);
  await sequelize.close();
}

/** CREATE DATABASE may not run in a transaction, so each statement is sent alone. */
async function send(url: string, ...statements: string[]) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
