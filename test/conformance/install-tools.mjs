// Installs or builds every real consumer of the conformance tier, at the versions of tools.json, into a cache.
// `node install-tools.mjs [--only a,b] [--list] [--required]`. What is there already is left alone; a run that is killed leaves nothing
// half-made. A tool that cannot be had is told with its reason; with --required that is a failure.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const TOOLS = JSON.parse(readFileSync(join(HERE, 'tools.json'), 'utf8'));
const CACHE = resolve(process.env.ASHLAR_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'ashlar'));

const GO_BUILD = ['build', '-trimpath', '-mod=mod'];
const INSTALL = { go: installGo, kubernetes: installKubernetes, local: installLocal, pip: installPip, npm: installNpm, apt: installApt };

const only = process.argv.includes('--only') ? (process.argv[process.argv.indexOf('--only') + 1] ?? '').split(',') : undefined;
const unknown = only?.filter(name => !TOOLS.some(tool => tool.name === name)) ?? [];
if (unknown.length > 0) {
  console.error(`--only ${unknown.join(',')}: no such tool; there are ${TOOLS.map(tool => tool.name).join(', ')}`);
  process.exit(1);
}
let missing = 0;
let aptUpdated = false;
for (const tool of TOOLS) {
  if (only && !only.includes(tool.name)) continue;
  const start = Date.now();
  const folder = join(CACHE, folderName(tool));
  if (process.argv.includes('--list')) {
    console.log(`${tool.name} ${tool.version} ${tool.kind} ${present(tool, folder) ? 'installed' : 'not installed'}`);
    continue;
  }
  if (present(tool, folder)) {
    console.log(`${tool.name} ${tool.version}: there`);
    continue;
  }
  try {
    const work = `${folder}.${process.pid}`;
    rmSync(work, { recursive: true, force: true });
    mkdirSync(join(work, 'bin'), { recursive: true });
    INSTALL[tool.kind](tool, work);
    rmSync(folder, { recursive: true, force: true });
    renameSync(work, folder);
    console.log(`${tool.name} ${tool.version}: installed in ${Math.round((Date.now() - start) / 1000)} s`);
  } catch (error) {
    if (!tool.optional) missing++;
    rmSync(`${folder}.${process.pid}`, { recursive: true, force: true });
    console.log(`${tool.name} ${tool.version}: NOT INSTALLED, ${reason(error)}${tool.optional ? `; not required: ${tool.optional}` : ''}`);
  }
}
if (missing > 0 && process.argv.includes('--required')) process.exit(1);

/** A link to a program that somebody has removed counts as missing. */
function present(tool, folder) {
  return tool.binaries.every(binary => existsSync(join(folder, 'bin', binary)));
}

/** A local source is rebuilt when it changes: its version is a hash of its files, as in tool.ts. */
function folderName(tool) {
  if (tool.kind !== 'local') return `${tool.name}-${tool.version}`;
  const hash = createHash('sha256');
  const folder = join(HERE, tool.folder);
  for (const file of existsSync(folder) ? readdirSync(folder).sort() : []) hash.update(`${file}\0${readFileSync(join(folder, file))}`);
  return `${tool.name}-${hash.digest('hex').slice(0, 12)}`;
}

function reason(error) {
  if (error.code === 'ENOENT') return `${error.path} is not on this machine`;
  return String(error.stderr || error.message)
    .trim()
    .split('\n')
    .slice(-3)
    .join(' | ');
}

function run(command, args, options = {}) {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28, ...options });
}

