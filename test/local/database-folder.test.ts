/** @jest-environment node */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { type EmbeddedDatabase, startEmbeddedDatabase } from '../../local/database';

const root = mkdtempSync(join(tmpdir(), 'inkwell-database-'));
const children: ChildProcess[] = [];
let folderNumber = 0;

/** A started and closed data folder, copied for each test: initializing one takes seconds. */
const template = join(root, 'template');

beforeAll(async () => {
  await (await startEmbeddedDatabase({ dataDir: template })).close();
}, 15_000);

afterEach(async () => {
  for (const child of children.splice(0)) await kill(child);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

function emptyFolder(): string {
  folderNumber += 1;
  return join(root, `data-${folderNumber}`);
}

function clusterFolder(): string {
  const folder = emptyFolder();
  cpSync(template, folder, { recursive: true });
  return folder;
}

function spawnDatabase(dataDir: string): ChildProcess {
  const script = join(__dirname, '../support/embedded-database-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

/** What the process prints first: a URL, or why it could not start. */
async function firstLine(child: ChildProcess): Promise<string> {
  const [line] = await once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), 'line');
  return line;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function withDatabase<T>(dataDir: string, use: (database: EmbeddedDatabase) => Promise<T>): Promise<T> {
  const database = await startEmbeddedDatabase({ dataDir });
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}

describe('data', () => {
  test('data survives close and reopen', async () => {
    const dataDir = clusterFolder();
    await withDatabase(dataDir, ({ url }) => query(url, 'CREATE TABLE kept AS SELECT 42 AS n'));
    expect(await withDatabase(dataDir, ({ url }) => query(url, 'SELECT n FROM kept'))).toEqual([{ n: 42 }]);
  });

  test('every acknowledged write survives kill -9, and the stale lock is taken over', async () => {
    const dataDir = clusterFolder();
    const child = spawnDatabase(dataDir);
    const client = new Client({ connectionString: await firstLine(child) });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('CREATE TABLE kept (n int)');
    let acknowledged = 0;
    const dying = delay(200).then(() => kill(child));
    try {
      for (;;) {
        await client.query('INSERT INTO kept VALUES ($1)', [acknowledged + 1]);
        acknowledged += 1;
      }
    } catch {
      await dying;
    }
    expect(existsSync(`${dataDir}.lock`)).toBe(true);
    const rows = await withDatabase(dataDir, ({ url }) => query(url, 'SELECT max(n) AS max, count(*)::int FROM kept'));
    const [{ max, count }] = rows as [{ max: number; count: number }];
    expect(acknowledged).toBeGreaterThan(0);
    expect([acknowledged, acknowledged + 1]).toContain(max);
    expect(count).toBe(max);
  }, 15_000);

  test('a kill in mid-initialization leaves nothing that counts as data', async () => {
    const dataDir = emptyFolder();
    const child = spawnDatabase(dataDir);
    const draft = () => readdirSync(root).find((name) => name.startsWith(`data-${folderNumber}.init-`));
    while (!draft() || readdirSync(join(root, draft() as string)).length < 5) await delay(5);
    await kill(child);
    expect(readdirSync(dataDir)).toEqual([]);
    expect(await withDatabase(dataDir, ({ url }) => query(url, 'SELECT 1 AS n'))).toEqual([{ n: 1 }]);
    expect(draft()).toBeUndefined();
  }, 20_000);
});

describe('refusals', () => {
  test('a second process is refused while the first one runs', async () => {
    const dataDir = clusterFolder();
    await withDatabase(dataDir, async () => {
      const line = await firstLine(spawnDatabase(dataDir));
      expect(line).toBe(
        `DATA_FOLDER_IN_USE: The data folder ${dataDir} is in use by process ${process.pid}. Stop that process, or set DATA_DIR to another folder.`,
      );
    });
    expect(existsSync(`${dataDir}.lock`)).toBe(false);
  });

  test('a busy port is named, with the variable that changes it', async () => {
    const dataDir = clusterFolder();
    const first = await startEmbeddedDatabase({ dataDir });
    await expect(startEmbeddedDatabase({ dataDir: emptyFolder(), port: first.port })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: expect.stringMatching(new RegExp(`Port ${first.port} .*POSTGRES_PORT`)),
    });
    await first.close();
  });

  test('a folder of other files is refused and left alone', async () => {
    const dataDir = emptyFolder();
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'notes.txt'), 'mine');
    await expect(startEmbeddedDatabase({ dataDir })).rejects.toMatchObject({ code: 'DATA_FOLDER_NOT_A_CLUSTER' });
    expect(readdirSync(dataDir)).toEqual(['notes.txt']);
  });

  test('a cluster of another major version is refused', async () => {
    const dataDir = emptyFolder();
    mkdirSync(join(dataDir, 'global'), { recursive: true });
    writeFileSync(join(dataDir, 'PG_VERSION'), '15\n');
    await expect(startEmbeddedDatabase({ dataDir })).rejects.toMatchObject({
      code: 'DATA_FOLDER_OTHER_VERSION',
      message: expect.stringContaining('made by PostgreSQL 15'),
    });
  });

  test('a broken cluster is refused by name', async () => {
    const dataDir = clusterFolder();
    rmSync(join(dataDir, 'global', 'pg_control'));
    await expect(startEmbeddedDatabase({ dataDir })).rejects.toMatchObject({
      code: 'DATA_FOLDER_BROKEN',
      message: expect.stringContaining(dataDir),
    });
    expect(existsSync(`${dataDir}.lock`)).toBe(false);
  });

  test('a file in place of the folder, or of its parent, is refused', async () => {
    const file = emptyFolder();
    writeFileSync(file, '');
    for (const dataDir of [file, join(file, 'below')]) {
      await expect(startEmbeddedDatabase({ dataDir })).rejects.toMatchObject({ code: 'DATA_FOLDER_NOT_A_FOLDER' });
    }
  });
});

describe('close', () => {
  test('close lets a running statement finish, ends the clients and may be repeated', async () => {
    const database = await startEmbeddedDatabase({ dataDir: clusterFolder() });
    const client = new Client({ connectionString: database.url });
    const errors: unknown[] = [];
    client.on('error', (error) => errors.push(error));
    await client.connect();
    const slow = client.query('SELECT 42 AS n FROM pg_sleep(0.3)');
    await delay(50);
    await Promise.all([database.close(), database.close()]);
    expect((await slow).rows).toEqual([{ n: 42 }]);
    expect(errors[0]).toMatchObject({ code: '57P01' });
    await expect(query(database.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
