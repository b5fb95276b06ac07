import type { Engine } from './engine';
import { EmbeddedDatabaseError } from './errors';
import { endsWithFlush, SYNC, toQuery } from './messages';
import { type Reply, readReply } from './reply';
import { RESET_SETTINGS, readSettingsScript, SETTINGS_SCRIPT_QUERY } from './settings';
import { Turns, TurnTimeoutError } from './turns';

/** One connection, as the backend it shares with the others sees it. */
export interface Tenant {
  /** SQL that makes the backend's settings this connection's own. */
  settingsScript: string;
  closeStatements(): Buffer[];
}

/**
 * One PostgreSQL backend that several connections use in turns. A turn is a whole round trip, and lasts until the
 * backend is idle again: a transaction is one turn. Settings made with SET follow their connection.
 */
export class SharedBackend {
  private readonly engine: Engine;
  private readonly turns: Turns;
  private readonly tenants = new Set<Tenant>();
  private currentScript = '';

  constructor(engine: Engine, waitLimitMs: number) {
    this.engine = engine;
    this.turns = new Turns(waitLimitMs);
  }

  /** Resolves to the ParameterStatus messages of the new connection's own settings. */
  async join(tenant: Tenant): Promise<Reply> {
    this.tenants.add(tenant);
    return this.run(tenant, SYNC);
  }

  async run(tenant: Tenant, messages: Buffer): Promise<Reply> {
    await this.turns.take(tenant);
    let status: Reply['status'] = 'I';
    try {
      const reported = await this.switchSettings(tenant);
      const reply = readReply(await this.engine.execute(messages));
      status = reply.status;
      if (status === undefined && !endsWithFlush(messages)) await this.fail();
      if (reply.hasChangedSettings || messages.includes('set_config')) this.currentScript = UNKNOWN_SCRIPT;
      if (status === 'I') await this.saveSettings(tenant);
      return reported.length > 0 ? { ...reply, bytes: Buffer.concat([...reported, reply.bytes]) } : reply;
    } finally {
      if (status === 'I') this.turns.release();
      else this.turns.keep();
    }
  }

  /** A round trip without ReadyForQuery: PGlite has lost its PostgreSQL without a word. */
  private async fail(): Promise<never> {
    await this.engine.abandon();
    throw new EmbeddedDatabaseError(
      'DATABASE_FAILED',
      'The embedded PostgreSQL failed in this statement. Start it again.',
    );
  }

  /** Rolls back what the connection left open and forgets its statements; the last one to leave takes everything. */
  async leave(tenant: Tenant): Promise<void> {
    this.tenants.delete(tenant);
    const rollback = this.turns.isHeldBy(tenant) ? [SYNC, toQuery('ROLLBACK')] : [];
    await this.turns.take(tenant);
    try {
      const forget = this.tenants.size === 0 ? [toQuery('DISCARD ALL')] : [...tenant.closeStatements(), SYNC];
      await this.engine.execute(Buffer.concat([...rollback, ...forget]));
      if (this.tenants.size === 0) this.currentScript = '';
    } finally {
      this.turns.release();
    }
  }

  private async switchSettings(tenant: Tenant): Promise<Buffer[]> {
    if (this.currentScript === tenant.settingsScript || this.currentScript === UNKNOWN_SCRIPT) return [];
    const answer = await this.engine.execute(toQuery(`${RESET_SETTINGS};${tenant.settingsScript}`));
    const { error, parameterStatus } = readReply(answer);
    if (error) throw new SettingsError(error.sqlState, error.message);
    this.currentScript = tenant.settingsScript;
    return parameterStatus;
  }

  private async saveSettings(tenant: Tenant): Promise<void> {
    if (this.currentScript !== UNKNOWN_SCRIPT) return;
    tenant.settingsScript = readSettingsScript(await this.engine.execute(toQuery(SETTINGS_SCRIPT_QUERY)));
    this.currentScript = tenant.settingsScript;
  }
}

/** The running transaction has changed settings; they are read when it ends. */
const UNKNOWN_SCRIPT = 'unknown';

/** The settings a client asked for at connect are not acceptable to PostgreSQL. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly sqlState: string;

  constructor(sqlState: string, message: string) {
    super(message);
    this.sqlState = sqlState;
  }
}

/** The SQLSTATE that tells a client why its statement did not run. */
export function toSqlState(error: unknown): string {
  if (error instanceof SettingsError) return error.sqlState;
  return error instanceof TurnTimeoutError ? LOCK_NOT_AVAILABLE : CRASH_SHUTDOWN;
}

const LOCK_NOT_AVAILABLE = '55P03';
const CRASH_SHUTDOWN = '57P02';
