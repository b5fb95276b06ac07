import dns from 'node:dns';
import fs from 'node:fs';
import { builtinModules } from 'node:module';
import net from 'node:net';
import { dirname, join, posix, relative } from 'node:path';
import { parseSync } from '@swc/core';

const root = join(__dirname, '..');

interface Rule {
  /** The files it is for, as a pattern over paths from the root; the first rule that fits holds. */
  files: RegExp;
  /** What they may import beside files that the same rule is for: files of ours, packages, modules of Node. */
  mayImport: RegExp;
  /** Why more is allowed than design §1 says. */
  because?: string;
}

/** Imports of types count as well: who knows a type knows the module. */
const rules: Rule[] = [
  { files: /^shared\/contract\//, mayImport: /^zod$/ },
  { files: /^shared\/config$/, mayImport: /^$/ },
  {
    files: /^shared\/errors$/,
    mayImport: /^shared\/contract\/problem$/,
    because: 'the codes are part of the contract, and are written once',
  },
  {
    files: /^shared\/logger$/,
    mayImport: /^shared\/config$|^node:util$/,
    because: 'the level comes from the config',
  },
  { files: /^shared\/models\//, mayImport: /^sequelize$|^node:crypto$/, because: 'hashes are compared in equal time' },
  {
    files: /^shared\/auth\//,
    mayImport:
      /^shared\/(errors|config|contract\/(route|users))$|^jose$|^bcryptjs$|^@aws-sdk\/client-secrets-manager$|^node:crypto$/,
  },
  {
    files: /^shared\/http\//,
    mayImport: /^shared\/(contract\/|auth\/|errors$|config$|logger$)|^zod$|^aws-lambda$|^node:util$/,
  },
  {
    files: /^shared\/db\//,
    mayImport: /^shared\/(config$|models\/|errors$|logger$)|^(pg|sequelize|umzug|pg-data-api)$|^node:(crypto|net)$/,
    because: 'a bad cursor and a taken address are told as problems, SQL_LOG writes to the log',
  },
  {
    files: /^functions\/migrate$/,
    mayImport: /^shared\/(config$|db\/)/,
    because: 'it has no HTTP, and its own connection that may take its time',
  },
  {
    files: /^functions\//,
    mayImport: /^shared\/(contract\/|auth\/|db\/|http\/|errors$)|^sequelize$|^node:crypto$/,
    because: 'login, refresh and the like make and compare passwords and tokens; conditions need an operator (Op)',
  },
  { files: /^local\/gateway\//, mayImport: /^shared\/contract\/|^aws-lambda$|^node:/ },
  { files: /^local\/data-api\//, mayImport: /^pg$|^@aws-sdk\/|^node:/ },
  {
    files: /^local\//,
    mayImport: /^local\/gateway\/|^local\/data-api\/|^shared\/|^functions\/|^node:|^[@a-z]/,
    because: 'serve writes the gateway’s problems and reads its buffered responses',
  },
  { files: /^cdk\//, mayImport: /^shared\/contract\/|^aws-cdk-lib|^constructs$|^node:/ },
  { files: /^packages\/[^/]+\/src\//, mayImport: /^node:|^@?[a-z]/ },
];

const folders = ['shared', 'functions', 'local', 'cdk', 'packages'];
const files = folders.flatMap(listFiles);
const modules = new Set(files.map((file) => file.replace(/\.ts$/, '')));

function listFiles(folder: string) {
  if (!fs.existsSync(join(root, folder))) return [];
  return fs
    .readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => posix.join(folder, file.replaceAll('\\', '/')))
    .filter((file) => file.endsWith('.ts') && !/node_modules|\/dist\/|\/test\//.test(file));
}

interface Import {
  to: string;
  isErased: boolean;
}

const importsByModule = new Map([...modules].map((module) => [module, readImports(module)]));

function readImports(module: string): Import[] {
  const source = fs.readFileSync(join(root, `${module}.ts`), 'utf8');
  const found: Import[] = [];
  visit(parseSync(source, { syntax: 'typescript', target: 'es2022' }), (node) => {
    const { type, source, typeOnly, callee, arguments: given } = node;
    const specifier = type === 'CallExpression' && callee.type === 'Import' ? given[0].expression : source;
    if (specifier?.type === 'StringLiteral') found.push({ to: resolve(module, specifier.value), isErased: typeOnly });
  });
  return found;
}

// biome-ignore lint/suspicious/noExplicitAny: a syntax tree has nodes of some hundred kinds
function visit(node: any, see: (node: any) => void) {
  if (typeof node !== 'object' || node === null) return;
  if (node.type) see(node);
  for (const child of Object.values(node)) visit(child, see);
}

/** A file of ours as its path from the root, everything else as it is named. */
function resolve(module: string, specifier: string) {
  if (!specifier.startsWith('.')) return specifier;
  const path = posix.join(dirname(module), specifier);
  return modules.has(`${path}/index`) ? `${path}/index` : path;
}

test.each([...modules])('%s imports what it may', (module) => {
  const rule = rules.find(({ files }) => files.test(module));
  const imports = importsByModule.get(module) ?? [];
  const forbidden = imports.filter(({ to }) => !rule?.mayImport.test(to) && !rule?.files.test(to));
  expect(forbidden.map(({ to }) => to)).toEqual([]);
});

test('nothing that runs on AWS imports local, test or bench, and built-in modules are named node:', () => {
  const imports = [...importsByModule].flatMap(([from, list]) => list.map(({ to }) => ({ from, to })));
  const deployed = imports.filter(({ from }) => !from.startsWith('local/'));
  expect(deployed.filter(({ to }) => /^(local|test|bench)\//.test(to))).toEqual([]);
  expect(imports.filter(({ to }) => builtinModules.includes(to))).toEqual([]);
  expect(imports.length).toBeGreaterThan(200);
});

test('imports form no cycle', () => {
  const done = new Set<string>();
  const findCycle = (module: string, path: string[]): string[] | undefined => {
    if (path.includes(module)) return [...path.slice(path.indexOf(module)), module];
    if (done.has(module)) return undefined;
    const next = (importsByModule.get(module) ?? []).filter(({ isErased }) => !isErased);
    for (const { to } of next) {
      const cycle = findCycle(to, [...path, module]);
      if (cycle) return cycle;
    }
    done.add(module);
    return undefined;
  };
  expect([...modules].map((module) => findCycle(module, [])).filter(Boolean)).toEqual([]);
});

test('importing a module of shared/ or functions/ connects nowhere, reads no file and writes nothing', async () => {
  const calls: jest.SpyInstance[] = [
    jest.spyOn(net.Socket.prototype, 'connect'),
    jest.spyOn(dns, 'lookup'),
    ...(['readFileSync', 'readFile', 'open', 'writeFileSync'] as const).map((name) => jest.spyOn(fs, name)),
    ...(['readFile', 'open', 'writeFile'] as const).map((name) => jest.spyOn(fs.promises, name)),
    jest.spyOn(process.stdout, 'write'),
  ];
  const deployed = [...modules].filter((module) => /^(shared|functions)\//.test(module));
  for (const module of deployed) await import(relative(__dirname, join(root, module)));
  expect(calls.flatMap(({ mock }) => mock.calls)).toEqual([]);
  jest.restoreAllMocks();
});
