import { GatewayError } from './problem';

/**
 * A REST API splits at `;` too and does not support a bare `|`, `{` or `}` ("Amazon API Gateway important notes" of the
 * developer guide).
 */
export function parseRestQuery(query: string) {
  const bare = /[|{}]/.exec(query)?.[0];
  if (bare) throw new GatewayError('validation-failed', `A ${bare} in a query must be percent-encoded.`);
  return parseQuery(query, /[&;]/);
}

/** `+` and `%20` are spaces, `%2B` is a plus. A name without a value has the value '' (assumed, not recorded). */
export function parseQuery(query: string, separator: RegExp | string) {
  const valuesByName = new Map<string, string[]>();
  if (query === '') return valuesByName;
  for (const part of query.split(separator)) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decode(equals === -1 ? part : part.slice(0, equals));
    const value = equals === -1 ? '' : decode(part.slice(equals + 1));
    const values = valuesByName.get(name);
    if (values) values.push(value);
    else valuesByName.set(name, [value]);
  }
  return valuesByName;
}

/** What AWS does with a malformed escape is not documented; refusing it is never looser. */
export function decodeEscapes(text: string) {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new GatewayError('validation-failed', 'The URL holds a percent sign that is not an escape of UTF-8.');
  }
}

function decode(text: string) {
  return decodeEscapes(text.replaceAll('+', ' '));
}
