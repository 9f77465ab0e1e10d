import { formatFinding } from '@ashlar/core';
import { type ClaimKind, compareClaims, type EnvironmentClaim, type EnvironmentClaims } from '../../src';

const claim = (kind: ClaimKind, value: string, path: string, more: Partial<EnvironmentClaim> = {}) => ({ kind, value, path, ...more });
const lab = (...claims: EnvironmentClaim[]): EnvironmentClaims => ({ environment: 'lab', claims });
const shop = (...claims: EnvironmentClaim[]): EnvironmentClaims => ({ environment: 'shop', claims });
const told = (...environments: EnvironmentClaims[]) => compareClaims(environments).map(formatFinding);
const OUTSIDE = { outside: true } as const;
const PVE = { at: 'https://10.1.0.10:8006/' };

describe('two environments cannot have in common', () => {
  test.each<[ClaimKind, string, Partial<EnvironmentClaim>, string]>([
    [
      'domain',
      'cloud.example.net',
      {},
      'the domain cloud.example.net is already that of lab/a; give one of the sites another domain (ISOLATION_DOMAIN)',
    ],
    [
      'name',
      'nas.example.net',
      {},
      'the name nas.example.net is already that of lab/a; choose another name, or another domain (ISOLATION_NAME)',
    ],
    ['vlan tag', '20', {}, 'the VLAN tag 20 is already that of lab/a; give one of the segments another tag (ISOLATION_VLAN_TAG)'],
    [
      'segment',
      '10.20.0.0/24',
      {},
      'the segment 10.20.0.0/24 is already that of lab/a; choose prefixes that have no address in common (ISOLATION_PREFIX)',
    ],
    [
      'announcement',
      '10.20.1.0/24',
      {},
      'the announced prefix 10.20.1.0/24 is already that of lab/a; choose prefixes that have no address in common (ISOLATION_PREFIX)',
    ],
    [
      'tunnel',
      '10.255.0.1/24',
      {},
      'the address of the tunnel 10.255.0.1/24 is already that of lab/a; choose prefixes that have no address in common (ISOLATION_PREFIX)',
    ],
    [
      'pods',
      '10.42.0.0/16',
      {},
      'the prefix of pods 10.42.0.0/16 is already that of lab/a; choose prefixes that have no address in common (ISOLATION_PREFIX)',
    ],
    [
      'services',
      '10.43.0.0/16',
      {},
      'the prefix of services 10.43.0.0/16 is already that of lab/a; choose prefixes that have no address in common (ISOLATION_PREFIX)',
    ],
    [
      'pool',
      '192.168.1.200-192.168.1.219',
      OUTSIDE,
      'the pool 192.168.1.200-192.168.1.219 is already that of lab/a; choose other host numbers in the network that both are part of (ISOLATION_ADDRESS)',
    ],
    [
      'address',
      '192.168.1.2',
      OUTSIDE,
      'the address 192.168.1.2 is already that of lab/a; choose other host numbers in the network that both are part of (ISOLATION_ADDRESS)',
    ],
    [
      'autonomous system',
      '64512',
      {},
      'the autonomous system 64512 is already that of lab/a; choose another number of the private ones: 64512–65534 or 4200000000–4294967294 (ISOLATION_ASN)',
    ],
    [
      'VM id',
      '100',
      PVE,
      'VM 100 on https://10.1.0.10:8006/ is already that of lab/a; give each environment a range of ids of its own in vmIds (ISOLATION_VM_ID)',
    ],
    [
      'VM pool',
      'alice',
      PVE,
      'the pool of guests alice on https://10.1.0.10:8006/ is already that of lab/a; give one of them another name (ISOLATION_VM_POOL)',
    ],
    [
      'cluster',
      'prod',
      {},
      'the cluster and kubectl context prod is already that of lab/a; give one of the clusters another id (ISOLATION_CLUSTER)',
    ],
    [
      'state',
      'terraform/prod.tfstate',
      { at: 's3' },
      'the Terraform state terraform/prod.tfstate on s3 is already that of lab/a; keep each state under a key of its own (ISOLATION_STATE)',
    ],
  ])('a %s', (kind, value, more, text) => {
    expect(told(shop(claim(kind, value, 'shop/b', more)), lab(claim(kind, value, 'lab/a', more)))).toEqual([`error [shop/b] ${text}`]);
  });

  test('prefixes of which one is in the other, whatever they are for', () => {
    expect(told(lab(claim('pods', '10.20.0.0/16', 'lab/prod')), shop(claim('segment', '10.20.4.0/22', 'shop/servers')))).toEqual([
      'error [shop/servers] the segment 10.20.4.0/22 overlaps the prefix of pods 10.20.0.0/16 of lab/prod; choose prefixes that have no address in common (ISOLATION_PREFIX)',
    ]);
    expect(told(lab(claim('segment', '2001:db8:0:20::/64', 'lab/a')), shop(claim('segment', '2001:db8::/48', 'shop/b')))).toEqual([
      'error [shop/b] the segment 2001:db8::/48 overlaps the segment 2001:db8:0:20::/64 of lab/a; choose prefixes that have no address in common (ISOLATION_PREFIX)',
    ]);
  });

  test('a prefix that is the same, and for something else', () => {
    expect(told(lab(claim('pods', '10.42.0.0/16', 'lab/prod')), shop(claim('segment', '10.42.0.0/16', 'shop/servers')))).toEqual([
      'error [shop/servers] the segment 10.42.0.0/16 is already the prefix of pods of lab/prod; choose prefixes that have no address in common (ISOLATION_PREFIX)',
    ]);
  });

  test('what one of them owns and the other one finds outside', () => {
    expect(
      told(lab(claim('segment', '192.168.1.0/24', 'lab/home', OUTSIDE)), shop(claim('segment', '192.168.1.0/24', 'shop/management'))),
    ).toEqual([
      'error [shop/management] the segment 192.168.1.0/24 is already that of lab/home; choose prefixes that have no address in common (ISOLATION_PREFIX)',
    ]);
  });

  test('addresses of which one lies in a pool of the other', () => {
    expect(
      told(
        lab(claim('pool', '192.168.1.200-192.168.1.219', 'lab/home/services', OUTSIDE)),
        shop(claim('address', '192.168.1.219', 'shop/home/gateway', OUTSIDE)),
      ),
    ).toEqual([
      'error [shop/home/gateway] the address 192.168.1.219 overlaps the pool 192.168.1.200-192.168.1.219 of lab/home/services; choose other host numbers in the network that both are part of (ISOLATION_ADDRESS)',
    ]);
  });
});

