import { availableParallelism } from 'node:os';

// Jest runs the TypeScript sources as they stand: types are stripped, modules stay modules.
export default {
  testEnvironment: 'node',
  // Jest leaves one core alone; of two that would be half of them.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/strip-types.cjs' },
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/data/', '<rootDir>/output/'],
  // For tests that hang; on a busy machine the usual five seconds are soon over.
  testTimeout: 60_000,
  coverageProvider: 'babel',
  collectCoverageFrom: ['src/**/*.ts'],
};
