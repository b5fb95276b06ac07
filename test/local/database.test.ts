/** @jest-environment node */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Pool } from 'pg';
import { type EmbeddedDatabase, startEmbeddedDatabase } from '../../local/database';

let database: EmbeddedDatabase;
const clients: Client[] = [];
const sockets: Socket[] = [];

beforeAll(async () => {
  database = await startEmbeddedDatabase({ waitLimitMs: 500 });
}, 15_000);

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(clients.splice(0).map((client) => client.end()));
});

afterAll(() => database.close());

async function open(options: Record<string, unknown> = {}): Promise<Client> {
  const client = new Client({ connectionString: database.url, ...options });
  await client.connect();
  clients.push(client);
  return client;
}

const STARTUP = Buffer.from('\0\0\0\x2a\0\x03\0\0user\0postgres\0database\0inkwell\0\0', 'latin1');
STARTUP.writeInt32BE(STARTUP.length, 0);
const BIND = Buffer.from('B\0\0\0\x0c\0\0\0\0\0\0\0\0', 'latin1');
const EXECUTE_AND_SYNC = Buffer.from('E\0\0\0\x09\0\0\0\0\0S\0\0\0\x04', 'latin1');
const FLUSH = Buffer.from('H\0\0\0\x04', 'latin1');

function toParse(sql: string): Buffer {
  return Buffer.concat([Buffer.from([0x50, 0, 0, 0, sql.length + 8, 0]), Buffer.from(`${sql}\0\0\0`)]);
}

/** A client whose bytes the test decides; `received` waits until the answer has that part in it. */
async function openRawSocket() {
  const socket = connect(database.port, '127.0.0.1').setNoDelay(true);
  sockets.push(socket);
  await once(socket, 'connect');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  const received = async (part: string): Promise<void> => {
    while (!text.includes(part)) await delay(5);
  };
  return { socket, received, answer: () => text };
}

async function value(client: Client, sql: string, parameters?: unknown[]): Promise<unknown> {
  const { rows } = await client.query({ text: sql, rowMode: 'array', ...(parameters && { values: parameters }) });
  return rows[0]?.[0];
}

describe('answers', () => {
  test('parallel queries over 10 connections each get their own answer', async () => {
    const pool = new Pool({ connectionString: database.url, max: 10 });
    const long = 'x'.repeat(200_000);
    const answers = Array.from({ length: 200 }, async (_, n) => {
      if (n % 7 === 0) return (await pool.query(`SELECT ${n} AS n`)).rows[0].n;
      if (n % 5 === 0) return (await pool.query('SELECT $1::int AS n, length($2) AS size', [n, long])).rows[0].n;
      return (await pool.query('SELECT $1::int AS n', [n])).rows[0].n;
    });
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 200 }, (_, n) => n));
    await pool.end();
  });

  test('messages that arrive byte by byte, from two clients at once, are answered', async () => {
    const ask = async (n: number): Promise<void> => {
      const { socket, received } = await openRawSocket();
      const encryption = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
      for (const byte of Buffer.concat([
        encryption,
        STARTUP,
        toParse(`SELECT 'answer ${n}'`),
        BIND,
        EXECUTE_AND_SYNC,
      ])) {
        socket.write(Buffer.from([byte]));
        await delay(0);
      }
      await received(`answer ${n}`);
    };
    await Promise.all([ask(1), ask(2)]);
  });

  test('a client that flushes keeps its turn until it syncs', async () => {
    const other = await open();
    const { socket, received } = await openRawSocket();
    socket.write(Buffer.concat([STARTUP, toParse("SELECT 'mine'"), BIND, FLUSH]));
    const bindComplete = '2\0\0\0\x04';
    await received(bindComplete);
    const theirs = value(other, "SELECT 'theirs'");
    await delay(50);
    socket.write(EXECUTE_AND_SYNC);
    await received('mine');
    expect(await theirs).toBe('theirs');
  });

  test('an error leaves the connection usable', async () => {
    const client = await open();
    await expect(client.query('SELECT $1::int / 0', [1])).rejects.toMatchObject({ code: '22012' });
    await expect(client.query('SELEC 1')).rejects.toMatchObject({ code: '42601' });
    expect(await value(client, 'SELECT $1::int', [7])).toBe(7);
  });

  test('a recursion without end is an error of its own statement', async () => {
    const client = await open();
    await client.query(
      'CREATE FUNCTION dive(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN dive(n + 1); END $$',
    );
    await expect(client.query('SELECT dive(1)')).rejects.toMatchObject({ code: '54001' });
    expect(await value(client, 'SELECT 1')).toBe(1);
  });

  test('a protocol error ends only its own connection', async () => {
    const other = await open();
    const { socket } = await openRawSocket();
    socket.write(Buffer.from([0, 0, 0, 5, 1, 2, 3]));
    await once(socket, 'close');
    expect(await value(other, 'SELECT 1')).toBe(1);
  });

  test('an unknown database is refused as PostgreSQL does', async () => {
    await expect(open({ connectionString: database.url.replace('inkwell', 'nowhere') })).rejects.toMatchObject({
      code: '3D000',
      message: 'database "nowhere" does not exist',
    });
  });

  test('any user and any password are let in', async () => {
    const client = await open({ connectionString: database.url.replace('postgres@', 'somebody:secret@') });
    expect(await value(client, 'SELECT current_database()')).toBe('inkwell');
  });
});

