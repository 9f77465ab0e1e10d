// The oldest Node that we support runs everything else; this runs the tests of the packages, and synthesizes the apps, on the newer ones.
// The `node` packages of npm bring them: no installer, no root.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSIONS = ['22.23.3', '24.21.0'];
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const CACHE = process.env.ASHLAR_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'ashlar');
const PACKAGES = readdirSync(join(ROOT, 'packages')).map(name => join('packages', name));

let failed = false;
for (const version of VERSIONS) {
  const node = install(version);
  if (!node) {
    console.log(`Node ${version}: SKIPPED, npm does not give it for this platform`);
    failed ||= Boolean(process.env.CI);
    continue;
  }
  const tests = PACKAGES.map(folder => testsOn(node, folder));
  const passed = tests.reduce((sum, { numPassedTests }) => sum + numPassedTests, 0);
  const failures = tests.reduce((sum, { numFailedTests }) => sum + numFailedTests, 0);
  const different = readdirSync(join(ROOT, 'apps')).flatMap(app => synthesisOn(node, app));
  console.log(
    `Node ${version}: ${passed} tests passed, ${failures} failed; ${different.length === 0 ? 'the same output' : `other output: ${different.join(', ')}`}`,
  );
  failed ||= failures > 0 || passed === 0 || different.length > 0;
}
process.exitCode = failed ? 1 : 0;

function install(version) {
  const folder = join(CACHE, `node-${version}`);
  const binary = join(folder, 'bin/node');
  if (existsSync(binary)) return binary;
  const work = `${folder}.${process.pid}`;
  try {
    mkdirSync(work, { recursive: true });
    writeFileSync(join(work, 'package.json'), '{"private":true}');
    const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${version}`], { cwd: work, stdio: 'pipe' });
    cpSync(join(work, 'node_modules', name, 'bin'), join(work, 'bin'), { recursive: true });
    rmSync(join(work, 'node_modules'), { recursive: true });
    renameSync(work, folder);
    const told = execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim();
    if (told !== `v${version}`) throw new Error(`it says ${told}`);
    return binary;
  } catch (error) {
    console.log(
      `Node ${version}: ${
        String(error.stderr ?? error.message)
          .trim()
          .split('\n')[0]
      }`,
    );
    rmSync(work, { recursive: true, force: true });
    return undefined;
  }
}

/** Counts, so that a run of no tests is not taken for a success. */
function testsOn(node, folder) {
  const report = join(mkdtempSync(join(tmpdir(), 'node-versions-')), 'report.json'); // tests may print
  const args = [join(ROOT, 'node_modules/jest/bin/jest.js'), '--json', '--outputFile', report, '--silent', '--ci'];
  spawnSync(node, args, { cwd: join(ROOT, folder), stdio: 'ignore' });
  const result = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
  rmSync(dirname(report), { recursive: true });
  const failures = (result.testResults ?? []).flatMap(file => file.assertionResults ?? []).filter(test => test.status === 'failed');
  for (const { fullName, failureMessages } of failures)
    console.log(`  ${folder}: ${fullName}\n    ${String(failureMessages[0]).slice(0, 500)}`);
  return { numPassedTests: result.numPassedTests ?? 0, numFailedTests: result.numFailedTests ?? 1 };
}

/** Files that are not the committed ones. */
function synthesisOn(node, app) {
  const folder = mkdtempSync(join(tmpdir(), 'node-versions-'));
  try {
    for (const name of readdirSync(join(ROOT, 'apps', app)))
      if (name !== 'out') cpSync(join(ROOT, 'apps', app, name), join(folder, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    execFileSync(node, ['lib/main.js'], { cwd: folder, stdio: 'pipe' });
    const [committed, here] = [join(ROOT, 'apps', app, 'out'), join(folder, 'out')].map(read);
    return [...new Set([...committed.keys(), ...here.keys()])].filter(path => committed.get(path) !== here.get(path));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read(out) {
  const files = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath ?? entry.path, entry.name));
  return new Map(files.map(file => [relative(out, file), readFileSync(file, 'utf8')]));
}
