import * as z from 'zod';
import { Problem, type ProblemCode, problems } from './problem';
import type { Operation } from './route';

type JsonObject = Record<string, unknown>;

/** The contract as OpenAPI 3.1. @see https://spec.openapis.org/oas/v3.1.1.html */
export function createOpenApi(operations: readonly Operation[]) {
  const schemas: JsonObject = {};
  const problemSchema = toSchema(Problem, schemas);
  const paths: Record<string, JsonObject> = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: toOperation(operation, schemas, problemSchema),
    };
  }
  return {
    openapi: '3.1.1',
    info,
    servers: [{ url: '.', description: 'where this document is served' }],
    tags,
    paths,
    components: {
      schemas,
      examples: toExamples(operations),
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}

const info = {
  title: 'Inkwell',
  version: '1.0.0',
  description:
    'Users, auth and posts. Register, log in and send the access token as `Authorization: Bearer <token>`. ' +
    'Every failure is a problem (RFC 9457) with a stable `code`.',
  license: { name: 'MIT', identifier: 'MIT' },
};

const tags = [
  { name: 'users', description: 'People who write' },
  { name: 'auth', description: 'Tokens and sessions' },
  { name: 'posts', description: 'What they write' },
  { name: 'system', description: 'The service itself' },
];

function toOperation(operation: Operation, schemas: JsonObject, problemSchema: JsonObject) {
  const { operationId, tag, summary, description, access, body } = operation;
  const parameters = [
    ...toParameters('path', operation.params, schemas),
    ...toParameters('query', operation.query, schemas),
  ];
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description && { description }),
    security: access === 'public' ? [] : [{ bearer: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: toContent('application/json', toSchema(body, schemas)) } }),
    responses: { [operation.status]: toSuccess(operation, schemas), ...toFailures(operation, problemSchema) },
  };
}

function toParameters(place: 'path' | 'query', object: z.ZodObject | undefined, schemas: JsonObject) {
  return Object.entries(object?.shape ?? {}).map(([name, value]) => {
    const { description, ...schema } = toSchema(value as z.ZodType, schemas);
    const required = !(value as z.ZodType).safeParse(undefined).success;
    return { name, in: place, required, ...(description ? { description } : {}), schema };
  });
}

function toSuccess({ response, status, location }: Operation, schemas: JsonObject) {
  return {
    description: { 200: 'OK', 201: 'Created', 204: 'Done' }[status],
    ...(location && { headers: { Location: { description: 'where it lives', schema: { type: 'string' } } } }),
    ...(response && { content: toContent('application/json', toSchema(response, schemas)) }),
  };
}

/** One entry a status, which names the codes that it may carry. */
function toFailures(operation: Operation, problemSchema: JsonObject) {
  const codesByStatus = new Map<number, ProblemCode[]>();
  for (const code of problemCodesOf(operation)) {
    const { status } = problems[code];
    codesByStatus.set(status, [...(codesByStatus.get(status) ?? []), code]);
  }
  const entries = [...codesByStatus].map(([status, codes]) => {
    const description = codes.map((code) => `\`${code}\`: ${problems[code].title}`).join('; ');
    const examples = Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]));
    return [status, { description, content: { 'application/problem+json': { schema: problemSchema, examples } } }];
  });
  return Object.fromEntries(entries);
}

function toExamples(operations: readonly Operation[]) {
  const codes = new Set(operations.flatMap(problemCodesOf));
  return Object.fromEntries([...codes].map((code) => [code, { value: toExample(code) }]));
}

function toExample(code: ProblemCode): Problem {
  const { status, title } = problems[code];
  const requestId = '0b5e8f3a-5b0c-4a7e-9d0c-2f6f3c1d7e42';
  return { type: `urn:inkwell:problem:${code}`, title, status, detail: `${title}.`, code, requestId };
}

/** The problems of a route: those that follow from its access and its schemas, and its own. */
export function problemCodesOf({ access, body, errors = [], needsDatabase }: Operation): ProblemCode[] {
  const codes: (ProblemCode | false | undefined)[] = [
    'validation-failed',
    access !== 'public' && 'unauthenticated',
    access === 'admin' && 'forbidden',
    body && 'payload-too-large',
    body && 'unsupported-media-type',
    ...errors,
    'internal-error',
    needsDatabase !== false && 'database-unavailable',
  ];
  return [...new Set(codes.filter((code): code is ProblemCode => Boolean(code)))];
}

function toContent(type: string, schema: JsonObject) {
  return { [type]: { schema } };
}

/** JSON Schema 2020-12; what has an id is moved to `schemas` and referred to. */
function toSchema(type: z.ZodType, schemas: JsonObject): JsonObject {
  const { $schema, $defs, ...schema } = z.toJSONSchema(type, { io: 'input' }) as JsonObject;
  const text = JSON.stringify({ schema, $defs }).replaceAll('"#/$defs/', '"#/components/schemas/');
  const moved = JSON.parse(text);
  Object.assign(schemas, moved.$defs);
  const { id, ...rest } = moved.schema;
  return rest;
}
