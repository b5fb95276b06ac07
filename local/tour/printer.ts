import { styleText } from 'node:util';
import { type Answer, describeStatus, type Route } from './client';
import { DiscrepancyError } from './failures';
import { formatAnswer, formatBody } from './format';

export type Printer = ReturnType<typeof createPrinter>;

type Format = Parameters<typeof styleText>[0];

/** Prints what happens, as it happens. */
export function createPrinter({ print, isColored }: { print: (line: string) => void; isColored: boolean }) {
  const style = (format: Format, text: string) => (isColored ? styleText(format, text) : text);
  const indented = (lines: string[], depth = 6) => {
    for (const line of lines) print(`${' '.repeat(depth)}${line}`);
  };

  function failure(error: Error) {
    print(`\n${style('red', '✗')} ${style('bold', error.message)}`);
    if (error.cause) indented(describeFailure(error), 4);
  }

  return {
    line: print,
    title: (number: number, text: string) => print(style('bold', `\n${String(number).padStart(2)}. ${text}`)),
    call(route: Route, caller: string | undefined, body: unknown) {
      print(`\n    ${style('cyan', route)}${caller ? style('dim', `  as ${caller}`) : ''}`);
      if (body !== undefined) indented(formatBody(body));
    },
    answer(answer: Answer, isShown: (item: object) => boolean) {
      const duration = style('dim', `${answer.durationMs.toFixed(0)} ms`);
      print(`    ${style('cyan', describeStatus(answer.status))}  ${duration}`);
      indented(formatAnswer(answer, isShown));
    },
    check: (claim: string) => print(`    ${style('green', '✓')} ${claim}`),
    note: (text: string) => print(`    ${text}`),
    failure,
  };
}

function describeFailure({ cause }: Error): string[] {
  if (cause instanceof DiscrepancyError) return cause.lines;
  return [cause instanceof Error ? cause.message : String(cause)];
}
