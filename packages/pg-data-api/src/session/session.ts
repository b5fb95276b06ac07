import { completeError } from '../errors/complete-error';
import { DatabaseError } from '../errors/database-error';
import { fromService, outcomeOf, type ServiceError } from '../errors/from-service';
import type { Service } from '../service/service';
import { classify, type StatementKind } from '../sql/classify';
import type { Bound } from '../sql/compile';
import { type Statement, splitStatements } from '../sql/split';
import { type Answer, emptyAnswer } from './answer';
import type { Catalogue } from './catalogue';
import { runStatement, type Send } from './run-statement';

const SET_BY_SERVICE: Record<string, RegExp> = {
  standard_conforming_strings: /^on$/,
  client_min_messages: /./,
  client_encoding: /^'?utf-?8'?$/,
  timezone: /^('?(utc|gmt|\+?0+(:00)?)'?|interval '\+00:00' hour to minute)$/,
};

/** One client's transaction, if any: what a connection is to pg. */
export class Session {
  private transactionId: string | undefined;
  private isAborted = false;
  private readonly settings = new Map<string, string>();

  private readonly service: Service;
  private readonly catalogue: Catalogue;
  private readonly onLost: (error: DatabaseError) => void;

  constructor(service: Service, catalogue: Catalogue, onLost: (error: DatabaseError) => void) {
    this.service = service;
    this.catalogue = catalogue;
    this.onLost = onLost;
  }

  get isInTransaction() {
    return this.transactionId !== undefined;
  }

  /** Runs one statement as PostgreSQL would on the connection this session stands for. */
  async run(statement: Statement, values: Bound[] | undefined): Promise<Answer> {
    const kind = classify(statement.tokens);
    switch (kind.kind) {
      case 'begin':
        return this.begin(kind.modes);
      case 'commit':
      case 'rollback':
        return this.finish(kind);
      case 'impossible':
        throw new DatabaseError(kind.reason, { code: '0A000' });
      case 'set':
        if (!this.isInTransaction) return this.remember(kind, statement);
        return SET_BY_SERVICE[kind.setting]?.test(kind.value)
          ? emptyAnswer('SET')
          : this.execute(statement, values, kind);
      default:
        return this.execute(statement, values, kind);
    }
  }

  /** Runs several statements as one, in a transaction of their own. */
  async transact<T>(work: () => Promise<T>): Promise<T> {
    await this.begin('');
    try {
      const result = await work();
      await this.finish({ kind: 'commit', isChained: false });
      return result;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Rolls back what is open; the database does so itself, minutes later, if this call fails. */
  async close() {
    const { transactionId } = this;
    this.forget();
    if (transactionId) await this.service.rollback(transactionId).catch(() => undefined);
  }

  private async begin(modes: string): Promise<Answer> {
    const command = modes === '' ? 'BEGIN' : 'START';
    if (this.isInTransaction) return emptyAnswer(command);
    this.transactionId = await this.service.begin().catch((error) => {
      throw fromService(error);
    });
    for (const text of [...(modes ? [`SET TRANSACTION ${modes}`] : []), ...this.settings.values()]) {
      for (const statement of splitStatements(text)) await this.execute(statement, undefined, { kind: 'other' });
    }
    return emptyAnswer(command);
  }

  private async finish({ kind, isChained }: { kind: 'commit' | 'rollback'; isChained: boolean }): Promise<Answer> {
    const { transactionId, isAborted } = this;
    const verb = kind === 'commit' && !isAborted ? 'commit' : 'rollback';
    this.forget();
    if (transactionId) {
      await this.service[verb](transactionId).catch((error) => {
        throw this.lose(fromService(error));
      });
    }
    if (isChained) await this.begin('');
    return emptyAnswer(transactionId ? verb.toUpperCase() : kind.toUpperCase());
  }

  private forget() {
    this.transactionId = undefined;
    this.isAborted = false;
  }

  /** Outside of transactions there is no session to set anything in: it is kept for the transactions to come. */
  private remember({ setting, value, isLocal }: Extract<StatementKind, { kind: 'set' }>, { tokens }: Statement) {
    const isDefault = SET_BY_SERVICE[setting]?.test(value) || /^default$/.test(value);
    if (isDefault) this.settings.delete(setting);
    else if (!isLocal) this.settings.set(setting, tokens.map(({ text }) => text).join(''));
    return emptyAnswer('SET');
  }

  /** Sends one statement, in the open transaction if there is one, and keeps account of what it did to that. */
  private async execute(statement: Statement, values: Bound[] | undefined, kind: StatementKind): Promise<Answer> {
    const { transactionId } = this;
    const send: Send = (compiled) =>
      this.service.execute({ ...compiled, transactionId, isRepeatable: kind.kind === 'read' });
    try {
      const answer = await runStatement({
        statement,
        values,
        send,
        catalogue: this.catalogue,
        isRead: kind.kind === 'read',
      });
      if (kind.kind === 'rollbackToSavepoint') this.isAborted = false;
      return answer;
    } catch (error) {
      throw await this.fail(error as DatabaseError, statement, values);
    }
  }

  /** Sends a query of the driver's own. */
  get ask(): Send {
    return (sent) => this.service.execute({ ...sent, transactionId: this.transactionId, isRepeatable: true });
  }

  private async fail(error: DatabaseError, statement: Statement, values: Bound[] | undefined) {
    const outcome = error.cause ? outcomeOf(error.cause as ServiceError) : 'failed';
    const isLost = outcome === 'transaction-lost' || outcome === 'unknown';
    if (this.isInTransaction && isLost) return this.lose(error);
    if (this.isInTransaction && outcome === 'failed') this.isAborted = true;
    const { service } = this;
    await completeError(error, {
      statement,
      values,
      send: (sent) => service.execute({ ...sent, transactionId: undefined, isRepeatable: true }),
    });
    return error;
  }

  private lose(error: DatabaseError) {
    void this.close();
    this.onLost(error);
    return error;
  }
}
