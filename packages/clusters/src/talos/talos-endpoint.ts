import { type Address, ConfigError, type IAddressed, type IInstance, isAddressed, pathOf } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { checkVirtualAddress } from '../etcd/virtual-address';

/** Where the API of a cluster answers, whichever control plane is up. */
export interface TalosEndpoint {
  /** `https://10.20.0.5:6443` */
  readonly url: string;
  /** Name or address in it. */
  readonly host: string;
  readonly port: number;
  /** Set when the control planes hold it in turn; otherwise a load balancer does that is none of theirs. */
  readonly address?: Address;
}

/** @throws TALOS_ENDPOINT */
export function endpointOf(cluster: IConstruct, given: IAddressed | string, controlPlanes: readonly IInstance[]): TalosEndpoint {
  const refuse = (problem: string, fix: string): never => {
    throw new ConfigError(cluster, 'TALOS_ENDPOINT', problem, { fix });
  };
  if (typeof given === 'string') {
    const [, host = '', port = ''] = /^https:\/\/([a-z0-9.-]+|\[[0-9a-f:]+\]):(\d{1,5})$/.exec(given) ?? [];
    if (host === '' || Number(port) < 1 || Number(port) > 65_535) {
      refuse(`endpoint ${JSON.stringify(given)} is no address of a load balancer`, "write it like 'https://api.lab.example.net:6443'");
    }
    return { url: given, host, port: Number(port) };
  }
  const address =
    typeof given === 'object' && given !== null && isAddressed(given)
      ? (given.addresses.find(a => a.family === 4) ?? given.addresses[0])
      : undefined;
  if (!address) return refuse('endpoint has no address', "write servers.host('api', 5), or the https:// address of a load balancer");
  checkVirtualAddress(cluster, 'endpoint', 'TALOS_ENDPOINT', address, controlPlanes);
  const host = address.family === 6 ? `[${address.ip}]` : address.ip;
  return { url: `https://${host}:6443`, host, port: 6443, address };
}

/** Address of a node among the others: in the segment of the endpoint, or else its first. @throws TALOS_NODE_ADDRESS */
export function addressOf(cluster: IConstruct, node: IInstance, endpoint: TalosEndpoint): Address {
  const inSegment = node.addresses.filter(({ vlan }) => endpoint.address === undefined || vlan === endpoint.address.vlan);
  const address = inSegment.find(({ family }) => family === 4) ?? inSegment[0] ?? node.addresses[0];
  if (address) return address;
  throw new ConfigError(cluster, 'TALOS_NODE_ADDRESS', `${pathOf(node)} has no address, and Talos is configured over the network`, {
    fix: 'give it a host of a segment',
  });
}
