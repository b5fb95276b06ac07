import type { Settings } from './options';
import type { Sessions } from './sessions';
import type { Transactions } from './transactions';

/** What the operations of one endpoint share. */
export interface Service {
  settings: Settings;
  sessions: Sessions;
  transactions: Transactions;
}
