/** @jest-environment ./test/support/database-environment.ts */
import * as fc from 'fast-check';
import { Client } from 'pg';
import { assertOneStatement } from '../../../local/data-api/multistatement';
import { rewritePlaceholders } from '../../../local/data-api/placeholders';

const WHOLE = [
  ", ';'",
  ", $$;'$$",
  ', $a$;$$;$a$',
  "/* ; /* ' */ */",
  "-- ;'\n",
  ", e'\\';'",
  ', 1 as ";"',
  ', (2)',
  '; select 2',
  ';',
];
const BROKEN = ["'", '"', '$$', '--', '/*', '*/', '\n', 'e', '\\', '('];

const client = new Client(process.env.DATABASE_URL);

beforeAll(() => client.connect());
afterAll(() => client.end());

test('finds several statements where PostgreSQL does', async () => {
  const piece = fc.oneof({ arbitrary: fc.constantFrom(...WHOLE), weight: 9 }, fc.constantFrom(...BROKEN));
  const sql = fc.array(piece, { maxLength: 8 }).map((pieces) => `select 1${pieces.join('')}`);
  await fc.assert(
    fc.asyncProperty(sql, async (text) => {
      const message = await messageOf(text);
      if (/syntax error|unterminated|trailing junk|zero-length/.test(message)) return;
      expect(isRefused(text)).toBe(message.includes('multiple commands'));
    }),
    { numRuns: 600 },
  );
});

test.each([
  ['ordinary', "':a\\' :b", "':a\\' $1"],
  ['escape', "':a\\' :b", "':a\\' :b"],
  ['ordinary', 'a::b :c::d :1 : x :=', 'a::b $1::d $2 : x :='],
  ['ordinary', ":a -- :b\n:c /* :d */ \":e\" ':f'':g'", "$1 -- :b\n$2 /* :d */ \":e\" ':f'':g'"],
] as const)('reads a backslash as %s in %s', (backslash, sql, text) => {
  expect(rewritePlaceholders(sql, backslash).text).toBe(text);
});

/** What PostgreSQL says of one Parse. */
function messageOf(text: string): Promise<string> {
  const query = { text, queryMode: 'extended' };
  return client.query(query).then(
    () => '',
    (error: Error) => error.message,
  );
}

function isRefused(sql: string) {
  try {
    assertOneStatement(sql);
    return false;
  } catch {
    return true;
  }
}
