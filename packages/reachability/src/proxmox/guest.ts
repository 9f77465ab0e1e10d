import type { IntervalSet } from '../rule-chain';
import { FAMILIES, type Family, parseAddress } from '../space/address-text';
import { setOf } from '../space/interval-set';
import type { Block } from './block';
import type { Workspace } from './workspace';

export const VM = 'proxmox_virtual_environment_vm';
export const CONTAINER = 'proxmox_virtual_environment_container';

/** A network port of a guest whose firewall is on. */
export interface GuestPort {
  /** `net0` */
  readonly name: string;
  readonly addresses: Readonly<Record<Family, IntervalSet>>;
}

/** A virtual machine or container. */
export interface Guest {
  /** Its number in the cluster. */
  readonly id: string;
  readonly name: string;
  readonly block: Block;
  readonly ports: readonly GuestPort[];
}

/** The guests of a workspace, without templates: they never run. @throws REACH_UNJUDGED */
export function guestsOf(workspace: Workspace): readonly Guest[] {
  return [
    ...workspace.all(VM).map(block => guest(block, 'network_device', block.text('name'))),
    ...workspace.all(CONTAINER).map(block => guest(block, 'network_interface', block.blocks('initialization')[0]?.text('hostname') ?? '')),
  ].filter(({ block }) => !block.flag('template', false));
}

function guest(block: Block, devices: string, name: string): Guest {
  for (const meta of ['count', 'for_each']) if (block.text(meta) !== '') block.refuse(meta, 'write each guest');
  const configs = block.blocks('initialization').flatMap(initialization => initialization.blocks('ip_config'));
  const ports = block.blocks(devices).map((device, i) => ({
    name: `net${i}`,
    isGuarded: device.flag('firewall', false),
    addresses: { 4: addressesOf(configs[i], 4), 6: addressesOf(configs[i], 6) },
  }));
  const id = block.text('vm_id') || block.refuse('vm_id', 'write its number');
  return { id, name: name || id, block, ports: ports.filter(port => port.isGuarded) };
}

/** Static addresses that the guest is given; none for DHCP. */
function addressesOf(config: Block | undefined, family: Family): IntervalSet {
  const texts = config?.blocks(`ipv${family}`).map(block => block.text('address')) ?? [];
  const found = texts.flatMap(text => {
    const address = parseAddress(text.split('/')[0] ?? '');
    if (!address && !['', 'dhcp', 'auto', 'manual'].includes(text))
      config?.refuse(`ipv${family}`, 'write an address with its prefix length');
    return address && address.family === family ? [{ first: address.address, last: address.address }] : [];
  });
  return setOf(found);
}

export function hasAddress(port: GuestPort): boolean {
  return FAMILIES.some(family => port.addresses[family].length > 0);
}
