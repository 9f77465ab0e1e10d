import { type Address, Claims, ConfigError, type IAddressed, type IVlan, isPlannedVlan, pathOf } from '@ashlar/core';
import type { Construct } from 'constructs';
import ipaddr from 'ipaddr.js';

export function hasAddresses(x: unknown): x is IAddressed {
  return typeof x === 'object' && x !== null && 'addresses' in x && Array.isArray(x.addresses);
}

/** The IPv4 address of a stack where machines boot. @throws STACK_ADDRESS */
export function stackAddress(stack: Construct, host: IAddressed, vlan: IVlan): Address {
  const address = addressIn(host, vlan);
  if (address) return address;
  throw new ConfigError(
    stack,
    'STACK_ADDRESS',
    `${pathOf(host)} has no IPv4 address in ${pathOf(vlan)}, where requests to boot are broadcast`,
    {
      got: told(host),
      fix: `write address: ${vlan.name}.host('boot')`,
    },
  );
}

/**
 * The IPv4 address that a machine is given where it boots.
 * @throws HARDWARE_ADDRESS, HARDWARE_ADDRESS_TAKEN
 */
export function bootAddress(hardware: Construct, host: IAddressed, vlan: IVlan): Address {
  const fix = `write address: ${vlan.name}.host('${hardware.node.id}')`;
  const address = addressIn(host, vlan);
  if (!address) {
    const problem = `its address must be an IPv4 address in ${pathOf(vlan)}, where it boots`;
    throw new ConfigError(hardware, 'HARDWARE_ADDRESS', problem, { got: told(host), fix });
  }
  const cidr = vlan.cidrs.find(one => !one.includes(':')) as string;
  const isRouter = isPlannedVlan(vlan) && vlan.gateways.includes(address.ip);
  if (isRouter || !ipaddr.parse(address.ip).match(ipaddr.parseCIDR(cidr))) {
    const problem = isRouter ? `its address is that of the router of ${pathOf(vlan)}` : `its address is outside ${cidr} of ${pathOf(vlan)}`;
    throw new ConfigError(hardware, 'HARDWARE_ADDRESS', problem, { got: address.ip, fix });
  }
  Claims.of(hardware).claim('boot address', address.ip, hardware, holder => {
    return new ConfigError(hardware, 'HARDWARE_ADDRESS_TAKEN', `${address.ip} is already given to ${pathOf(holder)}`, { fix });
  });
  return address;
}

/** Addresses of servers that machines are told of. @throws STACK_SERVER */
export function serverAddresses(stack: Construct, prop: string, servers: readonly IAddressed[]): string[] {
  return servers.map(server => {
    const address = hasAddresses(server) ? server.addresses.find(one => one.family === 4) : undefined;
    if (address) return address.ip;
    throw new ConfigError(stack, 'STACK_SERVER', `${prop} are told to machines as IPv4 addresses, and one has none`, {
      got: hasAddresses(server) ? pathOf(server) : server,
      fix: `write ${prop}: [servers.host('…')]`,
    });
  });
}

function addressIn(host: IAddressed, vlan: IVlan): Address | undefined {
  return hasAddresses(host) ? host.addresses.find(one => one.vlan === vlan && one.family === 4) : undefined;
}

function told(host: IAddressed): unknown {
  return hasAddresses(host) ? host.addresses.map(one => `${one.ip} in ${one.vlan.name}`) : host;
}
