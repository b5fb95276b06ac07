import type { Socket } from 'node:net';
import { type ErrorFields, MessageReader, ProtocolError, toErrorResponse } from './messages';
import { Session } from './session';
import { toSettingsScript } from './settings';
import { type SharedBackend, toSqlState } from './shared-backend';
import { parseStartupPacket, type StartupPacket } from './startup';

/** What every connection is served with. */
export interface Service {
  backend: SharedBackend;
  /** AuthenticationOk, ParameterStatus and BackendKeyData as PGlite gives them, without ReadyForQuery. */
  greeting: Buffer;
  /** The one database served. */
  database: string;
}

/** Serves one socket until it closes, from its startup packet on. */
export class Connection {
  /** Settles when the socket is closed and the backend is rid of the session. */
  readonly served: Promise<void>;
  private readonly socket: Socket;
  private readonly id: number;
  private readonly reader = new MessageReader();
  private session: Session | undefined;
  private isBusy = false;
  private isStopping = false;

  constructor(socket: Socket, id: number, ready: Promise<Service | undefined>) {
    this.socket = socket;
    this.id = id;
    socket.on('error', () => socket.destroy());
    this.served = this.serve(ready);
  }

  /** Ends the connection as soon as its running round trip is answered. */
  stop(): void {
    this.isStopping = true;
    if (!this.isBusy) this.end();
  }

  private async serve(ready: Promise<Service | undefined>): Promise<void> {
    const service = await ready;
    try {
      if (service) await this.receiveChunks(service);
    } catch (error) {
      if (error instanceof ProtocolError) this.refuse({ sqlState: '08P01', message: error.message });
    } finally {
      this.end();
      // A backend that can no longer be left has failed; its connections hear of it by their own statements.
      if (this.session) await service?.backend.leave(this.session).catch(() => undefined);
    }
  }

  private async receiveChunks(service: Service): Promise<void> {
    // Leaving a plain `for await` would destroy the socket before the last answer is on its way.
    for await (const chunk of this.socket.iterator({ destroyOnReturn: false })) {
      this.isBusy = true;
      this.reader.push(chunk as Buffer);
      this.session ??= await this.startSession(service);
      if (this.session && !(await this.receiveMessages(this.session))) return;
      this.isBusy = false;
      if (this.isStopping || this.socket.writableEnded) return;
    }
  }

  private async receiveMessages(session: Session): Promise<boolean> {
    for (let message = this.reader.takeTyped(); message; message = this.reader.takeTyped()) {
      if (!(await session.receive(message)) || this.isStopping) return false;
    }
    return true;
  }

  /** Undefined while the startup packet is incomplete, and when the client has been refused. */
  private async startSession(service: Service): Promise<Session | undefined> {
    for (let packet = this.reader.takeUntyped(); packet; packet = this.reader.takeUntyped()) {
      const startup = parseStartupPacket(packet);
      if (startup.kind === 'startup') return this.greet(startup, service);
      if (startup.kind === 'encryption') this.socket.write('N');
      // PGlite cannot cancel the statement it runs, and a CancelRequest expects no answer.
      else if (startup.kind === 'cancel') return this.end();
      else return this.refuse({ sqlState: '0A000', message: `unsupported frontend protocol ${startup.version}` });
    }
    return undefined;
  }

  private async greet(startup: Extract<StartupPacket, { kind: 'startup' }>, service: Service) {
    if (startup.database !== service.database) {
      const hint = `The embedded database serves only "${service.database}".`;
      return this.refuse({ sqlState: '3D000', message: `database "${startup.database}" does not exist`, hint });
    }
    const session = new Session(this.socket, service.backend, this.id, toSettingsScript(startup.settings));
    try {
      const { bytes } = await service.backend.join(session);
      this.socket.write(Buffer.concat([startup.negotiation, service.greeting, bytes]));
      return session;
    } catch (error) {
      await service.backend.leave(session).catch(() => undefined);
      return this.refuse({ sqlState: toSqlState(error), message: (error as Error).message });
    }
  }

  private refuse(fields: Omit<ErrorFields, 'severity'>): undefined {
    this.socket.end(toErrorResponse({ severity: 'FATAL', ...fields }));
  }

  private end(): undefined {
    const message = 'terminating connection because the embedded database is shutting down';
    if (this.isStopping && this.session && !this.socket.writableEnded) this.refuse({ sqlState: '57P01', message });
    this.socket.destroySoon();
  }
}
