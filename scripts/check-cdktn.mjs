// The engine that the user asked for, cdktf, is archived; cdktn continues it. This shows that the way out is open: a copy of the
// workspace in which `cdktf` is an alias of `cdktn` builds, passes its tests, and synthesizes the same environment.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const CDKTN = '0.24.0';
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
/** Packages in which the engine's types or behaviour show. */
const TESTED = ['packages/terraform', 'packages/provider-proxmox', 'packages/hci'];

const copy = mkdtempSync(join(tmpdir(), 'cdktn-'));
try {
  copyWorkspace();
  alias();
  run('npm', ['install', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'], copy);
  const engine = JSON.parse(readFileSync(join(copy, 'node_modules/cdktf/package.json'), 'utf8'));
  if (engine.name !== 'cdktn' || engine.version !== CDKTN) throw new Error(`the alias gave ${engine.name} ${engine.version}`);
  run('npm', ['run', 'build'], copy);
  for (const folder of TESTED) console.log(`${folder}: ${testsOf(folder)}`);
  for (const app of readdirSync(join(copy, 'apps'))) console.log(`apps/${app}: ${synthesisOf(app)}`);
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function copyWorkspace() {
  const files = run('git', ['ls-files', '-co', '--exclude-standard', '-z'], ROOT).split('\0').filter(Boolean);
  for (const file of files.filter(f => existsSync(join(ROOT, f)))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(ROOT, file), join(copy, file));
  }
}

/** Everybody gets the alias: whoever depends on the engine, and whoever only says that its users bring it. */
function alias() {
  const folders = ['packages', 'apps'].flatMap(group => readdirSync(join(copy, group)).map(name => join(group, name)));
  for (const folder of ['.', ...folders]) {
    const file = join(copy, folder, 'package.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    for (const kind of ['dependencies', 'peerDependencies']) if (manifest[kind]?.cdktf) manifest[kind].cdktf = `npm:cdktn@${CDKTN}`;
    if (folder === '.') manifest.devDependencies.cdktf = `npm:cdktn@${CDKTN}`;
    writeFileSync(file, JSON.stringify(manifest, undefined, 2));
  }
}

function testsOf(folder) {
  const { numTotalTests, numPassedTests } = JSON.parse(run('npx', ['jest', '--json', '--silent', '--ci'], join(copy, folder)));
  if (numTotalTests === 0) throw new Error(`${folder} ran no test`);
  return `${numPassedTests} of ${numTotalTests} tests passed`;
}

/** The engine writes its own version into the configuration; nothing else may differ. */
function synthesisOf(app) {
  run(process.execPath, ['lib/main.js'], join(copy, 'apps', app));
  const read = root => {
    const out = join(root, 'apps', app, 'out');
    const files = readdirSync(out, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath ?? entry.path, entry.name));
    return new Map(
      files
        .sort()
        .map(file => [relative(out, file), readFileSync(file, 'utf8').replace(/("stackName": "[^"]*",\s*"version": )"[^"]*"/, '$1""')]),
    );
  };
  const [ours, theirs] = [read(ROOT), read(copy)];
  const different = [...new Set([...ours.keys(), ...theirs.keys()])].filter(path => ours.get(path) !== theirs.get(path));
  if (different.length > 0) throw new Error(`with cdktn these differ: ${different.join(', ')}`);
  return `${ours.size} files, the same but for the engine's version`;
}

function run(command, args, cwd) {
  try {
    return execFileSync(command, args, {
      cwd,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
    });
  } catch (error) {
    console.error(`${command} ${args.join(' ')} failed\n${String(error.stderr).slice(-4000)}`);
    throw new Error('the workspace does not pass with cdktn');
  }
}
