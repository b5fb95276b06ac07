import type { Members } from './read-members';
import { validationError } from './service-error';
import { toTable } from './table';

interface Rule {
  type: 'string' | 'boolean' | 'object' | 'array';
  min?: number;
  max?: number;
  values?: readonly string[];
}

/** Lengths as the API Reference gives them for each operation's request. */
const RULES = toTable<Rule>({
  resourceArn: { type: 'string', min: 11, max: 100 },
  secretArn: { type: 'string', min: 11, max: 100 },
  database: { type: 'string', max: 64 },
  schema: { type: 'string', max: 64 },
  transactionId: { type: 'string', max: 192 },
  sql: { type: 'string' },
  includeResultMetadata: { type: 'boolean' },
  continueAfterTimeout: { type: 'boolean' },
  formatRecordsAs: { type: 'string', values: ['NONE', 'JSON'] },
  resultSetOptions: { type: 'object' },
  decimalReturnType: { type: 'string', values: ['STRING', 'DOUBLE_OR_LONG'] },
  longReturnType: { type: 'string', values: ['LONG', 'STRING'] },
  parameters: { type: 'array' },
  parameterSets: { type: 'array' },
});

/** An absent member and a null one are the same. @throws {ServiceError} that names the first member that is wrong */
export function checkMembers(members: Members, required: readonly string[], maxSqlLength: number): void {
  for (const name of required) if (isAbsent(members[name])) throw fail(name, 'Member must not be null');
  const options = (members.resultSetOptions ?? {}) as Members;
  for (const [name, value] of [...Object.entries(members), ...Object.entries(options)]) {
    const rule = RULES.get(name);
    if (rule && !isAbsent(value)) check(name, value, name === 'sql' ? { ...rule, max: maxSqlLength } : rule);
  }
  // "Comparing the behaviors": a version 2 cluster answers this, where version 1 ignored the schema.
  if (!isAbsent(members.schema)) throw validationError("The schema parameter isn't supported");
}

function check(name: string, value: unknown, { type, min = 0, max = Number.POSITIVE_INFINITY, values }: Rule) {
  const actual = Array.isArray(value) ? 'array' : typeof value;
  if (actual !== type) throw fail(name, `Member must be of type ${type}`);
  if (typeof value !== 'string') return;
  if (value.length < min) throw fail(name, `Member must have length greater than or equal to ${min}`);
  if (value.length > max) throw fail(name, `Member must have length less than or equal to ${max}`);
  if (values && !values.includes(value)) throw fail(name, `Member must satisfy enum value set: [${values.join(', ')}]`);
  if (!value.isWellFormed() || value.includes('\0')) throw fail(name, 'Member must be text without U+0000');
}

function isAbsent(value: unknown) {
  return value === undefined || value === null;
}

function fail(name: string, constraint: string) {
  return validationError(`1 validation error detected: Value at '${name}' failed to satisfy constraint: ${constraint}`);
}
