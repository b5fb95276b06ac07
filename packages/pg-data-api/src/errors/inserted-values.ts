import type { Bound } from '../sql/compile';
import type { Token } from '../sql/lex';
import { isMeaningful, type Statement } from '../sql/split';

/** The values by column that an INSERT of one row or an UPDATE writes, where they stand in it as literals or `$n`. */
export function insertedValues({ tokens }: Statement, values: Bound[] | undefined): Map<string, string> {
  const meaningful = tokens.filter(isMeaningful);
  const verb = meaningful[0]?.text.toLowerCase();
  if (verb === 'insert') return fromInsert(meaningful, values);
  return verb === 'update' ? fromUpdate(meaningful, values) : new Map();
}

function fromInsert(tokens: Token[], values: Bound[] | undefined) {
  const columns = readList(tokens, findIndex(tokens, '('));
  const from = tokens.findIndex(({ text }) => text.toLowerCase() === 'values');
  const row = readList(tokens, from + 1);
  const hasOneRow = tokens[from + 1 + row.length]?.text !== ',' && tokens[row.end]?.text !== ',';
  const found = new Map<string, string>();
  if (from < 0 || !hasOneRow) return found;
  for (const [index, column] of columns.items.entries()) {
    const text = textFor(row.items[index] ?? [], values);
    if (column[0] && text !== undefined) found.set(nameOf(column[0]), text);
  }
  return found;
}

function fromUpdate(tokens: Token[], values: Bound[] | undefined) {
  const found = new Map<string, string>();
  for (const [index, { text }] of tokens.entries()) {
    if (text.toLowerCase() === 'where') break;
    const [column, value] = [tokens[index - 1], tokens[index + 1]];
    const known = text === '=' && value && textFor([value], values);
    if (column && typeof known === 'string') found.set(nameOf(column), known);
  }
  return found;
}

function findIndex(tokens: Token[], symbol: string) {
  return tokens.findIndex(({ text }) => text === symbol);
}

/** The items between a parenthesis at `start` and its end; `end` is the index after it. */
function readList(tokens: Token[], start: number) {
  const items: Token[][] = [[]];
  let depth = 0;
  for (let index = start; index >= 0 && index < tokens.length; index++) {
    const token = tokens[index] as Token;
    if (token.text === ')' && --depth === 0) return { items, end: index + 1, length: index - start };
    if (token.text === ',' && depth === 1) items.push([]);
    else if (index > start) items.at(-1)?.push(token);
    if (token.text === '(') depth++;
  }
  return { items: [], end: tokens.length, length: 0 };
}

function nameOf({ kind, text, body }: Token) {
  return kind === 'quotedIdentifier' ? (body ?? '').replaceAll('""', '"') : text.toLowerCase();
}

function textFor([token, ...rest]: Token[], values: Bound[] | undefined): string | undefined {
  if (!token || rest.length > 0) return undefined;
  if (token.kind === 'number') return token.text;
  if (token.kind === 'string') return token.body?.replaceAll("''", "'");
  const value = token.kind === 'placeholder' ? values?.[Number(token.text.slice(1)) - 1] : undefined;
  return typeof value === 'string' ? value : undefined;
}
