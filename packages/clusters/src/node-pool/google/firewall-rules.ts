import type { ComputeFirewallConfig } from '@cdktf/provider-google/lib/compute-firewall';
import { TerraformElement } from 'cdktf';
import type { NodePool } from '../node-pool';
import { EVERYTHING, insidePrefixes, isWorld, type PoolOpening, poolOpenings, portText } from '../pool-opening';

type Rule = Pick<ComputeFirewallConfig, 'direction' | 'priority' | 'description'> & {
  readonly peers: readonly string[];
  readonly allow?: { readonly protocol: string; readonly ports?: string[] };
};

/**
 * Rules of a VPC for the members of a pool. How many there are is known when the stack is rendered, so one element writes all of them.
 *
 * Allowed is what the model declares; what is open to the world comes after a rule that denies what is ours, and at the end everything
 * is denied.
 * @see https://cloud.google.com/firewall/docs/firewalls
 */
export class FirewallRules extends TerraformElement {
  constructor(
    private readonly pool: NodePool,
    private readonly network: string,
  ) {
    super(pool, 'firewall');
  }

  public override toTerraform(): object {
    const { pool } = this;
    const rules = (['in', 'out'] as const).flatMap(direction => {
      const openings = poolOpenings(pool).filter(opening => opening.direction === direction);
      const deny = (priority: number, peers: readonly string[], description: string) => ({
        direction: VENDOR[direction],
        priority,
        peers,
        description,
      });
      return [
        ...openings.filter(opening => !isWorld(opening)).map(opening => allowed(opening, 1000)),
        ...(openings.some(isWorld) ? [deny(1500, insidePrefixes(pool), 'ours, and not the Internet')] : []),
        ...openings.filter(isWorld).map(opening => allowed(opening, 2000)),
        deny(65_000, [EVERYTHING], 'what nobody declared'),
      ];
    });
    return { resource: { google_compute_firewall: Object.fromEntries(rules.map(rule => this.entry(rule))) } };
  }

  private entry({ direction, priority, description, peers, allow }: Rule): [string, object] {
    const target = `${this.pool.cloud.node.id}-${this.pool.node.id}`;
    const what = allow ? `${allow.protocol}${allow.ports ? `-${allow.ports[0]}` : ''}` : 'deny';
    const name = `${target}-${direction === 'INGRESS' ? 'in' : 'out'}-${priority}-${what}`;
    return [
      name,
      {
        name,
        network: this.network,
        direction,
        priority,
        description,
        target_tags: [target],
        [direction === 'INGRESS' ? 'source_ranges' : 'destination_ranges']: peers,
        ...(allow ? { allow: [allow] } : { deny: [{ protocol: 'all' }] }),
      },
    ];
  }
}

const VENDOR = { in: 'INGRESS', out: 'EGRESS' } as const;

function allowed({ direction, port, peers, others }: PoolOpening, priority: number): Rule {
  const ports = portText(port);
  return {
    direction: VENDOR[direction],
    priority,
    peers,
    description: `${direction === 'in' ? 'from' : 'to'} ${others.join(', ')}`.slice(0, 255),
    allow: { protocol: port.protocol, ...(ports !== undefined && { ports: [ports] }) },
  };
}
