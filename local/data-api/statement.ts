import type { ClientBase } from 'pg';
import { assertOneStatement } from './multistatement';
import type { Switches } from './options';
import { type Argument, OIDS, readParameters } from './parameters';
import { rewritePlaceholders } from './placeholders';
import { type RawResult, runRaw } from './raw-query';
import { validationError } from './service-error';

/** SQL as PostgreSQL gets it, with what is bound. */
export interface Statement {
  text: string;
  /** One for each `$n`, up to the last that has a value. */
  args: Argument[];
  /** Those that have a value; with one missing, PostgreSQL answers 08P01. */
  values: Argument[];
}

/** @throws {ServiceError} before anything is run */
export function prepareStatement(sql: string, parameters: readonly unknown[], switches: Switches): Statement {
  assertOneStatement(sql);
  const { text, names } = rewritePlaceholders(sql, switches.backslash);
  const given = readParameters(parameters, switches);
  const unused = [...given.keys()].find((name) => !names.includes(name));
  if (unused !== undefined && switches.unusedParameters === 'refused') {
    throw validationError(`The statement has no placeholder for parameter ${unused}.`);
  }
  const found = names.map((name) => given.get(name));
  const declared = found.slice(0, found.findLastIndex((argument) => argument) + 1);
  const args = declared.map((argument) => argument ?? { oid: OIDS.undeclared, value: null });
  return { text, args, values: found.filter((argument) => argument !== undefined) };
}

export function runStatement(client: ClientBase, { text, args, values }: Statement): Promise<RawResult> {
  return runRaw(client, text, args, values);
}
