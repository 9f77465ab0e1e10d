import { Port } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { expectGolden } from '../../golden';
import { pair } from './installed';

const FOLDER = 'devices/proxmox/pve';

test('two nodes are installed, become a cluster, and get a third vote', () => {
  const { site, install } = pair();
  install();
  const files = Testing.files(site);
  const ours = Object.keys(files).filter(path => path.startsWith(FOLDER));
  expect(ours.sort()).toEqual(
    [
      'INSTALL.md',
      'qdevice.sh',
      ...['node-1', 'node-2'].flatMap(node => ['answer.toml', 'cluster.sh', 'interfaces', 'pve-ha-manager'].map(file => `${node}/${file}`)),
    ]
      .map(path => `${FOLDER}/${path}`)
      .sort(),
  );
  for (const path of ours) expectGolden(`installation/${path.slice(FOLDER.length + 1)}`, files[path]);
});

test('a segment with cables of its own has its address there, without a tag', () => {
  const { site, install } = pair({ direct: true });
  install();
  expectGolden('installation/direct-interfaces', Testing.files(site)[`${FOLDER}/node-1/interfaces`]);
});

test('one disk is not mirrored', () => {
  const { site, install } = pair({ installation: () => ({ bootDisks: ['nvme0'], links: [] }) });
  install();
  const answers = Testing.files(site)[`${FOLDER}/node-1/answer.toml`];
  expect(answers).toContain('zfs.raid = "raid0"');
  expect(answers).not.toContain('filter-match');
});

test('what reaches a node at one of its addresses passes its firewall there, and only there', () => {
  const { site, pve, mirror } = pair();
  const other = mirror.host('tiebreaker', 20);
  pve.nodes[0]?.otherHosts[0]?.connections.allowFrom(other, Port.tcp(7000));
  const state = JSON.parse(Testing.files(site)['terraform/hypervisors/cdk.tf.json'] as string);
  const [{ rule }] = Object.values(state.resource.proxmox_virtual_environment_firewall_rules) as [{ rule: { dport?: string }[] }];
  expect(rule.filter(({ dport }) => dport === '7000')).toEqual([
    {
      type: 'in',
      action: 'ACCEPT',
      proto: 'tcp',
      dport: '7000',
      source: '10.40.0.20',
      dest: '10.40.0.10',
      comment: 'from lab/mirror/tiebreaker',
    },
  ]);
});

test('the third vote is reached by the nodes', () => {
  const { router, pve, install } = pair();
  install();
  expect(router.connections.ingress.map(({ from, port }) => [from, String(port)])).toEqual([[pve, '5403/tcp']]);
});
