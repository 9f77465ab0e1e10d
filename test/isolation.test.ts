import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ClaimKind, compareClaims, type EnvironmentClaim } from '@ashlar/analysis';
import { isolationOf } from '@ashlar/cli';
import { formatFinding } from '@ashlar/core';

const APPS = join(__dirname, '../apps');
const folders = readdirSync(APPS)
  .sort()
  .map(app => join(APPS, app, 'out'))
  .filter(folder => existsSync(folder));
const { environments, collisions } = isolationOf(folders);

/** What comes of one more environment that takes something. */
function added(kind: ClaimKind, value: string, more: Partial<EnvironmentClaim> = {}): string[] {
  const spoilt = { environment: 'spoilt', claims: [{ kind, value, path: 'spoilt/it', ...more }] };
  const own = compareClaims([...environments, spoilt]).filter(({ path }) => path === 'spoilt/it');
  return own.map(formatFinding);
}

const PREFIXES = 'choose prefixes that have no address in common (ISOLATION_PREFIX)';
const HYPERVISORS = 'https://10.2.10.10:8006/';

test('no two apps take the same', () => {
  expect(environments.length).toBeGreaterThanOrEqual(4);
  expect(collisions.map(formatFinding)).toEqual([]);
});

test.each(environments)('$environment takes segments and names', ({ claims }) => {
  for (const kind of ['domain', 'vlan tag', 'segment', 'name']) expect(claims.map(claim => claim.kind)).toContain(kind);
});

test.each<[string, ClaimKind, string, Partial<EnvironmentClaim>, string]>([
  [
    'the domain',
    'domain',
    'lab.example.net',
    {},
    'the domain lab.example.net is already that of metal-lab; give one of the sites another domain (ISOLATION_DOMAIN)',
  ],
  [
    'the name of a host',
    'name',
    'nas.lab.example.net',
    {},
    'the name nas.lab.example.net is already that of metal-lab/harvester/nas; choose another name, or another domain (ISOLATION_NAME)',
  ],
  [
    'a VLAN tag',
    'vlan tag',
    '20',
    {},
    'the VLAN tag 20 is already that of optiplex-cloud/servers; give one of the segments another tag (ISOLATION_VLAN_TAG)',
  ],
  [
    'the prefix of a segment',
    'segment',
    '10.110.0.0/24',
    {},
    `the segment 10.110.0.0/24 is already that of metal-lab/management; ${PREFIXES}`,
  ],
  [
    'a part of one',
    'segment',
    '10.2.22.0/24',
    {},
    `the segment 10.2.22.0/24 overlaps the segment 10.2.20.0/22 of hosting/customers; ${PREFIXES}`,
  ],
  [
    'more than one',
    'segment',
    '10.20.0.0/16',
    {},
    `the segment 10.20.0.0/16 overlaps the segment 10.20.0.0/24 of optiplex-cloud/servers; ${PREFIXES}`,
  ],
  ['a public prefix', 'segment', '203.0.113.32/27', {}, `the segment 203.0.113.32/27 is already that of hosting/dmz; ${PREFIXES}`],
  [
    'as ours a home that is not',
    'segment',
    '192.168.10.0/24',
    {},
    `the segment 192.168.10.0/24 is already that of dev-sandbox/office; ${PREFIXES}`,
  ],
  [
    'addresses of services',
    'announcement',
    '10.130.1.0/24',
    {},
    `the announced prefix 10.130.1.0/24 is already that of metal-lab/gateway; ${PREFIXES}`,
  ],
  [
    'the address of a tunnel',
    'tunnel',
    '10.2.254.1/24',
    {},
    `the address of the tunnel 10.2.254.1/24 is already that of hosting/gateway; ${PREFIXES}`,
  ],
  [
    'addresses of pods',
    'pods',
    '10.52.0.0/17',
    {},
    `the prefix of pods 10.52.0.0/17 overlaps the prefix of pods 10.52.0.0/16 of metal-lab/hci; ${PREFIXES}`,
  ],
  [
    'addresses of services of a cluster',
    'services',
    '10.53.0.0/16',
    {},
    `the prefix of services 10.53.0.0/16 is already that of metal-lab/hci; ${PREFIXES}`,
  ],
  [
    'an address in a home that both are in',
    'address',
    '192.168.178.2',
    { outside: true },
    'the address 192.168.178.2 is already that of metal-lab/home/lab-gateway; choose other host numbers in the network that both are part of (ISOLATION_ADDRESS)',
  ],
  [
    'an autonomous system',
    'autonomous system',
    '64512',
    {},
    'the autonomous system 64512 is already that of metal-lab/gateway; choose another number of the private ones: 64512–65534 or 4200000000–4294967294 (ISOLATION_ASN)',
  ],
  [
    'a VM id on one hypervisor',
    'VM id',
    '1000',
    { at: HYPERVISORS },
    `VM 1000 on ${HYPERVISORS} is already that of hosting/hypervisors/pve/gateway; give each environment a range of ids of its own in vmIds (ISOLATION_VM_ID)`,
  ],
  [
    'a kubectl context',
    'cluster',
    'brain',
    {},
    'the cluster and kubectl context brain is already that of metal-lab/brain; give one of the clusters another id (ISOLATION_CLUSTER)',
  ],
  [
    'a Terraform state',
    'state',
    'terraform/hypervisors.tfstate',
    { at: 's3' },
    'the Terraform state terraform/hypervisors.tfstate on s3 is already that of optiplex-cloud/hypervisors; keep each state under a key of its own (ISOLATION_STATE)',
  ],
])('one more environment cannot take %s', (_, kind, value, more, text) => {
  expect(added(kind, value, more)).toEqual([`error [spoilt/it] ${text}`]);
});

test.each<[string, ClaimKind, string, Partial<EnvironmentClaim>]>([
  ['the prefix beside one', 'segment', '10.2.24.0/24', {}],
  ['the other part of a public prefix', 'segment', '203.0.113.64/27', {}],
  ['a VM id of another hypervisor', 'VM id', '1000', { at: 'https://10.9.10.10:8006/' }],
  ['a key in another store', 'state', 'terraform/hypervisors.tfstate', { at: 'https://s3.spoilt.example.net' }],
  ['a key beside one', 'state', 'terraform/spoilt/hypervisors.tfstate', { at: 's3' }],
  ['the home that others are in', 'segment', '192.168.178.0/24', { outside: true }],
  ['another address in it', 'address', '192.168.178.3', { outside: true }],
  ['the other end of a tunnel', 'tunnel', '10.2.255.1/30', {}],
  ['a name in a domain of its own', 'name', 'nas.spoilt.example.net', {}],
])('one more environment can take %s', (_, kind, value, more) => {
  expect(added(kind, value, more)).toEqual([]);
});
