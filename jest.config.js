// Jest runs the TypeScript sources as they stand: types are stripped, modules stay modules.
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/strip-types.cjs' },
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/data/', '<rootDir>/output/'],
  coverageProvider: 'babel',
  collectCoverageFrom: ['src/**/*.ts'],
};
