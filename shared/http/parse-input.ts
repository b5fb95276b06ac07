import * as z from 'zod';
import type { Operation } from '../contract/route';
import { HttpError, ValidationError } from '../errors';
import type { RequestParts } from './request';

type Output<T> = T extends z.ZodType ? z.output<T> : undefined;

/** The validated request, as the operation's schemas type it. */
export interface Input<O extends Operation> {
  params: Output<O['params']>;
  query: Output<O['query']>;
  body: Output<O['body']>;
}

type Problems = ConstructorParameters<typeof ValidationError>[0];

const nothing = z.strictObject({});

/** A few MB of unknown names must not be answered by more than a function may answer. */
const maxErrors = 50;
const maxSegmentLength = 100;

/**
 * Validates path parameters, query and body together, so that one answer names all that is wrong.
 *
 * @throws {ValidationError} `validation-failed`
 * @throws {HttpError} `unsupported-media-type`
 */
export function parseInput<O extends Operation>(operation: O, parts: RequestParts): Input<O> {
  const errors: Problems = [];
  const params = validate('params', operation.params, parts.pathParameters, errors);
  const query = validate('query', operation.query ?? nothing, toSingleValues(parts.query, errors), errors);
  const body = operation.body && validate('body', operation.body, parseBody(parts, errors), errors);
  if (errors.length > 0) throw new ValidationError(errors.slice(0, maxErrors));
  return { params, query, body } as Input<O>;
}

function validate(part: string, schema: z.ZodType | undefined, value: unknown, errors: Problems) {
  if (!schema || errors.some(({ pointer }) => pointer === `/${part}`)) return undefined;
  const { data, error } = schema.safeParse(value);
  const issues = error?.issues.slice(0, maxErrors) ?? [];
  for (const issue of issues) errors.push(...toErrors(part, issue, value));
  return data;
}

function toErrors(part: string, issue: z.core.$ZodIssue, input: unknown): Problems {
  const path = [part, ...issue.path.map(String)];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys
      .slice(0, maxErrors)
      .map((key) => ({ pointer: toPointer([...path, key]), message: 'is not known here' }));
  }
  const value = issue.path.reduce<unknown>((parent, key) => Object(parent)[key], input);
  if (value === undefined) return [{ pointer: toPointer(path), message: 'is required' }];
  const given = part === 'body' ? '' : ` (given: ${JSON.stringify(value).slice(0, 100)})`;
  return [{ pointer: toPointer(path), message: lowerFirst(issue.message) + given }];
}

/** RFC 6901; a name that is very long is cut. */
function toPointer(path: string[]) {
  return path.map((segment) => `/${cut(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function cut(segment: string) {
  return segment.length > maxSegmentLength ? `${segment.slice(0, maxSegmentLength)}…` : segment;
}

function lowerFirst(message: string) {
  return message.charAt(0).toLowerCase() + message.slice(1);
}

function toSingleValues(query: RequestParts['query'], errors: Problems) {
  return Object.fromEntries(
    Object.entries(query).map(([name, values]) => {
      if (values.length > 1) {
        errors.push({ pointer: toPointer(['query', name]), message: `is given ${values.length} times` });
      }
      return [name, values[0]];
    }),
  );
}

/** What the parser says is not passed on: it quotes the text, and the text may hold a password. */
function parseBody({ body, headers }: RequestParts, errors: Problems): unknown {
  if (!body?.length) {
    errors.push({ pointer: '/body', message: 'is required: send a JSON object' });
    return undefined;
  }
  assertJson(headers['content-type']);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    const message = error instanceof SyntaxError ? `is not valid JSON${positionIn(error)}` : 'is not valid UTF-8';
    errors.push({ pointer: '/body', message });
    return undefined;
  }
}

function assertJson(contentType: string | undefined) {
  if (/^application\/json\s*(;\s*charset=("utf-8"|utf-8)\s*)?$/i.test(contentType ?? '')) return;
  const given = contentType ? `"${contentType.slice(0, 100)}"` : 'none';
  throw new HttpError('unsupported-media-type', `The content type is ${given}. Send application/json.`);
}

function positionIn(error: SyntaxError) {
  const position = /at position \d+/.exec(error.message)?.[0];
  return position ? ` (${position})` : '';
}
