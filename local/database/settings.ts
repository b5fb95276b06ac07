import { readCString, typeOf } from './messages';

export const RESET_SETTINGS = 'RESET SESSION AUTHORIZATION;RESET ROLE;RESET ALL';

/** Answers with the SQL that makes a fresh backend's settings the current ones. The role comes last: it may not SET. */
export const SETTINGS_SCRIPT_QUERY = `
  SELECT coalesce(string_agg(pg_catalog.format('SELECT pg_catalog.set_config(%L, %L, false)', name, value), ';'
    ORDER BY name = 'role', name), '')
  FROM (
    SELECT name, setting AS value FROM pg_catalog.pg_settings WHERE source = 'session'
    UNION ALL
    SELECT 'role', pg_catalog.current_setting('role') WHERE pg_catalog.current_setting('role') <> 'none'
  ) AS changed`;

/** Takes the one value out of the answer to SETTINGS_SCRIPT_QUERY. */
export function readSettingsScript(answer: Buffer): string {
  for (let start = 0; start < answer.length; start += 1 + answer.readInt32BE(start + 1)) {
    const message = answer.subarray(start);
    // DataRow: type, length, number of columns (2 bytes), length of the value (4 bytes), the value
    if (typeOf(message) === 'D') return message.toString('utf8', 11, 11 + message.readInt32BE(7));
    if (typeOf(message) === 'E') throw new Error(`the session settings cannot be read: ${readCString(message, 5)}`);
  }
  return '';
}

export function toSettingsScript(settings: [name: string, value: string][]): string {
  const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;
  return settings
    .filter(([name, value]) => !(name === 'client_encoding' && /^'?utf-?8'?$/i.test(value)))
    .map(([name, value]) => `SELECT pg_catalog.set_config(${quote(name)}, ${quote(value)}, false)`)
    .join(';');
}