function go(cwd, ...args) {
  return run('go', args, { cwd, env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false', GOWORK: 'off' } });
}

/** `go install` refuses a module that replaces others, so each gets a module of its own around it. */
function installGo(tool, work) {
  const source = join(work, 'source');
  mkdirSync(source);
  const replaces = Object.entries(tool.replace ?? {}).map(([from, to]) => `replace ${from} => ${to}\n`);
  writeFileSync(join(source, 'go.mod'), `module conformance\n\ngo 1.24.0\n\n${replaces.join('')}`);
  go(source, 'get', `${tool.package}@v${tool.version}`);
  go(source, ...GO_BUILD, '-ldflags', '-s -w', '-o', join(work, 'bin', tool.binaries[0]), tool.package);
  rmSync(source, { recursive: true });
}

/** Kubernetes replaces its own parts by folders of its repository; the same parts are published as modules of version 0. */
function installKubernetes(tool, work) {
  const source = join(work, 'source');
  mkdirSync(source);
  writeFileSync(join(source, 'go.mod'), 'module conformance\n\ngo 1.24.0\n');
  const { GoMod } = JSON.parse(go(source, 'mod', 'download', '-json', `k8s.io/kubernetes@v${tool.version}`));
  const own = readFileSync(GoMod, 'utf8');
  const parts = [...new Set([...own.matchAll(/(k8s\.io\/[\w.-]+) => \.\/staging/g)].map(match => match[1]))].sort();
  const minor = tool.version.replace(/^1\./, '0.');
  const goVersion = own.match(/^go (.*)$/m)[1];
  const replaces = parts.map(part => `\t${part} => ${part} v${minor}`).join('\n');
  writeFileSync(
    join(source, 'go.mod'),
    `module conformance\n\ngo ${goVersion}\n\nrequire k8s.io/kubernetes v${tool.version}\n\nreplace (\n${replaces}\n)\n`,
  );
  const imports = tool.binaries.map(binary => `\t_ "k8s.io/kubernetes/cmd/${binary}"`).join('\n');
  writeFileSync(join(source, 'tools.go'), `//go:build tools\n\npackage tools\n\nimport (\n${imports}\n)\n`);
  go(source, 'mod', 'tidy');
  for (const binary of tool.binaries) {
    const version = `-s -w -X k8s.io/component-base/version.gitVersion=v${tool.version}`;
    go(source, ...GO_BUILD, '-ldflags', version, '-o', join(work, 'bin', binary), `k8s.io/kubernetes/cmd/${binary}`);
  }
  rmSync(source, { recursive: true });
}

function installLocal(tool, work) {
  go(join(HERE, tool.folder), ...GO_BUILD, '-ldflags', '-s -w', '-o', join(work, 'bin', tool.binaries[0]), '.');
}

function installPip(tool, work) {
  run('python3', ['-m', 'venv', join(work, 'venv')]);
  run(join(work, 'venv/bin/pip'), ['install', '--quiet', '--disable-pip-version-check', tool.source ?? `${tool.package}==${tool.version}`]);
  // The folder is renamed when it is complete, so the program is started by its module and not by a script that knows its path.
  for (const binary of tool.binaries) {
    const script = `#!/bin/sh\nexec "$(dirname "$0")/../venv/bin/python3" -m ${tool.module ?? `${tool.package}.main`} "$@"\n`;
    writeFileSync(join(work, 'bin', binary), script, { mode: 0o755 });
  }
}

function installNpm(tool, work) {
  writeFileSync(join(work, 'package.json'), '{"private":true}');
  run('npm', ['install', '--no-audit', '--no-fund', ...tool.packages], { cwd: work });
  for (const binary of tool.binaries) symlinkSync(join('../node_modules/.bin', binary), join(work, 'bin', binary));
}

function installApt(tool, work) {
  const find = binary => run('sh', ['-c', `command -v ${binary}`]).trim();
  try {
    for (const binary of tool.binaries) find(binary);
  } catch {
    if (process.getuid?.() !== 0) throw new Error(`${tool.package} is not installed, and only root can install it`);
    if (!aptUpdated) run('apt-get', ['update', '-qq']);
    aptUpdated = true;
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', tool.package], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  for (const binary of tool.binaries) symlinkSync(find(binary), join(work, 'bin', binary));
}
