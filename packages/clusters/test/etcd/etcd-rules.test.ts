import { Power } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Construct } from 'constructs';
import { lab, TestGuest, TestHost } from '../talos/lab';

class TestFeed extends Construct {
  public readonly capacity = { power: Power.watts(2300) };
}

/** Control planes on hosts that hang on feeds as told: `['a', 'a', 'b']`, or `['ab', …]` on both. */
function onFeeds(feeds: readonly string[]) {
  const { site, vlan, talos } = lab(() => ({ controlPlanes: guests, workers: [] }));
  const all = new Map([...new Set(feeds.join(''))].sort().map(name => [name, new TestFeed(site, `feed-${name}`)]));
  const guests = feeds.map((names, i) => {
    const host = new TestHost(
      site,
      `host-${i}`,
      [...names].map(name => all.get(name) as TestFeed),
    );
    return new TestGuest(site, vlan.host(`member-${i}`, { number: 31 + i, mac: `02:00:5e:10:01:1${i}` }), [host]);
  });
  talos();
  return Testing.findings(site);
}

test('two members on one host are told, with the host', () => {
  const { site, hosts, talos, vlan, guests } = lab(() => ({ controlPlanes: [...guests.slice(0, 2), second], workers: [] }));
  const second = new TestGuest(site, vlan.host('second', { number: 30, mac: '02:00:5e:10:01:10' }), [hosts[0] as TestHost]);
  talos();
  expect(Testing.findings(site)).toEqual([
    'error [lab/prod] lab/vm-cp-1 and lab/vm-second both stand on lab/pve-01, and etcd loses two members with it; place each control plane on a host of its own (ETCD_ON_ONE_HOST)',
  ]);
});

test('a worker may share a host with a control plane', () => {
  const { site, hosts, talos, vlan } = lab(() => ({ workers: [second] }));
  const second = new TestGuest(site, vlan.host('second', { number: 30, mac: '02:00:5e:10:01:10' }), [hosts[0] as TestHost]);
  talos();
  expect(Testing.findings(site)).toEqual([]);
});

test('a majority on one of two feeds is told', () => {
  expect(onFeeds(['a', 'a', 'b'])).toEqual([
    'error [lab/prod] 2 of 3 control planes hang on lab/feed-a alone, and etcd stops with it; feed some of their hosts from lab/feed-b, or each from both (ETCD_ON_ONE_FEED)',
  ]);
});

test.each([
  ['each on both feeds', ['ab', 'ab', 'ab']],
  ['one on each, one on both', ['a', 'b', 'ab']],
  ['all on the only feed that there is', ['a', 'a', 'a']],
])('%s is well', (_, feeds) => {
  expect(onFeeds(feeds)).toEqual([]);
});
