import { ServiceError } from './service-error';

const ELEMENT = /"((?:[^"\\]|\\[\s\S])*)"|([^,{}"]+)/g;

/** The elements of PostgreSQL's text of an array; only one dimension is supported ("Comparing the behaviors"). */
export function parseArray(text: string): (string | null)[] {
  const [, bounds = '', body = ''] = /^((?:\[[^\]]*\])*)=?(\{[\s\S]*)$/.exec(text) ?? [];
  if (bounds.includes('][') || body.startsWith('{{')) {
    throw new ServiceError('UnsupportedResultException', 'The result contains a multidimensional array');
  }
  return Array.from(body.matchAll(ELEMENT), ([, quoted, plain]) => {
    if (quoted !== undefined) return quoted.replace(/\\([\s\S])/g, '$1');
    return plain === 'NULL' ? null : (plain ?? null);
  });
}
