import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OutputFolder } from '../src';
import { told } from './told';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'output-folder-'));
});

function commit(files: Record<string, string>, owner = 'lab/dns') {
  const owners = Object.fromEntries(Object.keys(files).map(path => [path, owner]));
  return new OutputFolder(folder).commit(new Map(Object.entries(files)), owners);
}

const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const tree = () => readdirSync(folder, { recursive: true }).map(String).sort();

test('writes files and an index of who wrote them', () => {
  expect(commit({ a: '1', 'zones/db': '2' })).toEqual({ written: ['a', 'zones/db'], removed: [], unchanged: 0 });
  expect(tree()).toEqual(['a', 'files.json', 'zones', 'zones/db']);
  expect(read('files.json')).toBe('{\n  "a": "lab/dns",\n  "zones/db": "lab/dns"\n}\n');
  expect(statSync(join(folder, 'a')).mode & 0o777 & ~process.umask()).toBe(0o644 & ~process.umask());
});

test('touches only what changed', () => {
  commit({ a: '1', b: '2' });
  const past = new Date(1_000_000);
  for (const path of ['a', 'b', 'files.json']) utimesSync(join(folder, path), past, past);
  const touched = () => ['a', 'b', 'files.json'].filter(path => statSync(join(folder, path)).mtime.getTime() !== past.getTime());

  expect(commit({ a: '1', b: '2' })).toEqual({ written: [], removed: [], unchanged: 2 });
  expect(touched()).toEqual([]);
  expect(commit({ a: '1', b: '3' })).toEqual({ written: ['b'], removed: [], unchanged: 1 });
  expect(touched()).toEqual(['b', 'files.json']);
});

test('another author of the same text changes the index only', () => {
  commit({ a: '1' });
  expect(commit({ a: '1' }, 'lab/mail')).toEqual({ written: [], removed: [], unchanged: 1 });
  expect(read('files.json')).toContain('lab/mail');
});

test('what is no longer produced is removed, with the folders that it leaves empty', () => {
  commit({ 'zones/lab/db': '1', 'zones/hosts': '2', a: '3' });
  mkdirSync(join(folder, 'zones/kept'));
  writeFileSync(join(folder, 'zones/kept/notes.txt'), 'mine');
  expect(commit({ a: '3' })).toEqual({ written: [], removed: ['zones/lab/db', 'zones/hosts'], unchanged: 1 });
  expect(tree()).toEqual(['a', 'files.json', 'zones', 'zones/kept', 'zones/kept/notes.txt']);
});

test('a file that no run wrote is never touched', () => {
  commit({ a: '1' });
  writeFileSync(join(folder, 'b'), 'mine');
  expect(told(() => commit({ a: '2', b: '2' }))).toBe(
    '[lab/dns] b exists and was not written by an earlier run; move it away, or restore files.json, which lists what belongs to the output (OUTPUT_FOREIGN_FILE)',
  );
  expect([read('a'), read('b')]).toEqual(['1', 'mine']);
});

test('a foreign file with the very text that would be written is ours from now on', () => {
  writeFileSync(join(folder, 'a'), '1');
  expect(commit({ a: '1' })).toEqual({ written: [], removed: [], unchanged: 1 });
  expect(commit({ a: '2' }).written).toEqual(['a']);
});

test('a file becomes a folder, and a folder a file', () => {
  commit({ zones: '1' });
  commit({ 'zones/lab/db': '2' });
  expect(tree()).toEqual(['files.json', 'zones', 'zones/lab', 'zones/lab/db']);
  commit({ zones: '3' });
  expect([tree(), read('zones')]).toEqual([['files.json', 'zones'], '3']);
});

test('a folder that holds a foreign file does not become a file', () => {
  commit({ 'zones/db': '1' });
  writeFileSync(join(folder, 'zones/notes.txt'), 'mine');
  expect(told(() => commit({ zones: '2' }))).toBe(
    '[lab/dns] zones/notes.txt exists and was not written by an earlier run; move it away, or restore files.json, which lists what belongs to the output (OUTPUT_FOREIGN_FILE)',
  );
  expect(read('zones/db')).toBe('1');
});

test('a run that is killed between any two steps leaves nothing unowned', () => {
  const before = { a: '1', b: '1', 'old/x': '1' };
  const after = { a: '2', b: '2', 'new/y': '2' };
  // A folder where a file must go stops the run there, as a kill would.
  for (const stop of ['a', 'b', 'new/y']) {
    folder = mkdtempSync(join(tmpdir(), 'output-folder-'));
    commit(before);
    mkdirSync(join(folder, `${stop}~`), { recursive: true });
    expect(told(() => commit(after))).toMatch(/EISDIR/);
    const index = Object.keys(JSON.parse(read('files.json')));
    const files = tree().filter(path => path !== 'files.json' && statSync(join(folder, path)).isFile());
    expect(files.filter(path => !index.includes(path))).toEqual([]);
  }
});

test('the run after a killed one completes it', () => {
  commit({ a: '1', 'old/x': '1' });
  mkdirSync(join(folder, 'b~'));
  told(() => commit({ a: '2', b: '2' }));
  readdirSync(folder);
  writeFileSync(join(folder, 'a~'), 'half a fi');
  // A temporary file of the killed run is written over and renamed.
  expect(commit({ a: '3', c: '1' }).written).toEqual(['a', 'c']);
  expect(existsSync(join(folder, 'a~'))).toBe(false);
  expect(JSON.parse(read('files.json'))).toEqual({ a: 'lab/dns', c: 'lab/dns' });
});

test('an index that is not JSON is told', () => {
  writeFileSync(join(folder, 'files.json'), '<<<<<<< HEAD');
  expect(told(() => commit({ a: '1' }))).toBe(
    '[Site.synth] files.json in the output folder is not JSON; restore it from Git (OUTPUT_INDEX)',
  );
});

test.each(['{"../../etc/passwd": "lab"}', '{"/etc/passwd": "lab"}', '{"a//b": "lab"}', '"text"', 'null', '5'])(
  'an index that names files elsewhere is refused, because what it names may be deleted: %s',
  index => {
    writeFileSync(join(folder, 'files.json'), index);
    expect(told(() => commit({}))).toBe(
      '[Site.synth] files.json in the output folder is not an index of files in it; restore it from Git (OUTPUT_INDEX)',
    );
  },
);
