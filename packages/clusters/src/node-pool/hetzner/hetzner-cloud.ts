import { createHash } from 'node:crypto';
import type { Secret } from '@ashlar/core';
import { type BootFile, Check, onRender, Site } from '@ashlar/core';
import type { Vlan } from '@ashlar/network';
import {
  HcloudFirewallResource,
  type HcloudFirewallResourceRule,
  HcloudNetworkResource,
  HcloudNetworkSubnetResource,
  HcloudPlacementGroupResource,
  HcloudProvider,
  HcloudServerResource,
  HcloudSshKeyResource,
} from '@ashlar/provider-hcloud';
import { secretVariable } from '@ashlar/terraform';
import { Deferred } from '@ashlar/terraform/bindings';
import type { Construct } from 'constructs';
import { Cloud, type CloudProps, regionOf } from '../cloud';
import type { CloudFacts } from '../cloud-facts';
import { hostFirewall, hostFirewallFile } from '../host-firewall';
import type { NodePool } from '../node-pool';
import type { PoolMember } from '../pool-member';
import { EVERYTHING, poolOpenings, portText, publicPart } from '../pool-opening';
import { declareSecrets, userData } from '../user-data';
import { HETZNER_SERVER_TYPES } from './server-types';

export interface HetznerCloudProps extends CloudProps {
  /** `fsn1`, `nbg1`, `hel1`, `ash`, `hil` or `sin`. @see https://docs.hetzner.com/cloud/general/locations/ */
  readonly location: string;
  /** Token of the project that it is all made in. */
  readonly token: Secret;
}

/** Locations, each with the zone that networks are made in. @see https://docs.hetzner.com/cloud/general/locations/ */
const NETWORK_ZONES: Readonly<Record<string, string>> = {
  fsn1: 'eu-central',
  nbg1: 'eu-central',
  hel1: 'eu-central',
  ash: 'us-east',
  hil: 'us-west',
  sin: 'ap-southeast',
};

const FACTS: CloudFacts = {
  vendor: 'Hetzner Cloud',
  types: HETZNER_SERVER_TYPES,
  typesSee: 'https://docs.hetzner.com/cloud/servers/overview/',
  servers: { most: 100, see: 'https://docs.hetzner.com/cloud/networks/overview/' },
  reserved: { first: 2, last: 1, see: 'https://docs.hetzner.com/cloud/networks/faq/' },
  zonalSubnets: false,
  userData: { most: 24_576, see: 'https://docs.hetzner.cloud/reference/cloud#servers-create-a-server' }, // 32 KiB of Base64
  rules: { most: 50, perPrefix: false, see: 'https://docs.hetzner.com/cloud/firewalls/overview/' },
  sctp: false,
};

/** Servers of one placement group, which are never on one physical machine. @see https://docs.hetzner.com/cloud/placement-groups/overview/ */
const SPREAD = 10;

/** Hetzner's recursive resolvers. @see https://docs.hetzner.com/dns-console/dns/general/recursive-name-servers/ */
const RESOLVERS = ['185.12.64.1/32', '185.12.64.2/32', '2a01:4ff:ff00::add:1/128', '2a01:4ff:ff00::add:2/128'];

/**
 * A private network in a location of Hetzner Cloud.
 *
 * The firewall there does not look at private networks, so each server keeps one of its own for them.
 */
export class HetznerCloud extends Cloud {
  private readonly resource: HcloudNetworkResource;
  private readonly networkZone: string;
  private readonly subnets = new Map<Vlan, HcloudNetworkSubnetResource>();
  private readonly keys: readonly HcloudSshKeyResource[];

  /** @throws CLOUD_REGION, SECRET_KIND, SUBNET_*, PROP_* */
  constructor(scope: Construct, id: string, props: HetznerCloudProps) {
    const networkZone = regionOf(
      scope,
      id,
      props?.location,
      FACTS.vendor,
      NETWORK_ZONES,
      'https://docs.hetzner.com/cloud/general/locations/',
    );
    super(scope, id, FACTS, props.location, [props.location], props);
    const check = new Check(this);
    check.known(props, ['location', 'token', 'network', 'sshKeys', 'adminUser']);
    this.networkZone = networkZone;
    new HcloudProvider(this, 'provider', { token: secretVariable(this, props.token) });
    this.resource = new HcloudNetworkResource(this, 'network', { name: id, ipRange: this.network.cidr });
    this.keys = this.admin.keys.map(publicKey => {
      const name = `${id}-${fingerprint(publicKey)}`;
      return new HcloudSshKeyResource(this, `key-${fingerprint(publicKey)}`, { name, publicKey });
    });
  }

