// cdktf is archived, and cdktn continues it. This shows that the way out is open: in a copy of the workspace `cdktf` is an alias of
// `cdktn`, and there everything builds, passes its tests, and synthesizes the same environments. Ends with 1 otherwise.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const CDKTN = '0.24.0';
const ALIAS = `npm:cdktn@${CDKTN}`;
/** Bindings that are published for cdktf ask for its last version by number; the alias has another. */
const OVERRIDES = Object.fromEntries(
  ['aws', 'azurerm', 'cloudflare', 'google'].map(provider => [`@cdktf/provider-${provider}`, { cdktf: ALIAS }]),
);
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const UNREACHABLE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ENOTCACHED|E5\d\d)\b/;

/** Not a bug of this script: what does not pass, as it is to be printed. */
class Failure extends Error {}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1)); // so that what waits ends, and `finally` runs
const copy = realpathSync(mkdtempSync(join(tmpdir(), 'cdktn-')));
try {
  if (isReachable()) check();
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(`With cdktn ${CDKTN} for cdktf, this does not pass: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function isReachable() {
  const { status, stdout, stderr } = start(
    'npm',
    ['view', `cdktn@${CDKTN}`, 'version', '--fetch-retries=0', '--fetch-timeout=20000'],
    copy,
  );
  if (status === 0 && stdout.trim()) return true;
  if (!UNREACHABLE.test(stderr)) throw new Failure(`npm view cdktn@${CDKTN}\n${stderr}`);
  console.log(`SKIPPED: the package registry cannot be reached${process.env.CI ? ', and CI must not skip this' : ''}`);
  if (process.env.CI) process.exitCode = 1;
  return false;
}

function check() {
  copyWorkspace();
  const users = alias();
  timed('install', () => {
    run('npm', ['install', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'], copy);
    return installed(users);
  });
  timed('build', () => {
    run('npm', ['run', 'build'], copy);
    return 'passed';
  });
  for (const folder of users) timed(folder, () => testsOf(folder));
  for (const app of membersOf('apps')) timed(`${app}/out`, () => synthesisOf(app));
}

function copyWorkspace() {
  const files = run('git', ['ls-files', '-co', '--exclude-standard', '-z'], ROOT).split('\0').filter(Boolean);
  for (const file of files.filter(f => existsSync(join(ROOT, f)))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(ROOT, file), join(copy, file));
  }
}

/** Everybody gets the alias: whoever depends on the engine, and whoever only says that its users bring it. Returns who they are. */
function alias() {
  const users = ['.', ...membersOf('packages'), ...membersOf('apps')].filter(folder => {
    const manifest = manifestOf(folder);
    const kinds = ['dependencies', 'devDependencies', 'peerDependencies'].filter(kind => manifest[kind]?.cdktf);
    for (const kind of kinds) manifest[kind].cdktf = ALIAS;
    if (folder === '.') {
      manifest.devDependencies.cdktf = ALIAS;
      manifest.overrides = OVERRIDES;
    }
    writeFileSync(join(copy, folder, 'package.json'), JSON.stringify(manifest, undefined, 2));
    return folder !== '.' && kinds.length > 0;
  });
  if (users.length === 0) throw new Failure('nothing depends on cdktf, so there is nothing to check');
  return users;
}

/** What each of them loads; an own copy would hide the one of the root. */
function installed(users) {
  for (const folder of ['.', ...users]) {
    if (folder !== '.' && !existsSync(join(copy, folder, 'node_modules/cdktf'))) continue;
    const { name, version } = manifestOf(join(folder, 'node_modules/cdktf'));
    if (name !== 'cdktn' || version !== CDKTN) throw new Failure(`${folder} has ${name} ${version}`);
  }
  return `cdktn ${CDKTN}, constructs ${manifestOf('node_modules/constructs').version}`;
}

function testsOf(folder) {
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  run(
    process.execPath,
    [join(copy, 'node_modules/jest/bin/jest.js'), '--ci', '--silent', '--json', '--outputFile', report],
    join(copy, folder),
  );
  const { numTotalTests, numPassedTests } = JSON.parse(readFileSync(report, 'utf8'));
  if (numPassedTests === 0) throw new Failure(`${folder} ran no test`);
  return `${numPassedTests} of ${numTotalTests} tests passed`;
}

/** The engine writes its own version into the configuration; nothing else may differ. The committed output is moved away first. */
function synthesisOf(app) {
  const [here, committed] = [join(copy, app, 'out'), join(copy, 'committed', app, 'out')];
  mkdirSync(dirname(committed), { recursive: true });
  renameSync(here, committed);
  run(process.execPath, ['lib/main.js'], join(copy, app));
  const versions = [committed, here].map(withoutEngineVersion);
  if (versions[1].length < versions[0].length || versions[1].some(version => version !== CDKTN))
    throw new Failure(`${app} was synthesized by version ${versions[1].join(', ') || 'none'} of the engine`);
  const { status, stdout, stderr } = start('git', ['diff', '--no-index', '--no-color', '-U2', committed, here].map(fromCopy), copy);
  if (status !== 0) throw new Failure(`${app}/out is not the committed one\n${(stdout || stderr).slice(0, 8000)}`);
  const files = `${filesOf(here).length} files, identical`;
  return versions[0].length === 0
    ? `${files}, none of them Terraform`
    : `${files} but for the engine's version: ${versions.map(v => v.join(', ')).join(' → ')}`;
}

/** Blanks it, as text: how the rest is written counts too. */
function withoutEngineVersion(out) {
  const configurations = filesOf(out).filter(file => file.endsWith('cdk.tf.json'));
  return configurations.map(file => {
    const text = readFileSync(file, 'utf8');
    const { version } = JSON.parse(text)['//'].metadata;
    writeFileSync(file, text.replace(`"version": ${JSON.stringify(version)}`, '"version": ""'));
    return version;
  });
}

function filesOf(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return entries.map(entry => join(entry.parentPath ?? entry.path, entry.name));
}

function membersOf(group) {
  const folders = readdirSync(join(copy, group)).map(name => join(group, name));
  return folders.filter(folder => existsSync(join(copy, folder, 'package.json')));
}

function manifestOf(folder) {
  return JSON.parse(readFileSync(join(copy, folder, 'package.json'), 'utf8'));
}

function fromCopy(argument) {
  return argument.startsWith(copy) ? relative(copy, argument) : argument;
}

function timed(what, action) {
  const from = Date.now();
  const result = action();
  console.log(`${what.padEnd(28)} ${`${Math.round((Date.now() - from) / 1000)} s`.padStart(6)}  ${result}`);
}

function start(command, args, cwd) {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1' };
  return spawnSync(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] });
}

function run(command, args, cwd) {
  const { status, stdout, stderr, error } = start(command, args, cwd);
  if (status === 0) return stdout;
  const output = error ? error.message : `${stdout.slice(-6000)}\n${stderr.slice(-6000)}`;
  throw new Failure(`${[command, ...args.map(fromCopy)].join(' ')}\n${output}`);
}
