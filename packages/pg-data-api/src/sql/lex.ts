export type TokenKind =
  | 'space'
  | 'comment'
  | 'word'
  | 'number'
  | 'string'
  | 'escapeString'
  | 'unicodeString'
  | 'bitString'
  | 'dollarString'
  | 'quotedIdentifier'
  | 'unicodeIdentifier'
  | 'placeholder'
  | 'semicolon'
  | 'symbol';

/** One lexeme of a SQL text. `text` is exactly what stands in the source from `start` on. */
export interface Token {
  kind: TokenKind;
  text: string;
  start: number;
  /** What stands between the quotes, still escaped; the parts of a literal continued over lines are joined. */
  body?: string;
  /** The source ended before the closing quote or comment mark. */
  isUnterminated?: true;
}

const SPACE = /[ \t\n\r\f\v]+/y;
const WORD = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y;
const NUMBER = /(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const PLACEHOLDER = /\$\d+/y;
const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
const LINE_COMMENT = /--[^\n\r]*/y;
const QUOTE = /(?:([uU]&|[eEbBxX])?')|((?:[uU]&)?")/y;
const SYMBOL = /::|:=|[\s\S]/y;
// Two literals with a line break between them are one; only comments of the kind "--" may stand there too.
const CONTINUATION = /(?:[ \t\f\v]|--[^\n\r]*)*[\n\r](?:[ \t\n\r\f\v]|--[^\n\r]*[\n\r])*'/y;

/**
 * Splits a SQL text into lexemes, following PostgreSQL's scan.l with standard_conforming_strings on.
 * It never fails: the texts of the tokens, joined, are the source.
 */
export function lex(source: string): Token[] {
  const tokens: Token[] = [];
  for (let start = 0; start < source.length; ) {
    const token = readToken(source, start);
    tokens.push(token);
    start += token.text.length;
  }
  return tokens;
}

function readToken(source: string, start: number): Token {
  return (
    readPattern(source, start, 'space', SPACE) ??
    readPattern(source, start, 'comment', LINE_COMMENT) ??
    readBlockComment(source, start) ??
    readQuoted(source, start) ??
    readDollarString(source, start) ??
    readPattern(source, start, 'placeholder', PLACEHOLDER) ??
    readPattern(source, start, 'word', WORD) ??
    readPattern(source, start, 'number', NUMBER) ??
    readSymbol(source, start)
  );
}

function matchAt(pattern: RegExp, source: string, start: number) {
  pattern.lastIndex = start;
  return pattern.exec(source);
}

function readPattern(source: string, start: number, kind: TokenKind, pattern: RegExp): Token | undefined {
  const text = matchAt(pattern, source, start)?.[0];
  return text === undefined ? undefined : { kind, text, start };
}

function readSymbol(source: string, start: number): Token {
  const text = matchAt(SYMBOL, source, start)?.[0] ?? '';
  return { kind: text === ';' ? 'semicolon' : 'symbol', text, start };
}

function readBlockComment(source: string, start: number): Token | undefined {
  if (!source.startsWith('/*', start)) return undefined;
  const mark = /\/\*|\*\//g;
  mark.lastIndex = start;
  let depth = 0;
  for (let match = mark.exec(source); match; match = mark.exec(source)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) return { kind: 'comment', text: source.slice(start, mark.lastIndex), start };
  }
  return { kind: 'comment', text: source.slice(start), start, isUnterminated: true };
}

function readDollarString(source: string, start: number): Token | undefined {
  const tag = matchAt(DOLLAR_TAG, source, start)?.[0];
  if (tag === undefined) return undefined;
  const end = source.indexOf(tag, start + tag.length);
  if (end < 0) return { kind: 'dollarString', text: source.slice(start), start, isUnterminated: true };
  const body = source.slice(start + tag.length, end);
  return { kind: 'dollarString', text: source.slice(start, end + tag.length), start, body };
}

function readQuoted(source: string, start: number): Token | undefined {
  const opening = matchAt(QUOTE, source, start);
  if (!opening) return undefined;
  const kind = kindOfQuote(opening[0]);
  let body = '';
  let end = start + opening[0].length;
  for (;;) {
    const close = findClosingQuote(source, end, opening[0].endsWith('"') ? '"' : "'", kind === 'escapeString');
    if (close < 0) return { kind, text: source.slice(start), start, isUnterminated: true };
    body += source.slice(end, close);
    end = close + 1;
    const continuation = kind.endsWith('String') || kind === 'string' ? matchAt(CONTINUATION, source, end) : null;
    if (!continuation) return { kind, text: source.slice(start, end), start, body };
    end += continuation[0].length;
  }
}

function kindOfQuote(opening: string): TokenKind {
  const isIdentifier = opening.endsWith('"');
  if (/^u&/i.test(opening)) return isIdentifier ? 'unicodeIdentifier' : 'unicodeString';
  if (isIdentifier) return 'quotedIdentifier';
  if (/^e/i.test(opening)) return 'escapeString';
  return /^[bx]/i.test(opening) ? 'bitString' : 'string';
}

/** The index of the quote that ends the body, or -1. */
function findClosingQuote(source: string, start: number, quote: string, hasEscapes: boolean) {
  for (let index = start; index < source.length; index++) {
    if (hasEscapes && source[index] === '\\') index++;
    else if (source[index] === quote) {
      if (source[index + 1] !== quote) return index;
      index++;
    }
  }
  return -1;
}
