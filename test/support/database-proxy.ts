import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands in front of a database and does what networks do. */
export interface DatabaseProxy {
  url: string;
  /** Forwards new connections; those that hang go on hanging. */
  forward(): Promise<void>;
  /** Resets every connection and listens no longer. */
  refuse(): Promise<void>;
  /** Resets every connection, new ones as soon as they come. */
  cut(): void;
  /** Keeps every connection open, new ones too, and lets nothing through. */
  hang(): void;
  /** From now on a connection hangs when it sends one of these texts. */
  hangAt(...texts: string[]): void;
  close(): Promise<void>;
}

interface Link {
  client: Socket;
  database: Socket;
  isHanging: boolean;
}

export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const { hostname, port: databasePort } = new URL(databaseUrl);
  const links = new Set<Link>();
  let mode: 'forward' | 'cut' | 'hang' = 'forward';
  let stopTexts: string[] = [];

  const server = createServer((client) => {
    client.on('error', () => {});
    if (mode === 'cut') {
      client.resetAndDestroy();
      return;
    }
    const database = connect(Number(databasePort), hostname);
    const link = { client, database, isHanging: mode === 'hang' };
    links.add(link);
    join(link, () => stopTexts);
    client.once('close', () => links.delete(link));
  });
  const listen = (port: number) => once(server.listen(port, '127.0.0.1'), 'listening');
  await listen(0);
  const { port } = server.address() as AddressInfo;

  const set = (next: typeof mode) => {
    mode = next;
    stopTexts = [];
    for (const link of links) link.isHanging ||= next === 'hang';
    if (next === 'cut') for (const { client } of links) client.resetAndDestroy();
  };
  const stop = async () => {
    set('cut');
    if (server.listening) await once(server.close(), 'close');
  };
  const forward = async () => {
    set('forward');
    if (!server.listening) await listen(port);
  };
  const hangAt = (...texts: string[]) => {
    stopTexts = texts;
  };
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${port}`;
  const proxy = { url: url.href, forward, refuse: stop, close: stop, hangAt };
  return { ...proxy, cut: () => set('cut'), hang: () => set('hang') };
}

/** The end of one side ends the other. */
function join(link: Link, findStopTexts: () => string[]) {
  const { client, database } = link;
  client.on('data', (chunk) => {
    if (findStopTexts().some((text) => chunk.includes(text))) link.isHanging = true;
    if (!link.isHanging) database.write(chunk);
  });
  database.on('data', (chunk) => link.isHanging || client.write(chunk));
  database.on('error', () => {});
  client.once('close', () => database.destroy());
  database.once('close', () => link.isHanging || client.destroy());
}
