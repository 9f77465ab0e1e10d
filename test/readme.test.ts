import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const FOLDER = join(__dirname, 'readme');

interface Block {
  /** `packages/core/README.md:12` */
  readonly place: string;
  readonly document: string;
  /** Name of the module that it is written to, without ending. */
  readonly module: string;
}

const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'packages')).map(name => `packages/${name}/README.md`),
  ...(existsSync(join(ROOT, 'docs')) ? readdirSync(join(ROOT, 'docs'), { recursive: true }) : [])
    .map(file => `docs/${file}`)
    .filter(file => file.endsWith('.md') && !file.startsWith('docs/api/')),
].filter(file => existsSync(join(ROOT, file)));

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER);
const BLOCKS = DOCUMENTS.flatMap(extract);

/** Each block as a module of its own, its lines where they are in the document: a line that the compiler names is one of the document. */
function extract(document: string): Block[] {
  const text = readFileSync(join(ROOT, document), 'utf8');
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(match => {
    const before = text.slice(0, match.index).split('\n').length;
    const module = `${document.replace(/\.md$/, '').replaceAll('/', '-')}-${before + 1}`;
    writeFileSync(join(FOLDER, `${module}.ts`), `${'\n'.repeat(before)}${match[1]}export {};\n`);
    return { place: `${document}:${before + 1}`, document, module };
  });
}

let problems: string[] = [];

beforeAll(() => {
  const compilerOptions = { rootDir: '.', outDir: 'lib', declaration: false, declarationMap: false, noUnusedLocals: false };
  writeFileSync(join(FOLDER, 'tsconfig.json'), JSON.stringify({ extends: '../../tsconfig.base.json', compilerOptions, include: ['*.ts'] }));
  const { stdout } = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', FOLDER, '--pretty', 'false'], {
    cwd: FOLDER,
    encoding: 'utf8',
  });
  problems = stdout.split('\n').filter(line => line.trim() !== '');
}, 60_000);

test.each(BLOCKS)('$place compiles and runs', ({ module, document }) => {
  const own = problems.filter(problem => problem.startsWith(`${module}.ts(`));
  expect(own.map(problem => problem.replace(/^.*?\((\d+),\d+\)/, `${document}:$1`))).toEqual([]);
  const { status, stderr } = spawnSync(process.execPath, ['--enable-source-maps', join(FOLDER, 'lib', `${module}.js`)], {
    cwd: mkdtempSync(join(tmpdir(), 'readme-')),
    encoding: 'utf8',
  });
  expect({ status, fault: status === 0 ? '' : stderr }).toEqual({ status: 0, fault: '' });
});

test('the compiler has nothing to say that belongs to no block', () => {
  expect(problems.filter(problem => /^\S/.test(problem) && !BLOCKS.some(({ module }) => problem.startsWith(`${module}.ts(`)))).toEqual([]);
});

test('every package has an example', () => {
  const withExample = new Set(BLOCKS.map(block => block.document));
  expect(readdirSync(join(ROOT, 'packages')).filter(name => !withExample.has(`packages/${name}/README.md`))).toEqual([]);
});
