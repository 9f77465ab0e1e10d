// Packs every package as npm would publish it, and looks at the tarball as its users get it: publint, are-the-types-wrong,
// every export there, a README and a licence, and nothing that only we need. Ends with 1 on any finding.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const run = promisify(execFile);
const bin = name => join('node_modules/.bin', name);
const names = readdirSync('packages').filter(name => existsSync(join('packages', name, 'package.json')));
const folder = mkdtempSync(join(tmpdir(), 'packages-'));
let findings = 0;

for (const name of names) {
  const dir = join('packages', name);
  const manifest = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
  if (manifest.private) continue;
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: dir });
  const [packed] = JSON.parse(stdout);
  const tarball = join(folder, packed.filename);
  const found = [...ownFindings(manifest, packed.files), ...(await publintFindings(manifest, tarball)), ...(await attwFindings(tarball))];
  console.log(
    `${found.length === 0 ? 'ok  ' : 'bad '} ${manifest.name} ${packed.files.length} files, ${Math.ceil(packed.unpackedSize / 1024)} KiB`,
  );
  for (const finding of found) console.log(`     ${finding}`);
  findings += found.length;
}
rmSync(folder, { recursive: true, force: true });
if (names.length === 0) throw new Error('there is no package to look at');
process.exitCode = findings > 0 ? 1 : 0;

function ownFindings(manifest, files) {
  const paths = new Set(files.map(file => file.path));
  const missing = ['README.md', 'LICENSE', 'package.json'].filter(path => !paths.has(path)).map(path => `has no ${path}`);
  const targets = Object.entries(manifest.exports).flatMap(([entry, target]) =>
    (typeof target === 'string' ? [target] : Object.values(target)).map(path => [entry, path.replace('./', '')]),
  );
  const unresolved = targets
    .filter(([, path]) => !paths.has(path))
    .map(([entry, path]) => `exports["${entry}"] is ${path}, which is not in it`);
  // A map or declaration map points to its source, so src is published; a source that is not compiled is a leftover, and the other way round.
  const compiled = [...paths].filter(path => /^lib\/.*\.js$/.test(path)).map(path => path.replace(/^lib\/(.*)\.js$/, 'src/$1.ts'));
  const leftovers = compiled
    .filter(path => !paths.has(path))
    .map(path => `lib holds what ${path} was compiled to, which is gone; delete lib and build`);
  const unwanted =
    /(^|\/)(test|tests|__tests__|__snapshots__|fixtures|scripts|node_modules)\/|\.test\.|\.tsbuildinfo$|\.tgz$|tsconfig|jest\.config|\.lock\.json$/;
  const strange = [...paths].filter(path => unwanted.test(path)).map(path => `holds ${path}, which only we need`);
  return [...missing, ...unresolved, ...leftovers, ...strange];
}

async function publintFindings(manifest, tarball) {
  const { messages } = await publint({ strict: true, pack: { tarball: new Uint8Array(readFileSync(tarball)).buffer } });
  return messages.map(message => `publint: ${formatMessage(message, manifest)}`);
}

/** Node's own resolution, of CommonJS and ES modules. `node10` ignores exports maps, which we have, so it is not supported. */
async function attwFindings(tarball) {
  try {
    await run(bin('attw'), [tarball, '--profile', 'node16', '--format', 'json', '--no-definitely-typed']);
    return [];
  } catch (error) {
    const all = JSON.parse(error.stdout || '{}').analysis?.problems ?? [];
    const problems = all.filter(problem => problem.resolutionKind !== 'node10');
    if (problems.length === 0) throw error;
    return problems.map(problem => `attw: ${problem.kind} ${problem.entrypoint ?? ''} ${problem.resolutionKind ?? ''}`);
  }
}
