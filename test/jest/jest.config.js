export default {
  rootDir: '../..',
  testMatch: ['<rootDir>/packages/*/test/**/*.test.ts', '<rootDir>/test/**/*.test.ts'],
  // Long, and each wants the machine for itself: see chaos.config.js.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/chaos/'],
  testEnvironment: '<rootDir>/test/jest/environment.js',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }],
  },
  modulePathIgnorePatterns: ['<rootDir>/runs', '<rootDir>/.turbo'],
  testTimeout: 60_000,
};
