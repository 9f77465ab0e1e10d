import { type Address, ConfigError, type IInstance, isPlannedVlan, pathOf } from '@ashlar/core';
import { Subnet, Vlan } from '@ashlar/network';
import type { IConstruct } from 'constructs';

/**
 * Refuses an address that control planes could not hold in turn.
 * @param what name of the property, for the error
 */
export function checkVirtualAddress(
  cluster: IConstruct,
  what: string,
  code: string,
  address: Address,
  controlPlanes: readonly IInstance[],
): void {
  const { ip, vlan } = address;
  const refuse = (problem: string, fix: string): never => {
    throw new ConfigError(cluster, code, `${what} ${ip} ${problem}`, { fix });
  };
  const outside = controlPlanes.find(node => !node.addresses.some(a => a.vlan === vlan));
  if (outside) refuse(`is in ${vlan.name}, where ${pathOf(outside)} has no address to answer for it`, 'take an address in their segment');
  const holder = controlPlanes.find(node => node.addresses.some(a => a.ip === ip));
  if (holder) refuse(`is the own address of ${pathOf(holder)}, and would be gone with it`, 'reserve another host for it');
  if (!Vlan.isVlan(vlan)) return;
  if (isPlannedVlan(vlan) && vlan.gateways.includes(ip)) {
    refuse(`is the gateway of ${vlan.name}, to which every machine there sends its packets`, 'reserve another host for it');
  }
  const number = Subnet.containing(ip, address.prefixLength)?.hostNumber(ip);
  const pool = number === undefined ? undefined : vlan.poolWithin(number);
  if (pool && pool.use !== 'vip')
    refuse(`is one of the addresses that ${pathOf(pool)} gives out for ${pool.use}`, 'take one outside of that pool');
}