  public override _bootFiles(pool: NodePool): readonly BootFile[] {
    return [hostFirewallFile(pool)];
  }

  public override _provide(pool: NodePool): void {
    const subnet = this._subnetOf(pool.vlan);
    const firewall = new HcloudFirewallResource(pool, 'firewall', {
      name: pool.node.id,
      rule: new Deferred(() => firewallRules(pool).map(snakeCase)) as unknown as readonly HcloudFirewallResourceRule[],
    });
    for (const member of pool.members) {
      member.firstBoot.install('nftables');
      member.firstBoot.run('systemctl enable --now nftables');
      this.server(member, this.spreadOf(member), firewall, subnet);
    }
    Site.of(pool).onPrepare(() => pool.members.forEach(declareSecrets));
    onRender(pool, output => output.write(pool, `devices/node-pool/${this.node.id}/${pool.node.id}/nftables.conf`, hostFirewall(pool)));
  }

  private server(
    member: PoolMember,
    spread: HcloudPlacementGroupResource,
    firewall: HcloudFirewallResource,
    subnet: HcloudNetworkSubnetResource,
  ): void {
    const { pool, hostName } = member;
    new HcloudServerResource(member, 'server', {
      name: hostName,
      serverType: pool.type.name,
      image: pool.image,
      location: this.region,
      sshKeys: this.keys.map(({ id }) => id),
      placementGroupId: spread.getNumberAttribute('id'),
      firewallIds: [firewall.getNumberAttribute('id')],
      network: [{ networkId: this.resource.getNumberAttribute('id'), ip: member.address, aliasIps: [] }],
      publicNet: [{ ipv4Enabled: true, ipv6Enabled: true }],
      userData: new Deferred(() => userData(member, this._bootFiles(pool))) as unknown as string,
      shutdownBeforeDeletion: true,
      dependsOn: [subnet],
      lifecycle: { ignoreChanges: ['image', 'ssh_keys', 'user_data'] },
    });
  }

  /** @internal The subnet of a segment, made once. */
  public _subnetOf(vlan: Vlan): HcloudNetworkSubnetResource {
    const made = this.subnets.get(vlan);
    if (made) return made;
    const subnet = new HcloudNetworkSubnetResource(this, `subnet-${vlan.name}`, {
      networkId: this.resource.getNumberAttribute('id'),
      type: 'cloud',
      networkZone: this.networkZone,
      ipRange: vlan.ipv4?.cidr as string,
    });
    this.subnets.set(vlan, subnet);
    return subnet;
  }

  private spreadOf({ pool, index }: PoolMember): HcloudPlacementGroupResource {
    const id = `spread-${Math.floor(index / SPREAD) + 1}`;
    const made = pool.node.tryFindChild(id);
    return (
      (made as HcloudPlacementGroupResource | undefined) ??
      new HcloudPlacementGroupResource(pool, id, { name: `${pool.node.id}-${id}`, type: 'spread' })
    );
  }
}

/** Enough of its hash to tell a key from others, so that another key more changes none. */
function fingerprint(publicKey: string): string {
  return createHash('sha256').update(publicKey).digest('hex').slice(0, 8);
}

/** Without a rule for what goes out, all of it would: those for the resolvers are always there. */
function firewallRules(pool: NodePool): HcloudFirewallResourceRule[] {
  const resolvers = (['tcp', 'udp'] as const).map(protocol => ({
    direction: 'out',
    protocol,
    port: '53',
    destinationIps: RESOLVERS,
    description: 'to the resolvers',
  }));
  const declared = poolOpenings(pool).flatMap(opening => publicPart(opening) ?? []);
  return [
    ...declared.map(({ direction, peers, port, others }) => {
      const ends = peers.includes(EVERYTHING) ? [EVERYTHING, '::/0'] : peers;
      return {
        direction,
        protocol: port.protocol,
        port: portText(port),
        ...(direction === 'in' ? { sourceIps: ends } : { destinationIps: ends }),
        description: `${direction === 'in' ? 'from' : 'to'} ${others.join(', ')}`.slice(0, 255),
      };
    }),
    ...resolvers,
  ];
}

/** A deferred value is in Terraform's own names. */
function snakeCase(rule: HcloudFirewallResourceRule): object {
  const { sourceIps, destinationIps, ...rest } = rule;
  return { ...rest, ...(sourceIps && { source_ips: sourceIps }), ...(destinationIps && { destination_ips: destinationIps }) };
}
