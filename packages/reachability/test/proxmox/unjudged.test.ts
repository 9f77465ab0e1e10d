import { readProxmox } from '../../src/proxmox/read-proxmox';
import { type Parts, rule, workspace } from './workspace-text';

const FILE = 'terraform/pve/cdk.tf.json';

function refusal(parts: Parts | string): string {
  try {
    readProxmox(FILE, typeof parts === 'string' ? parts : workspace(parts));
  } catch (error) {
    return (error as Error).message;
  }
  return 'judged';
}

const RULES = 'proxmox_virtual_environment_firewall_rules.web rule 1';
const LIST = 'proxmox_virtual_environment_firewall_rules';

test.each<[string, Parts, string]>([
  [
    'an unknown kind of firewall',
    { more: { proxmox_magic_firewall: {} } },
    'proxmox_magic_firewall cannot be judged; write the rule without it',
  ],
  ['an unknown argument', { rules: [rule({ magic: 1 })] }, `${RULES} magic 1 cannot be judged; write the rule without it`],
  [
    'an unknown option',
    { options: { ips: true } },
    'proxmox_virtual_environment_firewall_options.web ips true cannot be judged; write the rule without it',
  ],
  [
    'an unknown macro',
    { rules: [rule({ macro: 'Magic', proto: null })] },
    `${RULES} macro "Magic" cannot be judged; write proto and dport`,
  ],
  [
    'a macro with ports',
    { rules: [rule({ macro: 'SSH' })] },
    `${RULES} macro "SSH" cannot be judged; write a macro without proto and dport`,
  ],
  [
    'the port of a source',
    { rules: [rule({ sport: '53' })] },
    `${RULES} sport "53" cannot be judged; leave the port of the source open: no client keeps to one`,
  ],
  ['the name of a service', { rules: [rule({ dport: 'ssh' })] }, `${RULES} dport "ssh" cannot be judged; write numbers of ports`],
  ['a port without a protocol', { rules: [rule({ dport: '22', proto: null })] }, `${RULES} proto cannot be judged; write numbers of ports`],
  ['an unknown action', { rules: [rule({ action: 'PASS' })] }, `${RULES} action "PASS" cannot be judged; write ACCEPT, DROP or REJECT`],
  ['what is forwarded', { rules: [rule({ type: 'forward' })] }, `${RULES} type "forward" cannot be judged; write in or out`],
  [
    'both families in a list',
    { rules: [rule({ source: '10.1.0.5,2001:db8::1' })] },
    `${RULES} source "10.1.0.5,2001:db8::1" cannot be judged; keep IPv4 and IPv6 apart`,
  ],
  [
    'a range in a list',
    { rules: [rule({ source: '10.1.0.5,10.1.0.7-10.1.0.9' })] },
    `${RULES} source "10.1.0.5,10.1.0.7-10.1.0.9" cannot be judged; write a range alone, not in a list`,
  ],
  [
    'an alias that is not there',
    { rules: [rule({ source: 'lan' })] },
    `${RULES} source "lan" cannot be judged; write addresses, or the name of an alias or +set of the file`,
  ],
  [
    'a set that is not there',
    { rules: [rule({ dest: '+web' })] },
    `${RULES} dest "+web" cannot be judged; name a set of addresses of the file`,
  ],
  [
    'a group that is not there',
    { rules: [{ security_group: 'web' }] },
    `${RULES} security_group "web" cannot be judged; name a security group that is in the file once`,
  ],
  ['the port of a machine', { rules: [rule({ iface: 'vmbr0' })] }, `${RULES} iface "vmbr0" cannot be judged; name a port, like net0`],
  [
    'a value that only Terraform knows',
    { rules: [rule({ source: '${var.lan}' })] },
    `${RULES} source "\${var.lan}" cannot be judged; write its value`,
  ],
  [
    'filtering by address',
    { options: { ipfilter: true } },
    'proxmox_virtual_environment_firewall_options.web ipfilter true cannot be judged; write addresses in the rules',
  ],
  [
    'a set that filters by itself',
    { more: { proxmox_virtual_environment_firewall_ipset: { own: { name: 'ipfilter-net0', vm_id: 100 } } } },
    'proxmox_virtual_environment_firewall_ipset.own name "ipfilter-net0" cannot be judged; use another name: it filters by itself',
  ],
  [
    'an unknown policy',
    { options: { input_policy: 'MAGIC' } },
    'proxmox_virtual_environment_firewall_options.web input_policy "MAGIC" cannot be judged; write DROP',
  ],
  [
    'rules in two lists',
    { more: { [LIST]: { a: { vm_id: 100 }, b: { vm_id: 100 } } } },
    `${LIST}.b rule cannot be judged; write them in ${LIST}.a: the order of two lists is not known`,
  ],
  [
    'what is forwarded being dropped',
    { cluster: { forward_policy: 'DROP' } },
    'proxmox_virtual_environment_cluster_firewall.pve forward_policy "DROP" cannot be judged; write ACCEPT',
  ],
])('%s is refused', (_what, parts, message) => {
  expect(refusal(parts)).toBe(`[${FILE}] ${message} (REACH_UNJUDGED)`);
});

test('a guest that is filtered, with an address that nobody wrote, is refused', () => {
  expect(refusal(workspace().replace('"initialization"', '"//"'))).toBe(
    `[${FILE}] proxmox_virtual_environment_vm.web firewall of net0, which has no address in this file, cannot be judged; give it one, or switch its firewall off when it routes (REACH_UNJUDGED)`,
  );
});

test.each([
  ['{', 'text that is no JSON cannot be judged; write a configuration of Terraform in JSON'],
  ['[]', 'the file cannot be judged; write an object'],
  ['{"resource":{"x":[]}}', 'x cannot be judged; write an object'],
])('%s is no configuration', (text, message) => {
  expect(refusal(text)).toBe(`[${FILE}] ${message} (REACH_UNJUDGED)`);
});
