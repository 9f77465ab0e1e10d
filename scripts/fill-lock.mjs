// `npm ci` refuses a lock that lacks optional packages of other platforms (`@turbo/darwin-arm64` and so on), and a
// registry mirror that has not stored them makes `npm install` leave them out. This writes the missing entries in from
// what their parents declare, so that the lock is the same, and complete, on every platform.
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'package-lock.json';
const OS = {
  darwin: 'darwin',
  linux: 'linux',
  win32: 'win32',
  windows: 'win32',
  freebsd: 'freebsd',
  android: 'android',
  openbsd: 'openbsd',
  netbsd: 'netbsd',
  sunos: 'sunos',
  aix: 'aix',
  openharmony: 'openharmony',
  wasm32: 'wasm32',
};
const CPU = [
  ['arm64', /arm64|aarch64/],
  ['ia32', /ia32|386/],
  ['arm', /arm/],
  ['s390x', /s390x/],
  ['ppc64', /ppc64/],
  ['riscv64', /riscv64/],
  ['loong64', /loong64/],
  ['mips64el', /mips64/],
];

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const packages = lock.packages;
let filled = 0;

for (const [path, entry] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (resolves(path, name)) continue;
    const os = Object.keys(OS).find(word => name.includes(word));
    if (!os || !/^\d/.test(version)) {
      console.error(`left as it is: ${name}@${version}, wanted by ${path}`);
      continue;
    }
    const cpu = CPU.find(([, pattern]) => pattern.test(name))?.[0] ?? (os === 'wasm32' ? 'wasm32' : 'x64');
    packages[`node_modules/${name}`] = {
      version,
      cpu: [cpu],
      ...(entry.dev && { dev: true }),
      optional: true,
      ...(os !== 'wasm32' && { os: [OS[os]] }),
    };
    filled++;
  }
}

lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(FILE, `${JSON.stringify(lock, undefined, 2)}\n`);
console.log(`${FILE}: ${filled} entries of other platforms added`);

/** Whether `name` is found from `path`, walking up the folders as Node does. */
function resolves(path, name) {
  for (let at = path; ; at = at.includes('/node_modules/') ? at.slice(0, at.lastIndexOf('/node_modules/')) : '') {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true;
    if (!at) return false;
  }
}
