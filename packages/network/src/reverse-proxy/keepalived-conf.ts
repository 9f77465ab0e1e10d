import type { Address } from '@ashlar/core';
import type { Host } from '../segments/host';
import type { VirtualIp } from './virtual-ip';

/**
 * `keepalived.conf` of one host of a virtual address. The first host has the address as long as `process` runs there, then the
 * second. Peers are named, so that no switch has to carry multicast; VRRP version 3 has no authentication, so the segment must be
 * trusted.
 * @param process program without which the host gives the address away, e.g. `haproxy`
 * @see https://www.keepalived.org/manpage.html
 */
export function renderKeepalived(vip: VirtualIp, hosts: readonly Host[], host: Host, process: string): string {
  const families = vip.host.addresses.map(address => address.family);
  return [
    'global_defs {',
    `    router_id ${host.name}`,
    '    vrrp_version 3',
    '    enable_script_security',
    '    script_user root',
    '}',
    '',
    `vrrp_script ${process} {`,
    `    script "/usr/bin/pidof ${process}"`,
    '    interval 2',
    '    fall 2',
    '    rise 2',
    '}',
    '',
    ...families.flatMap(family => [...instance(vip, hosts, host, process, family), '']),
    ...(families.length > 1 ? group(vip) : []),
  ].join('\n');
}

/** VRRP carries one family an instance. */
function instance(vip: VirtualIp, hosts: readonly Host[], host: Host, process: string, family: Address['family']): string[] {
  const of = (h: Host) => h.addresses.find(address => address.family === family) as Address;
  const peers = hosts.filter(peer => peer !== host);
  return [
    `vrrp_instance ${instanceName(vip, family)} {`,
    '    state BACKUP',
    `    interface ${vip.interface}`,
    `    virtual_router_id ${vip.virtualRouterId}`,
    `    priority ${HIGHEST_PRIORITY - hosts.indexOf(host)}`,
    '    advert_int 1',
    `    unicast_src_ip ${of(host).ip}`,
    ...(peers.length > 0 ? ['    unicast_peer {', ...peers.map(peer => `        ${of(peer).ip}`), '    }'] : []),
    '    virtual_ipaddress {',
    `        ${of(vip.host).ip}/${of(vip.host).prefixLength}`,
    '    }',
    '    track_script {',
    `        ${process}`,
    '    }',
    '}',
  ];
}

/** Both families move together. */
function group(vip: VirtualIp): string[] {
  return [
    `vrrp_sync_group ${vip.host.name} {`,
    '    group {',
    `        ${instanceName(vip, 4)}`,
    `        ${instanceName(vip, 6)}`,
    '    }',
    '}',
    '',
  ];
}

function instanceName(vip: VirtualIp, family: Address['family']): string {
  return `${vip.host.name}-v${family}`;
}

/** 255 is for a host that owns the address. */
const HIGHEST_PRIORITY = 254;
