import { DatabaseError } from '../errors/database-error';
import type { Token } from './lex';

/**
 * Writes text as a SQL literal that any scanner reads alike: quotes are doubled, and a backslash, which some take for
 * an escape, is written as a Unicode escape with `!` for its mark. Lone surrogates become U+FFFD, as in UTF-8.
 */
export function quoteLiteral(text: string) {
  return quote(text.toWellFormed(), "'");
}

function quote(text: string, mark: "'" | '"') {
  const doubled = text.replaceAll(mark, mark + mark);
  if (!text.includes('\\')) return `${mark}${doubled}${mark}`;
  const escaped = doubled.replaceAll('!', '!!').replaceAll('\\', '!005C');
  return `U&${mark}${escaped}${mark} UESCAPE '!'`;
}

/** What a literal or quoted identifier of the source says, written anew so that any scanner reads it alike. */
export function rewriteQuoted(token: Token, uescape = '\\'): string {
  const body = token.body ?? '';
  switch (token.kind) {
    case 'string':
      return quoteLiteral(body.replaceAll("''", "'"));
    case 'dollarString':
      return quoteLiteral(body);
    case 'escapeString':
      return quoteLiteral(readEscapes(body));
    case 'unicodeString':
      return quoteLiteral(readUnicode(body.replaceAll("''", "'"), uescape));
    case 'unicodeIdentifier':
      return quote(readUnicode(body.replaceAll('""', '"'), uescape), '"');
    default:
      return quote(body.replaceAll('""', '"'), '"');
  }
}

function readUnicode(body: string, mark: string) {
  const literal = mark.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
  const pattern = new RegExp(`${literal}(?:(${literal})|\\+([0-9a-fA-F]{6})|([0-9a-fA-F]{4})|)`, 'gu');
  return body.replace(pattern, (_, doubled, six, four) => doubled ?? readCodePoint(six ?? four, '42601'));
}

function readCodePoint(hex: string | undefined, sqlState: string) {
  const codePoint = hex === undefined ? Number.NaN : Number.parseInt(hex, 16);
  if (codePoint > 0 && codePoint <= 0x10ffff) return String.fromCodePoint(codePoint);
  throw new DatabaseError('invalid Unicode escape', { code: sqlState });
}

const ESCAPE = /\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{1,2}|[0-7]{1,3}|[\s\S])|''|[^\\']+/g;
const CONTROLS: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function readEscapes(body: string) {
  return joinBytes([...body.matchAll(ESCAPE)].map(([piece, code]) => readEscape(piece, code)));
}

/** Text, or one byte of what must be UTF-8 once joined. */
function readEscape(piece: string, code: string | undefined): string | number {
  if (code === undefined) return piece === "''" ? "'" : piece;
  const [kind = ''] = code;
  if (/^u/i.test(code)) return readCodePoint(code.slice(1) || undefined, '22025');
  if (/^x./.test(code)) return Number.parseInt(code.slice(1), 16);
  if (/^[0-7]/.test(code)) return Number.parseInt(code, 8) & 0xff;
  return CONTROLS[kind] ?? code;
}

function joinBytes(pieces: (string | number)[]) {
  if (pieces.every((piece) => typeof piece === 'string')) return pieces.join('');
  return Buffer.concat(
    pieces.map((piece) => (typeof piece === 'number' ? Buffer.of(piece) : Buffer.from(piece))),
  ).toString();
}
