import type { Token } from './lex';
import { isMeaningful } from './split';

/** What the driver itself must know of a statement; everything else is the database's business. */
export type StatementKind =
  | { kind: 'begin'; modes: string }
  | { kind: 'commit'; isChained: boolean }
  | { kind: 'rollback'; isChained: boolean }
  | { kind: 'rollbackToSavepoint' }
  | { kind: 'set'; setting: string; value: string; isLocal: boolean }
  | { kind: 'read' }
  | { kind: 'impossible'; reason: string }
  | { kind: 'other' };

/** Tells what a statement is by its leading keywords. */
export function classify(tokens: Token[]): StatementKind {
  const words = tokens.filter(isMeaningful).map(({ kind, text }) => (kind === 'word' ? text.toLowerCase() : text));
  return classifyTransaction(words) ?? classifySetting(words) ?? classifyRead(words) ?? classifyImpossible(words);
}

function classifyTransaction([verb = '', ...rest]: string[]): StatementKind | undefined {
  const isChained = rest.join(' ').endsWith('and chain');
  const modes = rest.filter((word, index) => !(index === 0 && /^(transaction|work)$/.test(word))).join(' ');
  if (verb === 'begin' || (verb === 'start' && rest[0] === 'transaction')) return { kind: 'begin', modes };
  if (/^(commit|rollback|prepare)$/.test(verb) && /^(prepared|transaction)$/.test(rest[0] ?? '') && rest[1]) {
    if (verb === 'prepare' || rest[0] === 'prepared') return undefined;
  }
  if (verb === 'commit' || verb === 'end') return { kind: 'commit', isChained };
  if (verb !== 'rollback' && verb !== 'abort') return undefined;
  return rest.includes('to') ? { kind: 'rollbackToSavepoint' } : { kind: 'rollback', isChained };
}

function classifySetting([verb, ...rest]: string[]): StatementKind | undefined {
  if (verb !== 'set') return undefined;
  const isLocal = rest[0] === 'local';
  const [first = '', ...others] = isLocal || rest[0] === 'session' ? rest.slice(1) : rest;
  if (/^(transaction|constraints|characteristics)$/.test(first)) return undefined;
  if (first === 'time' && others[0] === 'zone') {
    return { kind: 'set', setting: 'timezone', value: others.slice(1).join(' '), isLocal };
  }
  const value = others.slice(/^(to|=)$/.test(others[0] ?? '') ? 1 : 0).join(' ');
  return { kind: 'set', setting: first, value, isLocal };
}

const WRITES = new Set(['insert', 'update', 'delete', 'merge', 'into']);

/** Statements that may be sent again: a query that names no write and calls nothing of its own session. */
function classifyRead(words: string[]): StatementKind | undefined {
  const verb = words.find((word) => word !== '(') ?? '';
  if (verb === 'show') return { kind: 'read' };
  if (!/^(select|with|values|table)$/.test(verb)) return undefined;
  const isWrite = words.some(
    (word, index) => WRITES.has(word) && words[index - 1] !== 'for' && words[index - 1] !== 'key',
  );
  return isWrite || words.includes('pg_temp') ? undefined : { kind: 'read' };
}

const NEEDS_CONNECTION = 'needs a connection that stays open, which the Data API does not have; connect with pg for it';

function classifyImpossible([verb = '', ...rest]: string[]): StatementKind {
  if (verb === 'listen') return { kind: 'impossible', reason: `LISTEN ${NEEDS_CONNECTION}` };
  const isStream = verb === 'copy' && (rest.includes('stdin') || rest.includes('stdout'));
  return isStream ? { kind: 'impossible', reason: `COPY ${NEEDS_CONNECTION}` } : { kind: 'other' };
}

/** The word pg reports as `command`: that of PostgreSQL's command tag. */
export function commandOf(tokens: Token[]): string {
  const words = tokens.filter(({ kind }) => kind === 'word').map(({ text }) => text.toUpperCase());
  const [first = ''] = words;
  if (first === 'WITH') return mainVerb(tokens);
  if (first === 'VALUES' || first === 'TABLE') return 'SELECT';
  if (first === 'CREATE' && isTableOfQuery(words)) return 'SELECT';
  return first === 'END' ? 'COMMIT' : first === 'ABORT' ? 'ROLLBACK' : first;
}

function isTableOfQuery(words: string[]) {
  const from = words.indexOf('AS');
  return (
    /^CREATE (\w+ ){0,2}TABLE /.test(words.join(' ')) && /^(SELECT|WITH|VALUES|TABLE)$/.test(words[from + 1] ?? '')
  );
}

function mainVerb(tokens: Token[]) {
  let depth = 0;
  for (const { kind, text } of tokens) {
    if (text === '(') depth++;
    else if (text === ')') depth--;
    else if (kind === 'word' && depth === 0 && /^(select|insert|update|delete|merge|values|table)$/i.test(text)) {
      return /^(values|table)$/i.test(text) ? 'SELECT' : text.toUpperCase();
    }
  }
  return 'SELECT';
}