describe('transactions', () => {
  beforeEach(async () => {
    const client = await open();
    await client.query('CREATE TABLE IF NOT EXISTS counter (n int); TRUNCATE counter');
  });

  test('a transaction makes the other connections wait and is atomic to them', async () => {
    const [writer, reader] = [await open(), await open()];
    await writer.query('BEGIN');
    await writer.query('INSERT INTO counter VALUES (1)');
    const seen = value(reader, 'SELECT count(*)::int FROM counter');
    await delay(50);
    await writer.query('INSERT INTO counter VALUES (2)');
    await writer.query('COMMIT');
    expect(await seen).toBe(2);
  });

  test('a client that vanishes in mid-transaction is rolled back and the others go on', async () => {
    const [vanishing, other] = [await open(), await open()];
    vanishing.on('error', () => undefined);
    await vanishing.query('BEGIN');
    await vanishing.query('INSERT INTO counter VALUES (1)');
    const seen = value(other, 'SELECT count(*)::int FROM counter');
    (vanishing as unknown as { connection: { stream: Socket } }).connection.stream.resetAndDestroy();
    clients.splice(clients.indexOf(vanishing), 1);
    expect(await seen).toBe(0);
  });

  test('a statement that waits too long for an idle transaction fails with 55P03', async () => {
    const [holder, waiter] = [await open(), await open()];
    await holder.query('BEGIN');
    await expect(waiter.query('SELECT 1')).rejects.toMatchObject({ code: '55P03' });
    await holder.query('COMMIT');
    expect(await value(waiter, 'SELECT 1')).toBe(1);
  });
});

test('a flushed statement that waits too long is skipped up to its sync', async () => {
  const holder = await open();
  const { socket, received, answer } = await openRawSocket();
  socket.write(STARTUP);
  await received('Z');
  await holder.query('BEGIN');
  socket.write(Buffer.concat([toParse("SELECT 'late'"), BIND, FLUSH]));
  await received('55P03');
  await holder.query('COMMIT');
  socket.write(Buffer.concat([EXECUTE_AND_SYNC, toParse("SELECT 'in time'"), BIND, EXECUTE_AND_SYNC]));
  await received('in time');
  await delay(20);
  const readyForQuery = 'Z\0\0\0\x05';
  expect(answer().split(readyForQuery)).toHaveLength(1 + 3);
});

describe('session state', () => {
  test('settings follow their connection', async () => {
    const [paris, plain] = [await open(), await open()];
    await paris.query("SET TIME ZONE 'Europe/Paris'");
    expect(await value(plain, "SELECT current_setting('TimeZone')")).toBe('UTC');
    expect(await value(paris, "SELECT current_setting('TimeZone')")).toBe('Europe/Paris');
  });

  test('settings of the connection string apply', async () => {
    const [named, plain] = [await open({ application_name: "it's me", options: '-c work_mem=8MB' }), await open()];
    expect(await value(named, "SELECT current_setting('application_name') || current_setting('work_mem')")).toBe(
      "it's me8MB",
    );
    expect(await value(plain, "SELECT current_setting('application_name')")).toBe('');
    await expect(open({ options: '-c nonsense=1' })).rejects.toMatchObject({ code: '42704' });
  });

  test('two connections may prepare statements of one name', async () => {
    const [one, two] = [await open(), await open()];
    const ask = async (client: Client, text: string) => (await client.query({ name: 'same', text })).rows;
    expect(await ask(one, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    expect(await ask(two, 'SELECT 2 AS n')).toEqual([{ n: 2 }]);
    expect(await ask(one, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  test('a closed connection leaves no prepared statement behind', async () => {
    const [leaving, staying] = [await open(), await open()];
    await leaving.query({ name: 'left', text: 'SELECT 1' });
    clients.splice(clients.indexOf(leaving), 1);
    await leaving.end();
    await delay(20);
    expect(await value(staying, "SELECT count(*)::int FROM pg_prepared_statements WHERE name LIKE '%left'")).toBe(0);
  });
});
