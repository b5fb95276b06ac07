/** One statement of a probe, and what the service is expected to answer. */
export interface Step {
  sql?: string;
  /** An operation that is not ExecuteStatement. */
  operation?: 'begin' | 'commit' | 'rollback';
  parameters?: { name: string; value: object; typeHint?: string }[];
  includeResultMetadata?: boolean;
  /** A part of the answer: objects in it are parts too. */
  answer?: object;
  /** The error's name, and a pattern of its message. */
  error?: string;
  message?: RegExp;
}

/** What is asked of the endpoint here and of a cluster alike. */
export interface Probe {
  title: string;
  /** Steps share a transaction when there is a `begin` among them; every probe leaves nothing behind. */
  steps: Step[];
  /** Steps that are sent at once, after the others. */
  parallel?: Step[];
  /** How sure the expectation is: measured on AWS, documented, or a guess that a cluster is to settle. */
  basis: 'measured' | 'documented' | 'guess';
  /** Needs backends that work side by side, which the embedded database has not. */
  needsServer?: true;
}

export const text = (name: string, stringValue: string) => [{ name, value: { stringValue } }];
export const one = (field: object) => ({ records: [[field]] });
export const begin: Step = { operation: 'begin' };
export const rollback: Step = { operation: 'rollback', answer: { transactionStatus: 'Rollback Complete' } };
