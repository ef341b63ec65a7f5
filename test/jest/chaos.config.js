import base from './jest.config.js';

/** The long ones, each of which wants the machine for itself: `npm run test:chaos`. */
export default {
  ...base,
  testMatch: ['<rootDir>/test/chaos/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 1_800_000,
  maxWorkers: 1,
};
