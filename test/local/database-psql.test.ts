/** @jest-environment node */
import { execFile, execFileSync } from 'node:child_process';
import { Client } from 'pg';
import { type EmbeddedDatabase, startEmbeddedDatabase } from '../../local/database';

let database: EmbeddedDatabase;
let client: Client;

beforeAll(async () => {
  database = await startEmbeddedDatabase({});
  client = new Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.close();
});

describe('psql', () => {
  const isInstalled = (() => {
    try {
      return Boolean(execFileSync('psql', ['--version']));
    } catch {
      return false;
    }
  })();
  const onlyWithPsql = isInstalled ? test : test.skip;
  const psql = (...args: string[]) => runPsql(['-XAt', '-v', 'ON_ERROR_STOP=1', database.url, ...args]);

  onlyWithPsql('psql (skipped where it is not installed) lists, describes and selects', async () => {
    await client.query('CREATE TABLE IF NOT EXISTS notes (id bigint PRIMARY KEY, title text NOT NULL)');
    expect(await psql('-c', '\\dt notes')).toContain('public|notes|table|postgres');
    expect(await psql('-c', '\\d notes')).toContain('title|text||not null|');
    expect(await psql('-c', 'SELECT 6 * 7')).toBe('42\n');
  });

  onlyWithPsql('psql copies in and out, and a failed copy stops nobody', async () => {
    await client.query('DROP TABLE IF EXISTS copied; CREATE TABLE copied (n int, word text)');
    await psql('-c', '\\copy copied from program \'printf "1,one\\n2,two\\n"\' csv');
    expect(await psql('-c', '\\copy copied to stdout')).toBe('1\tone\n2\ttwo\n');
    await expect(psql('-c', '\\copy copied from program \'printf "x,y\\n"\' csv')).rejects.toThrow('invalid input');
    await expect(psql('-c', 'BEGIN; COPY copied FROM STDIN')).rejects.toThrow('COPY FROM STDIN');
    expect((await client.query('SELECT count(*)::int AS count FROM copied')).rows).toEqual([{ count: 2 }]);
  });
});

function runPsql(args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile('psql', args, (error, stdout) => (error ? reject(error) : resolve(stdout)));
    child.stdin?.end();
  });
}
