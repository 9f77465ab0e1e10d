import { type Address, ConfigError, type IAddressed, type IInstance } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { checkVirtualAddress } from '../etcd/virtual-address';

/**
 * The address that servers hold in turn, or that a load balancer in front of them has.
 * @throws K3S_API_ADDRESS when they could not hold it
 */
export function sharedAddress(scope: IConstruct, given: IAddressed, servers: readonly IInstance[]): Address {
  const address = given.addresses?.find(a => a.family === 4) ?? given.addresses?.[0];
  if (!address) {
    throw new ConfigError(scope, 'K3S_API_ADDRESS', 'apiAddress has no address', { fix: "write servers.host('k3s-api', 5)" });
  }
  checkVirtualAddress(scope, 'apiAddress', 'K3S_API_ADDRESS', address, servers);
  return address;
}
