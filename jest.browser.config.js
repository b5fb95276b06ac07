/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/support/require-chromium.ts',
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  testTimeout: 30_000,
  transform: require('./jest.config').transform,
  transformIgnorePatterns: require('./jest.config').transformIgnorePatterns,
};
