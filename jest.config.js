/** What does not know its transport; the rest is about one of them, or about what stands before it. */
const anyTransport = ['functions/*', 'http/*', 'shared/migrations'].map((path) => `<rootDir>/test/${path}.test.ts`);
const everything = ['<rootDir>/test/**/*.test.ts', '<rootDir>/packages/*/test/**/*.test.ts'];

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: '<rootDir>/test/support/database-environment.ts',
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  maxWorkers: '100%',
  testTimeout: 30_000,
  testMatch: process.env.TEST_TRANSPORT === 'data-api' ? anyTransport : everything,
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/'],
  moduleNameMapper: { '^pg-data-api$': '<rootDir>/packages/pg-data-api/src/index.ts' },
  transform: { '\\.[jt]s$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  transformIgnorePatterns: ['/node_modules/(?!jose/)'],
};
