import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGES = join(__dirname, '../../../../node_modules');

/** A program as apps have it: a segment and a text for each file of `clusters`. */
const PROGRAM = `
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { environment, Ledger, onRender, Site } = require('@ashlar/core');
const { Vlan } = require('@ashlar/network');
const { load } = require('js-yaml');
exports.lab = environment(module, () => {
  const site = new Site('lab', { domain: 'lab.example.net' });
  new Ledger(site, 'ledger', { file: join(__dirname, '../ledger.json') });
  const folder = join(__dirname, '../clusters');
  const files = existsSync(folder) ? readdirSync(folder).filter(file => file.endsWith('.yaml')).sort() : [];
  const specs = files.map(file => load(readFileSync(join(folder, file), 'utf8')));
  for (const { name, network } of specs) {
    const vlan = new Vlan(site, name, network);
    vlan.host(name + '-1');
    onRender(vlan, output => output.write(vlan, 'clusters/' + name + '.txt', vlan.cidrs.join(' ') + '\\n'));
  }
  onRender(site, output => output.write(site, 'names.txt', specs.map(({ name }) => name + '\\n').join('')));
  return site;
});
`;

/** An app in a temporary folder, synthesized once, with one environment. */
export class LabApp {
  public readonly folder = mkdtempSync(join(tmpdir(), 'ashlar-environment-'));

  constructor() {
    symlinkSync(PACKAGES, join(this.folder, 'node_modules'));
    for (const folder of ['lib', 'clusters']) mkdirSync(join(this.folder, folder));
    this.write('lib/main.js', PROGRAM);
    this.write('clusters/media.yaml', 'name: media\nnetwork: { tag: 140, ipv4: 10.140.0.0/24 } # as somebody wrote it\n');
    execFileSync(process.execPath, [join(this.folder, 'lib/main.js')], { cwd: this.folder, stdio: 'ignore' });
  }

  public write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  public read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  /** Every file, with its text. */
  public contents(): Record<string, string> {
    const files = readdirSync(this.folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
    const paths = files.map(entry => join(entry.parentPath ?? entry.path, entry.name).slice(this.folder.length + 1)).sort();
    return Object.fromEntries(paths.map(path => [path, this.read(path)]));
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
