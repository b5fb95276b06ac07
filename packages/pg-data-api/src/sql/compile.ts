import { DatabaseError } from '../errors/database-error';
import type { Token } from './lex';
import { quoteLiteral, rewriteQuoted } from './literal';
import { isMeaningful } from './split';

/** A value as it travels: text becomes a quoted literal, bytes become a parameter of the service. */
export type Bound = string | Uint8Array | null;

/** A statement ready to be sent. */
export interface Compiled {
  sql: string;
  /** The bytes bound to `:b1`, `:b2`, … of `sql`. */
  blobs: { name: string; value: Uint8Array }[];
  /** Where in the source stands what stands at this offset of `sql`; both in UTF-16 units from 0. */
  toSourceOffset(offset: number): number;
  /** Whether a value stands there. */
  isValue(offset: number): boolean;
}

interface Piece {
  text: string;
  start: number;
  isVerbatim: boolean;
}

/**
 * Writes a statement for the service. What comes out has no backslash, no dollar quote, no E'' and no comment that
 * holds a quote or a colon, so that every scanner finds the ends of its literals in the same places; the only colons
 * outside of literals that a name follows are casts and the driver's own `:b1`.
 */
export function compile(tokens: Token[], values: Bound[] | undefined): Compiled {
  if (values) assertValues(tokens, values);
  const blobs = new Map<number, Uint8Array>();
  const pieces: Piece[] = [];
  for (const [index, token] of tokens.entries()) {
    assertTerminated(token);
    const text = rewrite(token, { index, tokens, values, blobs });
    pieces.push({ text, start: token.start, isVerbatim: text === token.text });
  }
  return {
    sql: pieces.map(({ text }) => text).join(''),
    blobs: [...blobs].map(([index, value]) => ({ name: `b${index}`, value })),
    toSourceOffset: (offset) => findSource(pieces, offset),
    isValue: (offset) =>
      tokens.some(({ kind, start }) => kind === 'placeholder' && start === findSource(pieces, offset)),
  };
}

interface Context {
  index: number;
  tokens: Token[];
}

interface Compilation extends Context {
  values: Bound[] | undefined;
  blobs: Map<number, Uint8Array>;
}

function rewrite(token: Token, context: Compilation): string {
  switch (token.kind) {
    case 'placeholder':
      return rewritePlaceholder(token, context);
    case 'comment':
      return rewriteComment(token.text);
    case 'symbol':
      return rewriteSymbol(token, context);
    case 'string':
      return isUescapeMark(context) ? '' : rewriteQuoted(token);
    case 'word':
      return isUescapeWord(context) ? '' : token.text;
    case 'escapeString':
    case 'dollarString':
    case 'quotedIdentifier':
      return rewriteQuoted(token);
    case 'unicodeString':
    case 'unicodeIdentifier':
      return rewriteQuoted(token, uescapeOf(context));
    default:
      return token.text;
  }
}

function rewritePlaceholder(token: Token, { values, blobs }: Compilation) {
  const index = Number(token.text.slice(1));
  const value = values?.[index - 1];
  if (value === undefined) throw noParameter(token);
  if (value === null) return ' NULL ';
  if (typeof value === 'string') return `(${quoteLiteral(value)})`;
  blobs.set(index, value);
  return ` :b${index} `;
}

/** Values and placeholders must match, as PostgreSQL's protocol asks. */
function assertValues(tokens: Token[], values: Bound[]) {
  const used = new Set(tokens.filter(({ kind }) => kind === 'placeholder').map(({ text }) => Number(text.slice(1))));
  const required = Math.max(0, ...used);
  if (required !== values.length) {
    const message = `bind message supplies ${values.length} parameters, but prepared statement "" requires ${required}`;
    throw new DatabaseError(message, { code: '08P01' });
  }
  const unused = values.findIndex((_, index) => !used.has(index + 1)) + 1;
  if (unused > 0) throw new DatabaseError(`could not determine data type of parameter $${unused}`, { code: '42P18' });
}

function noParameter(token: Token) {
  return new DatabaseError(`there is no parameter ${token.text}`, {
    code: '42P02',
    position: String(token.start + 1),
  });
}

/** Planner hints and the like stay; a comment that could mislead a scanner becomes white space. */
function rewriteComment(text: string) {
  if (text.startsWith('/*') && /^[^'"\\:$]*$/.test(text) && !text.includes('/*', 2)) return text;
  return /[\n\r]/.test(text) ? '\n' : ' ';
}

/** The service takes `:word` for a parameter, in the slice `[1:2]` too; `: word` it leaves alone. */
function rewriteSymbol(token: Token, { index, tokens }: Context) {
  if (token.text === '\\') throw syntaxError('syntax error at or near "\\"', token);
  if (token.text !== ':') return token.text;
  const next = tokens[index + 1];
  return next && /^[\w\u0080-\uffff$]/.test(next.text) ? ': ' : ':';
}

/** The nearest token before or after that is neither white space nor a comment. */
function neighbour({ index, tokens }: Context, step: 1 | -1): Context & { token: Token | undefined } {
  let at = index + step;
  while (tokens[at] && !isMeaningful(tokens[at] as Token)) at += step;
  return { index: at, tokens, token: tokens[at] };
}

function uescapeOf(context: Context) {
  const word = neighbour(context, 1);
  return word.token && isUescapeWord(word) ? neighbour(word, 1).token?.body : undefined;
}

function isUescapeWord(context: Context) {
  if (context.tokens[context.index]?.text.toLowerCase() !== 'uescape') return false;
  const isAfterUnicode = neighbour(context, -1).token?.kind.startsWith('unicode');
  return isAfterUnicode === true && neighbour(context, 1).token?.kind === 'string';
}

function isUescapeMark(context: Context) {
  const word = neighbour(context, -1);
  return word.token?.kind === 'word' && isUescapeWord(word);
}

const UNTERMINATED: Partial<Record<Token['kind'], string>> = {
  comment: 'unterminated /* comment',
  dollarString: 'unterminated dollar-quoted string',
  quotedIdentifier: 'unterminated quoted identifier',
  unicodeIdentifier: 'unterminated quoted identifier',
  bitString: 'unterminated bit string literal',
};

function assertTerminated(token: Token) {
  if (token.kind === 'bitString' && token.text.includes('\\')) throw syntaxError('invalid bit string literal', token);
  if (!token.isUnterminated) return;
  const what = UNTERMINATED[token.kind] ?? 'unterminated quoted string';
  throw syntaxError(`${what} at or near "${token.text}"`, token);
}

function syntaxError(message: string, token: Token) {
  return new DatabaseError(message, { code: '42601', position: String(token.start + 1) });
}

function findSource(pieces: Piece[], offset: number) {
  let passed = 0;
  for (const { text, start, isVerbatim } of pieces) {
    if (offset < passed + text.length) return isVerbatim ? start + offset - passed : start;
    passed += text.length;
  }
  const last = pieces.at(-1);
  return last ? last.start + last.text.length : 0;
}
