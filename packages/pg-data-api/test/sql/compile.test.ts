import fc from 'fast-check';
import { Client } from 'pg';
import { compile } from '../../src/sql/compile';
import { lex } from '../../src/sql/lex';
import { splitStatements } from '../../src/sql/split';

const client = new Client(process.env.DATABASE_URL);

beforeAll(() => client.connect());
afterAll(() => client.end());

const awkward = fc
  .array(
    fc.constantFrom(
      "'",
      "''",
      '\\',
      ':',
      ':a',
      '::',
      '$1',
      '$$',
      '$x$',
      '"',
      '!',
      '/*',
      '*/',
      '--',
      '\n',
      ';',
      'é',
      '😀',
      'a',
      '0',
      ' ',
    ),
  )
  .map((pieces) => pieces.join(''));

const literal = fc.oneof(
  awkward.map((text) => `'${text.replaceAll("'", "''")}'`),
  awkward.map((text) => `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`),
  awkward.map((text) => `U&'${text.replaceAll('\\', '\\005C').replaceAll("'", "''")}'`),
  awkward.map((text) => `U&'${text.replaceAll('?', '').replaceAll("'", "''")}' UESCAPE '?'`),
  awkward.filter((text) => !text.includes('$q$')).map((text) => `$q$${text.replace(/\$$/, '')}$q$`),
  awkward.map((text) => `'a' \n -- '\n'${text.replaceAll("'", "''")}'`),
  fc.constantFrom(
    "E'\\u00e9\\x41\\101\\n\\\\'",
    "E'\\xc3\\xa9'",
    "E'a' \n '\\'b'",
    '(ARRAY[1,2,3])[1:2]::text',
    '5::text',
    "B'01'",
  ),
);
const comment = fc.constantFrom(' ', "/* /* ' */ : \\ */", "-- it's :x \\ \n", '/*+ Hint(a) */');
const alias = awkward.filter((text) => text !== '').map((text) => `"${text.replaceAll('"', '""')}"`);
const statement = fc.array(fc.tuple(literal, comment, alias), { minLength: 1, maxLength: 4 }).map(
  (columns) =>
    `SELECT ${columns
      .map((parts) =>
        parts
          .join(' AS')
          .replace(' AS', '')
          .replace(/ AS(?=")/, ' AS '),
      )
      .join(', ')}`,
);

async function answerOf(text: string, values?: unknown[]) {
  try {
    const { rows, fields } = await client.query({ text, rowMode: 'array', ...(values && { values }) });
    return { rows, names: fields.map(({ name }) => name) };
  } catch (error) {
    return { code: (error as { code: string }).code };
  }
}

/** What a scanner leaves of a text when it takes out literals, quoted names and comments. */
function skeletonOf(sql: string, { hasEscapes }: { hasEscapes: boolean }) {
  const string = hasEscapes ? /'(?:\\[\s\S]|''|[^'\\])*'/ : /'(?:''|[^'])*'/;
  return sql.replace(new RegExp(`${string.source}|"(?:""|[^"])*"|--[^\\n]*|/\\*[\\s\\S]*?\\*/`, 'g'), ' ');
}

test('what is sent says what was written', async () => {
  await fc.assert(
    fc.asyncProperty(statement, async (text) => {
      const { sql } = compile(lex(text), undefined);
      expect(await answerOf(sql)).toEqual(await answerOf(text));
    }),
    { numRuns: 400 },
  );
});

test('a value arrives as it is, whatever it holds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(awkward, fc.string({ unit: 'binary' })).filter((text) => !text.includes('\0')),
        { minLength: 1 },
      ),
      async (values) => {
        const text = `SELECT ${values.map((_, index) => `$${index + 1}::text`).join(', ')}`;
        const { sql } = compile(lex(text), values);
        expect((await answerOf(sql)).rows).toEqual([values.map((value) => value.toWellFormed())]);
      },
    ),
    { numRuns: 200 },
  );
});

test('the service finds no parameter in a value, whether it takes a backslash for an escape or not', () => {
  fc.assert(
    fc.property(statement, fc.array(awkward), (text, values) => {
      const source = `${text}${values.map((_, index) => `, $${index + 1}`).join('')}`;
      const { sql } = compile(lex(source), values.length > 0 ? values : undefined);
      const skeletons = [true, false].map((hasEscapes) => skeletonOf(sql, { hasEscapes }));
      expect(sql).not.toContain('\\');
      expect(skeletons[0]).toBe(skeletons[1]);
      expect(skeletons[0]?.replaceAll('::', '')).not.toMatch(/:\w/);
      expect(skeletons[0]).not.toContain('$');
    }),
    { numRuns: 500 },
  );
});

test('the tokens of any text are that text', () => {
  fc.assert(
    fc.property(fc.oneof(awkward, fc.string()), (text) =>
      expect(
        lex(text)
          .map((token) => token.text)
          .join(''),
      ).toBe(text),
    ),
  );
});

test.each([
  ["select 1; select ';'; -- ;\n ;", 2],
  ['create function f() returns int begin atomic select 1; select case when true then 1 end; end; select 2', 2],
  ['create rule r as on insert to t do (select 1; select 2)', 1],
  ["do $$ begin; end $$; select 'a;' /* ; */", 2],
  ['', 0],
])('%j holds %i statements', (text, count) => {
  expect(splitStatements(text)).toHaveLength(count);
});

test.each([
  ["select '\\", '42601', '8'],
  ['select $2', '42P02', '8'],
  ["select E'\\u12'", '22025', undefined],
])('%j fails before it is sent', (text, code, position) => {
  expect(() => compile(lex(text), undefined)).toThrow(expect.objectContaining({ code, position }));
});

test('an offset in what is sent is traced to the source', () => {
  const source = "select E'\\n', $1, wrong";
  const { sql, toSourceOffset } = compile(lex(source), ['a value']);
  expect(toSourceOffset(sql.indexOf('wrong'))).toBe(source.indexOf('wrong'));
});

test('bytes become parameters, NULL a keyword', () => {
  const { sql, blobs } = compile(lex('select $1, $2'), [Buffer.from('a'), null]);
  expect({ sql, blobs }).toEqual({ sql: 'select  :b1 ,  NULL ', blobs: [{ name: 'b1', value: Buffer.from('a') }] });
});
