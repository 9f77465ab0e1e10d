/** The tier of real consumers. `npm run conformance:install` gets them. */
module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'conformance',
  rootDir: __dirname,
  testMatch: ['<rootDir>/**/*.conformance.ts'],
  testTimeout: 600_000,
  maxWorkers: 1,
};
