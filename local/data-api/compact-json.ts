import { ServiceError } from './service-error';

const TOKEN = /"(?:[^"\\]|\\[\s\S])*"|\s+|-?\d[\d.eE+-]*/g;
const INT64 = /^-?\d{1,18}$/;

/**
 * JSON columns are written anew without white space. A number beyond a double's range fails the call: the tests of
 * cloud-utils/aurora-data-api take 128^128 and stop there.
 */
export function compactJson(text: string): string {
  return text.replace(TOKEN, (token) => {
    if (token.startsWith('"')) return JSON.stringify(JSON.parse(token));
    return token.trim() === '' ? '' : toNumber(token);
  });
}

function toNumber(token: string) {
  if (INT64.test(token)) return token;
  const number = Number(token);
  if (!Number.isFinite(number)) throw new ServiceError('InternalFailure');
  return String(number);
}
