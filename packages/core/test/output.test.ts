import { Construct } from 'constructs';
import { Output, Site } from '../src';
import { told } from './told';

const site = new Site('lab', { domain: 'lab.example.net' });
const dns = new Construct(site, 'dns');
const mail = new Construct(site, 'mail');

test('files are kept by path, whoever wrote first', () => {
  const one = new Output();
  one.write(dns, 'devices/b.conf', 'b');
  one.write(mail, 'devices/a.conf', 'a');
  const other = new Output();
  other.write(mail, 'devices/a.conf', 'a');
  other.write(dns, 'devices/b.conf', 'b');
  expect(one.entries()).toEqual([
    ['devices/a.conf', 'a'],
    ['devices/b.conf', 'b'],
  ]);
  expect(one.owners()).toEqual({ 'devices/a.conf': 'lab/mail', 'devices/b.conf': 'lab/dns' });
  expect([one.read('devices/a.conf'), one.read('devices/c.conf')]).toEqual(['a', undefined]);
  expect(one.digest()).toBe(other.digest());
  other.write(dns, 'c', '');
  expect(one.digest()).not.toBe(other.digest());
});

test('two authors of one file are both named', () => {
  const output = new Output();
  output.write(dns, 'zones/db.lab', '');
  expect(told(() => output.write(mail, 'zones/db.lab', ''))).toBe(
    '[lab/mail] writes zones/db.lab, which [lab/dns] already wrote; give one of them another id (OUTPUT_TWO_AUTHORS)',
  );
});

test('names that differ in case only are one file on macOS and Windows', () => {
  const output = new Output();
  output.write(dns, 'zones/db.lab', '');
  expect(told(() => output.write(mail, 'Zones/DB.lab', ''))).toBe(
    '[lab/mail] writes Zones/DB.lab, and [lab/dns] already wrote zones/db.lab; give one of them another id (OUTPUT_TWO_AUTHORS)',
  );
});

test('a name cannot be a file and a folder, in whatever order', () => {
  const output = new Output();
  output.write(dns, 'zones/lab/db', '');
  output.write(dns, 'hosts', '');
  expect(told(() => output.write(mail, 'zones/lab', ''))).toBe(
    '[lab/mail] writes zones/lab, and [lab/dns] already wrote zones/lab/db; give one of them another id (OUTPUT_TWO_AUTHORS)',
  );
  expect(told(() => output.write(mail, 'Hosts/a', ''))).toBe(
    '[lab/mail] writes Hosts/a, and [lab/dns] already wrote hosts; give one of them another id (OUTPUT_TWO_AUTHORS)',
  );
  output.write(mail, 'zones/lab2', '');
});

test('the index of the output folder is nobody else’s', () => {
  expect(told(() => new Output().write(dns, 'files.json', ''))).toBe(
    '[lab/dns] writes files.json, which [Site.synth] already wrote; give one of them another id (OUTPUT_TWO_AUTHORS)',
  );
  new Output().write(dns, 'report/files.json', '');
});

test.each([
  ['/etc/passwd', '"/etc/passwd"'],
  ['../out', '"../out"'],
  ['a/../../b', '"a/../../b"'],
  ['./a', '"./a"'],
  ['a//b', '"a//b"'],
  ['a/', '"a/"'],
  ['', '""'],
  ['a b', '"a b"'],
  ['a\\b', '"a\\\\b"'],
  ['a:b', '"a:b"'],
  ['a~', '"a~"'],
  ['a\n', '"a\\n"'],
])('the path %p is refused', (path, shown) => {
  expect(told(() => new Output().write(dns, path, ''))).toBe(
    `[lab/dns] an output path is relative, of letters, digits and . _ - @ +, got ${shown}; choose ids without other characters (OUTPUT_PATH)`,
  );
});

test.each(['kubernetes/prod/shop/Service-web.yaml', '.sops.yaml', 'user@host+1', 'a..b', '...'])('the path %s is fine', path => {
  new Output().write(dns, path, '');
});
