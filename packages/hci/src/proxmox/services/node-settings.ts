import { Check, Claims, ConfigError, pathOf, Site, vacant } from '@ashlar/core';
import { type DnsResolver, Host, type Vlan } from '@ashlar/network';
import { ProxmoxDnsResource, ProxmoxHostsResource, ProxmoxTimeResource } from '@ashlar/provider-proxmox';
import { Deferred } from '@ashlar/terraform/bindings';
import { Construct } from 'constructs';
import { clusterOf } from '../cluster-of';
import type { ProxmoxCluster } from '../proxmox-cluster';
import type { ProxmoxNode } from '../proxmox-node';

export interface NodeSettingsProps {
  /** Name in the time zone database; schedules of backups are in it. @default `UTC` */
  readonly timeZone?: string;
}

/**
 * Names and time of the nodes, from what the model has already: they ask the resolvers of the cluster, or those that serve their segment,
 * or its gateway, and know each other's names without asking, so that the cluster does not wait for DNS.
 */
export class NodeSettings extends Construct {
  private readonly cluster: ProxmoxCluster;

  /** @throws NODE_TIME_ZONE, NODE_SETTINGS_TWICE, NODE_SETTINGS_HOST */
  constructor(scope: Construct, id: string, props: NodeSettingsProps = {}) {
    super(vacant(scope, id), id);
    this.cluster = clusterOf(this);
    new Check(this).known(props, ['timeZone']);
    const timeZone = this.zone(props.timeZone ?? 'UTC');
    Claims.of(this).claim('settings of nodes', pathOf(this.cluster), this, holder => {
      return new ConfigError(this, 'NODE_SETTINGS_TWICE', `the nodes have settings already, ${pathOf(holder)}`, { fix: 'write them once' });
    });
    const vlans = this.cluster.nodes.map(node => this.vlanOf(node));
    for (const [i, node] of this.cluster.nodes.entries()) {
      const vlan = vlans[i] as Vlan;
      new ProxmoxDnsResource(this, `${node.name}-dns`, {
        nodeName: node.name,
        domain: vlan.domain,
        servers: new Deferred(() => this.resolvers(vlan).slice(0, 3)) as unknown as string[],
      });
      new ProxmoxHostsResource(this, `${node.name}-hosts`, { nodeName: node.name, entry: this.entries() });
      new ProxmoxTimeResource(this, `${node.name}-time`, { nodeName: node.name, timeZone });
    }
  }

  /** A node has room for three; the ones of both families of a resolver come first. */
  private resolvers(vlan: Vlan): readonly string[] {
    if (this.cluster.resolvers) return this.cluster.resolvers;
    const site = Site.find(this);
    const serving = site
      ? site
          .findAll()
          .filter(isResolver)
          .filter(resolver => resolver.clients.includes(vlan))
      : [];
    const addresses = serving.flatMap(({ host }) => host.addresses.map(({ ip }) => ip)).sort();
    return addresses.length > 0 ? addresses : vlan.gateways;
  }

  private entries(): { readonly address: string; readonly hostnames: string[] }[] {
    return [
      { address: '127.0.0.1', hostnames: ['localhost.localdomain', 'localhost'] },
      ...this.cluster.nodes.map(node => ({
        address: node.address,
        hostnames: [...new Set([node.host?.fqdn ?? node.name, node.name])],
      })),
      { address: '::1', hostnames: ['ip6-localhost', 'ip6-loopback'] },
    ];
  }

  private vlanOf(node: ProxmoxNode): Vlan {
    if (node.host) return node.host.vlan;
    throw new ConfigError(this, 'NODE_SETTINGS_HOST', `${pathOf(node)} has no host, so that its domain and its resolvers are not known`, {
      fix: `write nodes: [{ name: '${node.name}', host: management.host('${node.name}', 10) }]`,
    });
  }

  private zone(name: string): string {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: name }) && name;
    } catch {
      throw new ConfigError(this, 'NODE_TIME_ZONE', 'timeZone is not in the time zone database', {
        got: name,
        fix: 'write it like Europe/Paris',
        see: 'https://www.iana.org/time-zones',
      });
    }
  }
}

/** Something on a host that answers the hosts of segments. */
function isResolver(construct: object): construct is DnsResolver {
  const { host, clients } = construct as Partial<DnsResolver>;
  return Host.isHost(host) && Array.isArray(clients);
}