describe('two environments may have in common', () => {
  test.each<[string, EnvironmentClaim, EnvironmentClaim]>([
    ['prefixes side by side', claim('segment', '10.20.0.0/24', 'lab/a'), claim('segment', '10.20.1.0/24', 'shop/b')],
    ['halves of one prefix', claim('segment', '203.0.113.0/27', 'lab/a'), claim('segment', '203.0.113.32/27', 'shop/b')],
    ['IPv4 and IPv6 with the same numbers', claim('segment', '0.0.0.0/8', 'lab/a'), claim('segment', '::/104', 'shop/b')],
    ['a VM id on two hypervisors', claim('VM id', '100', 'lab/a', PVE), claim('VM id', '100', 'shop/b', { at: 'https://10.2.0.10:8006/' })],
    [
      'a key in two stores',
      claim('state', 'a/b', 'lab/a', { at: 's3' }),
      claim('state', 'a/b', 'shop/b', { at: 'https://s3.example.net' }),
    ],
    ['a tag and an autonomous system', claim('vlan tag', '100', 'lab/a'), claim('autonomous system', '100', 'shop/b')],
    [
      'the network of a home that both are in',
      claim('segment', '192.168.1.0/24', 'lab/home', OUTSIDE),
      claim('segment', '192.168.1.0/24', 'shop/home', OUTSIDE),
    ],
    ['its tag', claim('vlan tag', '2', 'lab/home', OUTSIDE), claim('vlan tag', '2', 'shop/home', OUTSIDE)],
    [
      'addresses side by side in it',
      claim('address', '192.168.1.2', 'lab/home/gateway', OUTSIDE),
      claim('address', '192.168.1.3', 'shop/home/gateway', OUTSIDE),
    ],
    ['the two ends of a tunnel', claim('tunnel', '10.255.0.1/30', 'lab/wg0'), claim('tunnel', '10.255.0.2/30', 'shop/wg0')],
    ['a pool in networks of their own', claim('pool', '10.20.0.5-10.20.0.9', 'lab/a'), claim('pool', '10.20.0.5-10.20.0.9', 'shop/b')],
  ])('%s', (_, first, second) => {
    expect(told(lab(first), shop(second))).toEqual([]);
  });
});

test('what an environment has twice is no matter of two', () => {
  expect(told(lab(claim('vlan tag', '20', 'lab/a'), claim('vlan tag', '20', 'lab/b')), shop())).toEqual([]);
});

test('of three that take the same, two have to change', () => {
  const three = ['a', 'b', 'c'].map(
    (environment): EnvironmentClaims => ({ environment, claims: [claim('vlan tag', '20', `${environment}/x`)] }),
  );
  expect(compareClaims(three).map(({ path }) => path)).toEqual(['b/x', 'c/x']);
});

test('the order of the environments does not matter', () => {
  const pair = [
    lab(claim('segment', '10.0.0.0/8', 'lab/a')),
    shop(claim('segment', '10.1.0.0/16', 'shop/b'), claim('pods', '10.2.0.0/16', 'shop/c')),
  ];
  expect(compareClaims(pair)).toHaveLength(2);
  expect(compareClaims([...pair].reverse())).toEqual(compareClaims(pair));
});

test('a hundred environments of a thousand segments are compared in a moment', () => {
  const many = Array.from({ length: 100 }, (_, e): EnvironmentClaims => {
    const claims = Array.from({ length: 1000 }, (_, s) => claim('segment', `10.${e}.${s >> 2}.${(s & 3) * 64}/26`, `e${e}/s${s}`));
    return { environment: `e${e}`, claims };
  });
  const began = process.cpuUsage();
  expect(compareClaims(many)).toEqual([]);
  expect(process.cpuUsage(began).user / 1e6).toBeLessThan(5);
});
