import { type AddressInfo, createServer, type Server } from 'node:net';
import { Connection, type Service } from './connection';
import { EmbeddedDatabaseError } from './errors';

export interface ProtocolServer {
  port: number;
  /** Lets the connections that wait, and all later ones, be served. */
  serve(service: Service): void;
  /** Stops accepting, lets running statements finish and be answered, ends every connection. */
  close(): Promise<void>;
}

/** Listens at once, so that a busy port is known before a database is opened; connections wait for `serve`. */
export async function listen(host: string, port: number): Promise<ProtocolServer> {
  const connections = new Set<Connection>();
  let serve: (service?: Service) => void = () => undefined;
  const ready = new Promise<Service | undefined>((resolve) => {
    serve = resolve;
  });
  let connectionId = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    connectionId += 1;
    const connection = new Connection(socket, connectionId, ready);
    connections.add(connection);
    connection.served.finally(() => connections.delete(connection));
  });
  await startListening(server, host, port);
  return { port: (server.address() as AddressInfo).port, serve, close: () => closeServer(server, connections, serve) };
}

async function closeServer(server: Server, connections: Set<Connection>, serve: () => void): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  serve();
  for (const connection of connections) connection.stop();
  await Promise.all([...connections].map((connection) => connection.served));
  await closed;
}

function startListening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(toListenError(error, host, port)));
    server.listen({ host, port }, resolve);
  });
}

function toListenError(error: NodeJS.ErrnoException, host: string, port: number): EmbeddedDatabaseError {
  if (error.code === 'EADDRINUSE') {
    const message = `Port ${port} is in use, so the embedded PostgreSQL cannot listen there. Stop what uses it, or set POSTGRES_PORT to a free port.`;
    return new EmbeddedDatabaseError('PORT_IN_USE', message, { cause: error });
  }
  const message = `The embedded PostgreSQL cannot listen on ${host}:${port} (${error.code}). Set POSTGRES_PORT to another port.`;
  return new EmbeddedDatabaseError('PORT_UNAVAILABLE', message, { cause: error });
}
