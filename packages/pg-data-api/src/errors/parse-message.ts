import type { DatabaseErrorFields } from './database-error';

const FIELD_BY_LABEL: Record<string, keyof DatabaseErrorFields> = {
  SQLState: 'code',
  Position: 'position',
  Hint: 'hint',
  Detail: 'detail',
  Where: 'where',
};
// The layout of today's service, "; Hint: …", and that of the retired one, a line and two spaces.
const LAST_PART =
  /^([\s\S]*?)(?:; |\n\s*)(SQLState|Position|Hint|Detail|Where): ((?:(?!; (?:SQLState|Position|Hint|Detail|Where): |\n\s*(?:Position|Hint|Detail|Where): )[\s\S])*)$/;

/** What the service's message says: `ERROR: …; Hint: …; Position: 5; SQLState: 42883`, peeled from the right. */
export function parseMessage(text: string): DatabaseErrorFields & { message: string } {
  const [, severity, rest = text] = /^(ERROR|FATAL|PANIC): ([\s\S]*)$/.exec(text) ?? [];
  const fields: DatabaseErrorFields = severity ? { severity } : {};
  const state = /^([\s\S]*); SQLState: ([0-9A-Z]{5})$/.exec(rest);
  if (!state?.[1] || !state[2]) return { ...fields, message: rest };
  fields.code = state[2];
  return { ...fields, ...peel(state[1], ['position', 'where', 'hint', 'detail']) };
}

/** Each label once, in the order of the wire from the right: what repeats one belongs to the text before it. */
function peel(text: string, open: string[]): DatabaseErrorFields & { message: string } {
  const [, before = '', label = '', value = ''] = LAST_PART.exec(text) ?? [];
  const field = FIELD_BY_LABEL[label];
  if (!field || !open.includes(field) || (field === 'position' && !/^\d+$/.test(value))) return { message: text };
  return {
    [field]: value,
    ...peel(
      before,
      open.filter((name) => name !== field),
    ),
  };
}

const NAMES: [keyof DatabaseErrorFields, RegExp][] = [
  ['constraint', /constraint "((?:[^"]|"")+)"/],
  ['table', /.*(?:on table|of relation|for relation) "((?:[^"]|"")+)"/s],
  ['column', /^null value in column "((?:[^"]|"")+)"/],
];

/** The objects that the message of an integrity error (class 23) names; PostgreSQL sends them as fields too. */
export function namesIn(message: string, code: string | undefined): DatabaseErrorFields {
  if (!code?.startsWith('23')) return {};
  const found = NAMES.map(([field, pattern]) => [field, pattern.exec(message)?.[1]] as const);
  return Object.fromEntries(found.filter(([, name]) => name !== undefined));
}
