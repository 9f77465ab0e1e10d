import { Port, Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { ReachabilityProof } from '../../src/reachability-proof';
import { PaperDevice, PaperHost, PaperVlan } from './paper-site';

type Values = Readonly<Record<string, unknown>>;

const FILE = 'terraform/pve/cdk.tf.json';
const RULES = 'proxmox_virtual_environment_firewall_rules.cluster';

/** Two hypervisors in the segment `management`, beside a store of backups, and the rules of their cluster. */
function site(...rules: readonly Values[]) {
  const lab = new Site('lab', { domain: 'lab.example.net' });
  new PaperVlan(lab, 'management', 10, ['192.168.1.0/24'], []);
  const node = [10, 11].map(n => ({ name: `pve-${n}`, address: `192.168.1.${n}` }));
  const resource = {
    proxmox_virtual_environment_cluster_firewall: { pve: { enabled: true } },
    proxmox_virtual_environment_firewall_rules: { cluster: { rule: rules } },
  };
  new PaperDevice(lab, 'pve', FILE, JSON.stringify({ provider: { proxmox: { ssh: { node } } }, resource }));
  const [first, store] = [new PaperHost(lab, 'pve-10', '192.168.1.10/32'), new PaperHost(lab, 'store', '192.168.1.20/32')];
  new ReachabilityProof(lab, 'reachability');
  return { lab, first, store };
}

const rule = (proto: string, dport: string, source = '192.168.1.0/24') => ({ type: 'in', action: 'ACCEPT', proto, dport, source });

test('what Proxmox VE opens by itself, and what manages it, needs no flow', () => {
  const corosync = rule('udp', '5405:5412', '192.168.1.10,192.168.1.11');
  expect(Testing.findings(site(rule('tcp', '8006'), rule('icmp', 'echo-request'), corosync).lab)).toEqual([]);
});

test('what a rule opens besides is in excess', () => {
  expect(Testing.findings(site(rule('tcp', '9100', '192.168.1.20')).lab)).toEqual([
    `error [lab/management] 192.168.1.20 can reach 192.168.1.10/31 on 9100/tcp by segment management, then ${FILE}: ${RULES} rule 1, ` +
      'and no flow says so (192.168.1.20 to 192.168.1.10, 9100/tcp); declare the flow with allowFrom, or close the rule (REACH_EXCESS)',
  ]);
});

test('a flow that the firewall of a hypervisor drops is missing', () => {
  const { lab, first, store } = site();
  first.connections.allowFrom(store, Port.tcp(9100));
  expect(Testing.findings(lab)).toEqual([
    'error [lab/pve-10] the flow from lab/store to lab/pve-10 on 9100/tcp is declared, and does not get through (192.168.1.20 to 192.168.1.10): ' +
      `${FILE} drops it: ${FILE}: default deny to hypervisor pve-10, none of whose rules lets it through; let the device pass it, or remove the flow (REACH_MISSING)`,
  ]);
});
