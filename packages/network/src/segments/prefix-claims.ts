import { ConfigError, pathOf } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { Ranges } from './ranges';
import type { Subnet } from './subnet';

interface Claim {
  readonly holder: IConstruct;
  readonly cidr: string;
}

/** Makes `holder` the one that a prefix belongs to, in the whole site. @throws SUBNET_OVERLAP */
export function claimPrefix(holder: IConstruct, subnet: Subnet): void {
  const ranges = claimsOf(holder.node.root)[subnet.family];
  const other = ranges.overlapping(subnet.network, subnet.end);
  if (other) {
    throw new ConfigError(holder, 'SUBNET_OVERLAP', `${subnet.cidr} overlaps ${other.cidr} of ${pathOf(other.holder)}`, {
      fix: 'choose prefixes that have no address in common',
    });
  }
  ranges.add(subnet.network, subnet.end, { holder, cidr: subnet.cidr });
}

/** Every prefix that belongs to somebody in the site of `scope`, IPv4 before IPv6, by number. */
export function claimedPrefixes(scope: IConstruct): readonly string[] {
  const claims = claimsOf(scope.node.root);
  return ([4, 6] as const).flatMap(family => claims[family].owners.map(({ cidr }) => cidr));
}

const CLAIMS = Symbol.for('@ashlar/network.prefixClaims');

function claimsOf(root: IConstruct): Record<4 | 6, Ranges<Claim>> {
  const holder = root as { [CLAIMS]?: Record<4 | 6, Ranges<Claim>> };
  if (!holder[CLAIMS]) Object.defineProperty(root, CLAIMS, { value: { 4: new Ranges<Claim>(), 6: new Ranges<Claim>() } });
  return holder[CLAIMS] as Record<4 | 6, Ranges<Claim>>;
}
