/**
 * Every version that the workspace pins, in one place.
 *
 * - `constructs` is open to users, and pinned below 10.8 here: `cdktn`, the way out of the archived `cdktf`, wants `>=10.6 <10.8`.
 * - `typescript` stays below 7: version 7 has no classic API, which typedoc and the declaration build need.
 */
export const VERSIONS = {
  node: '20.19.0',
  npm: '11.19.1',
  constructs: '^10.6.0',
  cdk8s: '^2.70.106',
  'cdk8s-plus-28': '^2.5.6',
  cdktf: '^0.21.0',
  '@cdktf/provider-aws': '^21.22.1',
  '@cdktf/provider-azurerm': '^14.23.1',
  '@cdktf/provider-cloudflare': '^13.9.1',
  '@cdktf/provider-google': '^16.12.1',
  commander: '^14.0.2',
  'ipaddr.js': '^2.2.0',
  semver: '^7.7.3',
  'js-yaml': '^4.1.0',
  typescript: '~5.9.3',
} as const;

/** Development tools of the workspace root. */
export const TOOLS = [
  '@arethetypeswrong/cli@^0.18.2',
  '@biomejs/biome@2.6.8',
  '@changesets/cli@^2.29.7',
  '@swc/core@^1.16.22',
  '@swc/jest@^0.2.39',
  '@types/jest@^30.0.0',
  '@types/js-yaml@^4.0.9',
  '@types/node@^20.19.0',
  '@types/semver@^7.7.0',
  'ajv@^8.17.1',
  'ajv-formats@^3.0.1',
  'constructs@~10.7.2',
  'dependency-cruiser@17.4.3',
  'fast-check@^4.3.0',
  'jest@^30.5.2',
  'publint@^0.3.12',
  'smol-toml@^1.4.2',
  'tsx@^4.23.15',
  'turbo@2.11.11',
  'typedoc@^0.28.13',
  'typedoc-plugin-markdown@^4.9.0',
  'yaml@^2.8.1',
] as const;
