import { compile } from '../sql/compile';
import type { Token } from '../sql/lex';
import { isMeaningful, type Statement } from '../sql/split';

/** For a write with RETURNING: the table's name, and a query of the same columns that yields no row. */
export function returningQuery({ tokens }: Statement): { table: string; sql: string } | undefined {
  const top = topLevel(tokens.filter(isMeaningful));
  const words = top.map(({ kind, text }) => (kind === 'word' ? text.toLowerCase() : text));
  const returning = words.lastIndexOf('returning');
  const from = { insert: 2, update: 1, delete: 2 }[words[0] ?? ''];
  if (returning < 0 || from === undefined || words.slice(from).some((word) => word === 'from' || word === 'using')) {
    return undefined;
  }
  const end = words.findIndex((word, index) => index > from && ENDS.test(word));
  const target = top.slice(from, end < 0 ? returning : end).filter(({ text }) => text !== '(');
  const list = tokens.slice(tokens.indexOf(top[returning] as Token) + 1);
  const table = tableOf(target);
  const sql = `SELECT ${textOf(list)} FROM ${target.map((token) => textOf([token])).join(' ')} WHERE false`;
  return list.some(({ kind }) => kind === 'placeholder') ? undefined : { table, sql };
}

/** The last part of a name that may name its schema too. */
function tableOf(target: Token[]) {
  let at = target[0]?.text.toLowerCase() === 'only' ? 1 : 0;
  while (target[at + 1]?.text === '.') at += 2;
  const { body, text = '' } = target[at] ?? {};
  return body ?? text.toLowerCase();
}

const ENDS = /^(\(|set|values|select|default|overriding|where|returning)$/;

function textOf(tokens: Token[]) {
  return compile(tokens, undefined).sql;
}

/** The tokens outside of parentheses, and the parentheses that open. */
function topLevel(tokens: Token[]) {
  let depth = 0;
  return tokens.filter(({ text }) => {
    if (text === ')') depth--;
    if (text === '(') return depth++ === 0;
    return depth === 0 && text !== ')';
  });
}
