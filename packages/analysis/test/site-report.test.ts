import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Duration, Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Construct } from 'constructs';
import { SiteReport } from '../src';
import { Shown } from './lab';
import { largeSite, rackedSite, smallSite } from './sites';

/** Compares with a file that a reviewer reads; `UPDATE_GOLDEN=1 npx jest` writes it anew. */
function expectGolden(name: string, text: string | undefined): void {
  const file = join(__dirname, 'golden', name);
  if (process.env.UPDATE_GOLDEN) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text ?? '');
  }
  expect(text).toBe(readFileSync(file, 'utf8'));
}

test.each(['README.md', 'addresses.md', 'capacity.md', 'capacity.json', 'claims.json', 'copies.md', 'topology.svg'])(
  '%s of three mini PCs is as it was read and found good',
  name => {
    expectGolden(name, Testing.files(smallSite())[`report/${name}`]);
  },
);

test.each(['capacity.md', 'capacity.json', 'copies.md', 'rack.svg'])('%s of two racks is as it was read and found good', name => {
  expectGolden(`racked/${name}`, Testing.files(rackedSite())[`report/${name}`]);
});

test('a report is ten files in the folder of its id', () => {
  const site = Testing.site();
  new SiteReport(new Construct(site, 'docs'), 'overview');
  expect(Object.keys(Testing.files(site))).toEqual([
    'overview/README.md',
    'overview/addresses.md',
    'overview/capacity.json',
    'overview/capacity.md',
    'overview/claims.json',
    'overview/copies.md',
    'overview/network.svg',
    'overview/rack.svg',
    'overview/topology.svg',
    'overview/zones.svg',
  ]);
});

test('copies: what fails over loses the time between two, or nothing when writes wait; what nothing copies says so', () => {
  const site = Testing.site();
  const holder = (id: string, contracts: object) => Object.assign(new Construct(site, id), contracts);
  const backup = { target: 'nfs nas', recoveryPoint: Duration.days(1), retention: Duration.days(30) };
  holder('b', { backup, replication: { to: ['pve-02', 'pve-03'], recoveryPoint: Duration.minutes(15) } });
  holder('a', { backup: { waived: 'rebuilt from its primary' }, replication: { to: ['2 replicas'], recoveryPoint: Duration.seconds(0) } });
  holder('c', { backup, replication: { to: ['1 replica'] } });
  holder('d', { backup });
  new SiteReport(site, 'report');
  const rows = (Testing.files(site)['report/copies.md'] as string).split('\n').filter(line => line.startsWith('| `'));
  expect(rows).toEqual([
    '| `test/a` | 2 replicas | nothing | not in the model | – (rebuilt from its primary) | everything | – | – |',
    '| `test/b` | pve-02, pve-03 | 15 minutes | not in the model | nfs nas | 1 day | 30 days | not in the model |',
    '| `test/c` | 1 replica | what copies lag behind | not in the model | nfs nas | 1 day | 30 days | not in the model |',
    '| `test/d` | – | nothing fails over | – | nfs nas | 1 day | 30 days | not in the model |',
  ]);
});

test('the same site gives the same report', () => {
  expect(largeSite().render().output.digest()).toBe(largeSite().render().output.digest());
});

test('the order of construction shows in no report', () => {
  const shuffled = (names: readonly string[]) => {
    const site = Testing.site();
    for (const name of names) {
      const rack = new Shown(site, name, { kind: 'rack', label: name, facts: [] });
      for (const kind of ['machine', 'switch', 'feed', 'guest', 'service', 'network'] as const) {
        new Shown(rack, kind, { kind, label: `${kind} of ${name}`, facts: ['a fact'] });
      }
    }
    new SiteReport(site, 'report');
    return site.render().output.digest();
  };
  expect(shuffled(['rack-10', 'rack-2', 'rack-1'])).toBe(shuffled(['rack-1', 'rack-2', 'rack-10']));
});

test('an empty site has a report that says so', () => {
  const site = Testing.site();
  new SiteReport(site, 'report');
  const files = Testing.files(site);
  expect(files['report/addresses.md']).toBe('# Addresses\n\nNo segment is in the site.\n');
  expect(files['report/capacity.md']).toBe('# Capacity\n\nNo machine is in the site.\n');
  expect(files['report/README.md']).toContain('0 machines with 0 guests, 0 VLANs with 0 addresses, in test.example.net.\n\n!');
  expect(files['report/rack.svg']).toContain('No rack, machine or switch is in the site yet.');
  expect(files['report/topology.svg']).toContain('No rack, machine, network, guest or service is in the site yet.');
});

test('attributes of engine classes that only share a name with a contract are not read', () => {
  const site = Testing.site();
  const resource = new Construct(site, 'load-balancer');
  Object.assign(resource, { addresses: '#{TOKEN[1]}', placement: '#{TOKEN[2]}', capacity: -1, consumption: 'x', depiction: null, fqdn: 3 });
  Object.assign(resource, { backup: '#{TOKEN[3]}', replication: '#{TOKEN[4]}' });
  new SiteReport(site, 'report');
  expect(Testing.findings(site)).toEqual([]);
});

test('a report outside a site says what it needs', () => {
  expect(() => new SiteReport(new Construct(undefined as unknown as Construct, ''), 'report')).toThrow(
    '[report] is not inside a Site; pass the site, or something in it, as scope (SITE_MISSING)',
  );
});

test('two reports of one id in two places name each other', () => {
  const site = new Site('lab', { domain: 'lab.example.net' });
  new SiteReport(site, 'report');
  new SiteReport(new Construct(site, 'docs'), 'report');
  expect(Testing.findings(site)).toContain(
    'error [lab/docs/report] writes report/README.md, which [lab/report] already wrote; give one of them another id (OUTPUT_TWO_AUTHORS)',
  );
});
