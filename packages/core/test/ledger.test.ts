import { existsSync, mkdtempSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Construct } from 'constructs';
import { Ledger, Site } from '../src';
import { told, untyped } from './told';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  file = join(folder, 'ledger.json');
});

const free = () => false;

/** One run of the program: what `use` allocates, and a synthesis. */
function run<T>(use: (ledger: Ledger, site: Site) => T): T {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const result = use(new Ledger(site, 'ledger', { file }), site);
  site.synth(join(folder, 'out'));
  return result;
}

const hosts = (...names: string[]) =>
  run((ledger, site) => Object.fromEntries(names.map(name => [name, ledger.allocate(site, 'servers', name, 10, 20, free)])));

test('a new name gets the lowest free number, an old one keeps its own', () => {
  expect(hosts('web', 'db')).toEqual({ web: 10, db: 11 });
  expect(hosts('cache', 'db', 'web')).toEqual({ cache: 12, db: 11, web: 10 });
  expect(readFileSync(file, 'utf8')).toBe(
    `${JSON.stringify({ numbers: { servers: { cache: 12, db: 11, web: 10 } }, revisions: {} }, undefined, 2)}\n`,
  );
});

test('the number of a name that is gone stays reserved', () => {
  hosts('web', 'db');
  expect(hosts('db', 'mail')).toEqual({ db: 11, mail: 12 });
  expect(hosts('web')).toEqual({ web: 10 });
});

test('numbers that are given out otherwise are passed over', () => {
  expect(run((ledger, site) => ledger.allocate(site, 'servers', 'web', 10, 20, n => n < 15))).toBe(15);
});

test('spaces do not share numbers', () => {
  run((ledger, site) => {
    expect([ledger.allocate(site, 'a', 'web', 1, 9, free), ledger.allocate(site, 'b', 'web', 1, 9, free)]).toEqual([1, 1]);
    expect(ledger.held('a')).toEqual({ web: 1 });
    expect(ledger.held('c')).toEqual({});
  });
});

test('a host may be called as a property that every object has', () => {
  expect(hosts('constructor', 'web')).toEqual({ constructor: 10, web: 11 });
  expect(hosts('constructor')).toEqual({ constructor: 10 });
});

test('a full space is told', () => {
  expect(
    run((ledger, site) => {
      const vlan = new Construct(site, 'servers');
      ledger.allocate(vlan, 'servers', 'web', 10, 10, free);
      return told(() => ledger.allocate(vlan, 'servers', 'db', 10, 10, free));
    }),
  ).toBe(
    '[lab/servers] no number from 10 to 10 of servers is left for db; widen the range, or delete names from the ledger that are gone for good (LEDGER_FULL)',
  );
});

test('a revision grows when the content changes, and only then', () => {
  const revision = (digest: string) => run(ledger => ledger.revision('zones/lab', digest));
  expect([revision('a'), revision('a'), revision('b'), revision('b'), revision('a')]).toEqual([1, 1, 2, 2, 3]);
});

test('the file is not touched when nothing changes', () => {
  hosts('web');
  const past = new Date(1_000_000);
  utimesSync(file, past, past);
  hosts('web');
  expect(statSync(file).mtime).toEqual(past);
  hosts('web', 'db');
  expect(statSync(file).mtime).not.toEqual(past);
});

test('a model that is wrong writes nothing, so that its numbers are not given out', () => {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const ledger = new Ledger(site, 'ledger', { file });
  ledger.allocate(site, 'servers', 'web', 1, 9, free);
  site.node.addValidation({ validate: () => ['is wrong'] });
  expect(told(() => site.synth(join(folder, 'out')))).toContain('nothing was written');
  expect([existsSync(file), existsSync(join(folder, 'out'))]).toEqual([false, false]);
});

test('order of names in the file is that of the alphabet, not of the program', () => {
  hosts('b', 'a');
  const first = readFileSync(file, 'utf8');
  expect(first.indexOf('"a"')).toBeLessThan(first.indexOf('"b"'));
});

test.each([
  ['<<<<<<< HEAD', '[lab/ledger] the ledger file is not JSON; restore it from Git (LEDGER_FILE)'],
  ['[]', '[lab/ledger] the ledger file is not a ledger; restore it from Git (LEDGER_FILE)'],
  ['null', '[lab/ledger] the ledger file is not a ledger; restore it from Git (LEDGER_FILE)'],
  ['{"numbers":{}}', '[lab/ledger] the ledger file is not a ledger; restore it from Git (LEDGER_FILE)'],
  [
    '{"numbers":{"servers":{"web":"10"}},"revisions":{}}',
    '[lab/ledger] the ledger file is not a ledger; restore it from Git (LEDGER_FILE)',
  ],
  [
    '{"numbers":{"servers":{"db":10,"web":10}},"revisions":{}}',
    '[lab/ledger] 10 of servers is the number of both db and web; delete the line of the one that is not running yet (LEDGER_TWICE)',
  ],
])('a file that two branches or an editor broke is told: %s', (text, message) => {
  writeFileSync(file, text);
  expect(told(() => run(() => undefined))).toBe(message);
});

test('the same number in two spaces is fine', () => {
  writeFileSync(file, '{"numbers":{"a":{"web":10},"b":{"db":10}},"revisions":{}}');
  run(() => undefined);
});

test('a site without a ledger is told, with what needs one', () => {
  const site = new Site('lab', { domain: 'lab.example.net' });
  expect(told(() => Ledger.of(new Construct(site, 'web')))).toBe(
    "[lab/web] has no number, and the site has no ledger to allocate one from; give it a number, or create new Ledger(site, 'ledger', { file: … }) before it (LEDGER_MISSING)",
  );
  const ledger = new Ledger(site, 'ledger', { file });
  expect(Ledger.of(new Construct(site, 'db'))).toBe(ledger);
});

test.each<[unknown, string]>([
  [undefined, '[lab/ledger] props must be an object, got undefined; write { file: … } (PROP_TYPE)'],
  [{}, '[lab/ledger] file is missing; write file: "ledger.json" (PROP_MISSING)'],
  [{ file: 5 }, '[lab/ledger] file must be a string, got 5; write file: "ledger.json" (PROP_TYPE)'],
  [{ file: 'x.json', path: 'y' }, '[lab/ledger] there is no property path; use one of file (PROP_UNKNOWN)'],
])('props %p are told', (props, message) => {
  const site = new Site('lab', { domain: 'lab.example.net' });
  expect(told(() => new Ledger(site, 'ledger', untyped(props)))).toBe(message);
});

test('of five thousand names each asks once whether a number is taken otherwise', () => {
  let asked = 0;
  run((ledger, site) => {
    for (let i = 0; i < 5_000; i++) ledger.allocate(site, 'servers', `host-${i}`, 1, 65_000, () => ++asked < 0);
  });
  expect(asked).toBe(5_000);
});
