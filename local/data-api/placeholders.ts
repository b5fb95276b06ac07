/**
 * A blunt scanner, as the service's is: live runs of tmokmss/aurora-data-api-proxy (COMPATIBILITY.md) show that it knows
 * quotes, comments and casts, and takes any other `:name` for a placeholder, in dollar quotes and array slices too.
 */
const SKIPPED = ['"[^"]*(?:"|$)', '--[^\\n]*', '/\\*[^]*?(?:\\*/|$)', '::'];
const STRINGS = { ordinary: "'[^']*(?:'|$)", escape: "'(?:[^'\\\\]|\\\\[^]?)*(?:'|$)" };

const SCANNERS = { ordinary: toScanner(STRINGS.ordinary), escape: toScanner(STRINGS.escape) };

export interface Rewritten {
  text: string;
  /** The name behind each `$n`: an occurrence is a parameter of its own, even of a name seen before. */
  names: string[];
}

export function rewritePlaceholders(sql: string, backslash: 'ordinary' | 'escape'): Rewritten {
  const names: string[] = [];
  const text = sql.replace(SCANNERS[backslash], (token, name?: string) => {
    return name === undefined ? token : `$${names.push(name)}`;
  });
  return { text, names };
}

function toScanner(string: string) {
  return new RegExp([string, ...SKIPPED, ':([A-Za-z0-9_]+)'].join('|'), 'g');
}
