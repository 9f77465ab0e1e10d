import type { Nic } from '@ashlar/hardware';
import type { Host } from '@ashlar/network';
import type { ProxmoxNode } from '../proxmox-node';
import { bridgePort, type NodePort, portOf } from './node-port';

/**
 * `/etc/network/interfaces` of a node: the VLAN-aware bridge of the guests with the node's own address, and its addresses on further segments.
 * @see https://pve.proxmox.com/wiki/Network_Configuration
 */
export function interfacesFile(node: ProxmoxNode, bridge: string): string {
  const nic = bridgePort(node) as Nic;
  const own = node.host as Host;
  const others = node.otherHosts.map(host => ({ host, port: portOf(node, host) as NodePort }));
  const spare = [...new Set(others.map(({ port }) => port.nic).filter(n => n !== nic))];
  return [
    '# Written by Ashlar; a change here is lost.',
    stanza('lo', 'inet loopback'),
    `iface ${nic.name} inet manual`,
    stanza(bridge, 'inet static', [
      ...addressLines(own, 4, true),
      `bridge-ports ${nic.name}`,
      'bridge-stp off',
      'bridge-fd 0',
      'bridge-vlan-aware yes',
      'bridge-vids 2-4094',
    ]),
    ...second(bridge, own, true),
    ...spare.filter(n => others.every(({ port }) => port.nic !== n || port.tagged)).map(n => `iface ${n.name} inet manual`),
    ...others.flatMap(({ host, port }) => {
      const name = `${port.nic === nic ? bridge : port.nic.name}${port.tagged ? `.${host.vlan.tag}` : ''}`;
      return [stanza(name, 'inet static', addressLines(host, 4)), ...second(name, host)];
    }),
    'source /etc/network/interfaces.d/*',
    '',
  ].join('\n\n');
}

function stanza(name: string, family: string, lines: readonly string[] = []): string {
  return [`auto ${name}`, `iface ${name} ${family}`, ...lines.map(line => `\t${line}`)].join('\n');
}

/** IPv6 of the same interface. */
function second(name: string, host: Host, leadsOut = false): string[] {
  const lines = addressLines(host, 6, leadsOut);
  return lines.length === 0 ? [] : [[`iface ${name} inet6 static`, ...lines.map(line => `\t${line}`)].join('\n')];
}

/** @param leadsOut whether everything else is reached there: so it is on the segment of the node's own address, and on no other */
function addressLines(host: Host, family: 4 | 6, leadsOut = false): string[] {
  const address = host.addresses.find(a => a.family === family);
  if (!address) return [];
  const gateway = host.vlan.gateways.find(ip => ip.includes(':') === (family === 6));
  return [`address ${address.ip}/${address.prefixLength}`, ...(leadsOut && gateway ? [`gateway ${gateway}`] : [])];
}
