import { lex, type Token } from './lex';

/** One statement of a text: its lexemes without the semicolon, white space and comments included. */
export interface Statement {
  tokens: Token[];
  /** The whole text it stands in; the `start` of a token counts from there. */
  source: string;
}

/** The statements of a text; what stands between semicolons and holds nothing but comments is none. */
export function splitStatements(source: string): Statement[] {
  const statements: Statement[] = [];
  let tokens: Token[] = [];
  const depth = createDepth();
  for (const token of lex(source)) {
    if (token.kind === 'semicolon' && !depth.isInside()) {
      statements.push({ tokens, source });
      tokens = [];
      depth.reset();
    } else {
      tokens.push(token);
      depth.see(token);
    }
  }
  return [...statements, { tokens, source }].filter(({ tokens }) => tokens.some(isMeaningful));
}

export function isMeaningful({ kind }: Token) {
  return kind !== 'space' && kind !== 'comment';
}

/**
 * Semicolons inside parentheses (CREATE RULE) and inside the BEGIN ATOMIC … END of a function's body end no statement.
 * The rule for the latter is psql's: it holds in CREATE FUNCTION and CREATE PROCEDURE only.
 */
function createDepth() {
  let parentheses = 0;
  let blocks = 0;
  let words: string[] = [];
  const isRoutine = () => /^create (or replace )?(function|procedure)\b/.test(words.slice(0, 4).join(' '));
  const seeWord = (word: string) => {
    words.push(word);
    if (!isRoutine()) return;
    if (word === 'begin' || (word === 'case' && blocks > 0)) blocks++;
    else if (word === 'end' && blocks > 0) blocks--;
  };
  return {
    isInside: () => parentheses > 0 || blocks > 0,
    reset() {
      parentheses = blocks = 0;
      words = [];
    },
    see({ kind, text }: Token) {
      if (kind === 'word') seeWord(text.toLowerCase());
      else if (text === '(') parentheses++;
      else if (text === ')') parentheses = Math.max(0, parentheses - 1);
    },
  };
}
