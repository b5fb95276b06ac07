import type { Operation } from '../../shared/contract/route';

export type Match =
  | { kind: 'operation'; operation: Operation; pathParameters: Record<string, string> | null }
  | { kind: 'method-not-allowed'; allow: string }
  | { kind: 'not-found' };

/** One resource of the API, as API Gateway's tree has it: `/users`, `/users/batch`, `/users/{userId}`. */
interface Resource {
  children: Map<string, Resource>;
  parameter?: { name: string; resource: Resource };
  operationByMethod: Map<string, Operation>;
}

const PARAMETER = /^\{(\w+)\}$/;

/** A static segment beats a parameter, and the choice is final: `/users/batch` is never a `{userId}`. */
export function createRouter(operations: readonly Operation[]) {
  const root = createResource();
  for (const operation of operations) addOperation(root, operation);
  return (method: string, path: string): Match => {
    const values: [string, string][] = [];
    const resource = findResource(root, path, values);
    if (!resource || resource.operationByMethod.size === 0) return { kind: 'not-found' };
    const operation = resource.operationByMethod.get(method);
    if (!operation) return { kind: 'method-not-allowed', allow: [...resource.operationByMethod.keys()].join(', ') };
    const pathParameters = values.length > 0 ? Object.fromEntries(values) : null;
    return { kind: 'operation', operation, pathParameters };
  };
}

function createResource(): Resource {
  return { children: new Map(), operationByMethod: new Map() };
}

function addOperation(root: Resource, operation: Operation) {
  let resource = root;
  for (const segment of segmentsOf(operation.path)) resource = childOf(resource, segment);
  resource.operationByMethod.set(operation.method, operation);
}

function childOf(resource: Resource, segment: string) {
  const name = PARAMETER.exec(segment)?.[1];
  if (name) {
    resource.parameter ??= { name, resource: createResource() };
    if (resource.parameter.name !== name)
      throw new Error(`{${resource.parameter.name}} and {${name}} stand in one place`);
    return resource.parameter.resource;
  }
  const child = resource.children.get(segment) ?? createResource();
  resource.children.set(segment, child);
  return child;
}

function findResource(root: Resource, path: string, values: [string, string][]) {
  let resource: Resource | undefined = root;
  for (const segment of segmentsOf(path)) {
    const child: Resource | undefined = resource.children.get(segment);
    if (!child && resource.parameter && segment !== '') values.push([resource.parameter.name, segment]);
    resource = child ?? (segment === '' ? undefined : resource.parameter?.resource);
    if (!resource) return undefined;
  }
  return resource;
}

function segmentsOf(path: string) {
  return path === '/' ? [] : path.slice(1).split('/');
}
