import { randomBytes } from 'node:crypto';
import type { Settings } from './options';
import { runRaw } from './raw-query';
import { ServiceError, validationError } from './service-error';
import type { Session } from './sessions';

interface Transaction {
  id: string;
  resourceArn: string;
  session: Session;
  isBusy: boolean;
  endsAt: number;
  cancelExpiry(): void;
  /** The backend ended on its own. */
  onLost(): void;
}

/** Who may use a transaction, and how. */
export interface TransactionUse {
  transactionId: string;
  resourceArn: string;
  database?: string | undefined;
}

/** The open transactions, each with a backend of its own. */
export class Transactions {
  private readonly open = new Map<string, Transaction>();
  private readonly settings: Settings;
  private isClosing = false;

  constructor(settings: Settings) {
    this.settings = settings;
  }

  async begin(session: Session, resourceArn: string): Promise<string> {
    await session.client.query('BEGIN');
    const id = randomBytes(138).toString('base64');
    const endsAt = this.settings.clock.now() + this.settings.transactionLifetimeMs;
    const onLost = () => this.close(transaction);
    const transaction: Transaction = {
      id,
      resourceArn,
      session,
      endsAt,
      onLost,
      isBusy: false,
      cancelExpiry: () => {},
    };
    this.open.set(id, transaction);
    session.client.once('end', onLost);
    this.awaitExpiry(transaction);
    return id;
  }

  /** @throws {ServiceError} at once when another call is using it: version 2 refuses what version 1 queued */
  async use<T>(use: TransactionUse, run: (session: Session) => Promise<T>): Promise<T> {
    const transaction = this.take(use, 'TransactionNotFoundException');
    try {
      return await run(transaction.session);
    } finally {
      transaction.isBusy = false;
      if (this.isClosing) this.close(transaction);
      this.awaitExpiry(transaction);
    }
  }

  /** @returns whether PostgreSQL did as it was told: it answers ROLLBACK to the COMMIT of a failed transaction */
  async end(use: TransactionUse, command: 'COMMIT' | 'ROLLBACK'): Promise<boolean> {
    const transaction = this.take(use, this.settings.switches.unknownTransaction);
    try {
      return (await runRaw(transaction.session.client, command, [])).command === command;
    } finally {
      this.close(transaction);
    }
  }

  /** Rolled back and forgotten; a call in progress ends first. */
  expire(id: string): void {
    const transaction = this.open.get(id);
    if (transaction && !transaction.isBusy) this.close(transaction);
  }

  /** For good: a call in progress is a transaction's last. */
  expireAll(): void {
    this.isClosing = true;
    for (const id of this.open.keys()) this.expire(id);
  }

  private close(transaction: Transaction) {
    const { id, session, cancelExpiry, onLost } = transaction;
    if (!this.open.delete(id)) return;
    cancelExpiry();
    session.client.off('end', onLost);
    session.release();
  }

  private take(
    { transactionId, resourceArn, database }: TransactionUse,
    unknown: 'TransactionNotFoundException' | 'NotFoundException',
  ) {
    const transaction = this.open.get(transactionId);
    if (transaction?.resourceArn !== resourceArn) {
      throw new ServiceError(unknown, `Transaction ${transactionId} is not found`);
    }
    // aws-sdk-js-v3#2595: a statement may not name another database; the text of version 2 is not known.
    if (database && database !== transaction.session.database) {
      throw validationError('Database name is not the same as transaction');
    }
    if (transaction.isBusy) {
      throw new ServiceError('DatabaseErrorException', 'Transaction is still running a query');
    }
    transaction.isBusy = true;
    transaction.cancelExpiry();
    return transaction;
  }

  /** "A transaction times out if there are no calls that use its transaction ID in three minutes", or after 24 hours. */
  private awaitExpiry(transaction: Transaction) {
    if (!this.open.has(transaction.id)) return;
    const { clock, transactionIdleMs } = this.settings;
    const ms = Math.max(0, Math.min(transactionIdleMs, transaction.endsAt - clock.now()));
    transaction.cancelExpiry = clock.schedule(() => this.expire(transaction.id), ms);
  }
}
