import type { Probe } from './probe';
import { RESULT_PROBES } from './result-probes';
import { STATEMENT_PROBES } from './statement-probes';
import { TRANSACTION_PROBES } from './transaction-probes';

/** All that is asked of the endpoint, and with `npm run probe:data-api` of a cluster. */
export const PROBES: readonly Probe[] = [...STATEMENT_PROBES, ...RESULT_PROBES, ...TRANSACTION_PROBES];
