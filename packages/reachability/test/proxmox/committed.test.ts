import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProxmox } from '../../src/proxmox/read-proxmox';
import { addressesOf } from '../../src/space/address-text';
import { decision } from '../chains/packet';

const FILES = ['terraform/hypervisors/cdk.tf.json', 'terraform/guests/cdk.tf.json'] as const;
const OUTPUT = join(__dirname, '../../../../apps/optiplex-cloud/out');

/** The workspace without guests that have no address in it: the gateway, which routes. */
function withAddresses(text: string): string {
  const whole = JSON.parse(text) as { resource: Record<string, Record<string, { initialization?: unknown; template?: boolean }>> };
  const vms = whole.resource.proxmox_virtual_environment_vm ?? {};
  for (const [name, vm] of Object.entries(vms)) if (!vm.initialization) delete vms[name];
  return JSON.stringify(whole);
}

const management = { name: 'management', path: 'management', addresses: { 4: addressesOf(['192.168.1.0/24'], 4), 6: [] }, gateways: [] };

describe('the guests of the optiplex-cloud', () => {
  const states = FILES.map(file => [file, withAddresses(readFileSync(join(OUTPUT, file), 'utf8'))] as const);
  const firewalls = states.flatMap(([file, text]) => readProxmox(file, text, [management], states));
  const of = (name: string, family: 4 | 6) => {
    const found = firewalls.find(one => one.name.startsWith(`${name} `) && one.family === family);
    if (!found) throw new Error(`no firewall of ${name}`);
    return found;
  };

  test('have a firewall each, in both families; so have the hypervisors, in that of their addresses', () => {
    expect(firewalls.map(one => `${one.name.split(' ')[0]} ${one.family}`).sort()).toEqual(
      [...['k3s-1', 'k3s-2', 'k3s-3', 'ns1', 'ns2'].flatMap(name => [`${name} 4`, `${name} 6`]), ...Array(3).fill('hypervisor 4')].sort(),
    );
  });

  test('nodes let each other in on the API, people on HTTPS only, and others not at all', () => {
    const { incoming } = of('k3s-1', 4);
    const to = { destination: '10.20.0.4', protocol: 'tcp' } as const;
    expect(decision(incoming, { ...to, source: '10.20.0.6', port: 6443 })).toBe('accept');
    expect(decision(incoming, { ...to, source: '10.30.0.7', port: 443 })).toBe('accept');
    expect(decision(incoming, { ...to, source: '10.30.0.7', port: 6443 })).toBe('drop');
    expect(decision(incoming, { ...to, source: '198.51.100.7', port: 443 })).toBe('drop');
    expect(
      decision(of('k3s-1', 6).incoming, { source: 'fd20:0:0:20::6', destination: 'fd20:0:0:20::4', protocol: 'tcp', port: 6443 }),
    ).toBe('accept');
  });

  test('the hypervisors let in who manages them, and each other', () => {
    const { incoming } = of('hypervisor', 4);
    const to = { destination: '192.168.1.10', protocol: 'tcp' } as const;
    expect(decision(incoming, { ...to, source: '192.168.1.77', port: 8006 })).toBe('accept');
    expect(decision(incoming, { ...to, source: '192.168.1.77', port: 111 })).toBe('drop');
    expect(decision(incoming, { ...to, source: '10.20.0.4', port: 8006 })).toBe('drop');
    expect(decision(incoming, { ...to, source: '192.168.1.11', protocol: 'udp', port: 5405 })).toBe('accept');
    expect(decision(incoming, { ...to, source: '192.168.1.77', protocol: 'udp', port: 5405 })).toBe('drop');
  });

  test('a name server does not reach the nodes', () => {
    expect(decision(of('ns1', 4).outgoing, { source: '10.20.0.2', destination: '10.20.0.4', protocol: 'tcp', port: 6443 })).toBe('drop');
  });
});
