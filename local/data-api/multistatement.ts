import { validationError } from './service-error';

/** One lexical element of PostgreSQL each, so that only a semicolon between statements is seen as one. */
const TOKEN = new RegExp(
  [
    "[eE]'(?:[^'\\\\]|\\\\[^]?)*(?:'|$)",
    "'[^']*(?:'|$)",
    '"[^"]*(?:"|$)',
    '--[^\\n]*',
    '\\$(?:[A-Za-z_\\x80-\\uffff][\\w\\x80-\\uffff]*)?\\$',
    '[A-Za-z_\\x80-\\uffff][\\w$\\x80-\\uffff]*',
    '/\\*',
    '\\s+',
    '[^]',
  ].join('|'),
  'y',
);

/**
 * "Multistatements aren't supported" on version 2, where one semicolon may end the statement. Refused before PostgreSQL
 * sees it, so that an open transaction stays usable. A body of BEGIN ATOMIC is left to PostgreSQL's own check.
 */
export function assertOneStatement(sql: string): void {
  if (!sql.includes(';') || /\bbegin\s+atomic\b/i.test(sql)) return;
  let depth = 0;
  let ended = false;
  for (const token of readTokens(sql)) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (ended && token !== ';') throw multistatements();
    if (token === ';' && depth <= 0) ended = true;
  }
}

export function multistatements() {
  return validationError("Multistatements aren't supported.");
}

/** Without white space and comments. */
function* readTokens(sql: string): Generator<string> {
  for (let at = 0; at < sql.length; ) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(sql)?.[0] ?? '';
    at = endOf(sql, at, token);
    if (!/^(\s|--|\/\*)/.test(token)) yield token;
  }
}

function endOf(sql: string, at: number, token: string) {
  const next = at + token.length;
  if (token === '/*') return endOfComment(sql, next);
  if (!/^\$.*\$$/s.test(token) || token.length < 2) return next;
  const close = sql.indexOf(token, next);
  return close < 0 ? sql.length : close + token.length;
}

/** Comments nest. */
function endOfComment(sql: string, from: number) {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = from;
  for (let depth = 1, match = marks.exec(sql); match; match = marks.exec(sql)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return sql.length;
}
