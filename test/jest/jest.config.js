import { availableParallelism } from 'node:os';

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
  runner: '<rootDir>/test/jest/one-cluster-at-a-time.cjs',
  // Three on two cores, since tests wait half of their time: for processes to begin, to end, and to be missed.
  maxWorkers: Math.max(3, Math.floor(availableParallelism() / 2)),
  // What hangs is to end, and nothing that is slow because the machine is busy.
  testTimeout: 300_000,
};
