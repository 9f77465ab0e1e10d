import { Check, Site } from '@ashlar/core';
import type { Subnet, Vlan } from '@ashlar/network';
import { Deferred } from '@ashlar/terraform/bindings';
import { DataAwsAmi } from '@cdktf/provider-aws/lib/data-aws-ami';
import { Instance } from '@cdktf/provider-aws/lib/instance';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { PlacementGroup } from '@cdktf/provider-aws/lib/placement-group';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Subnet as AwsSubnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import type { Construct } from 'constructs';
import { Cloud, type CloudProps, regionOf } from '../cloud';
import type { CloudFacts } from '../cloud-facts';
import { zonesOf } from '../cloud-zone';
import { zoneSubnets } from '../member-place';
import type { NodePool } from '../node-pool';
import type { OperatingSystem } from '../operating-system';
import type { PoolMember } from '../pool-member';
import { type PoolOpening, poolOpenings, withoutMembers } from '../pool-opening';
import type { Architecture } from '../server-type';
import { declareSecrets, userData } from '../user-data';
import { AWS_SERVER_TYPES } from './server-types';

export interface AwsCloudProps extends CloudProps {
  /** E.g. `eu-central-1`. @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
  readonly region: string;
  /** Letters of availability zones. @default - all of the region */
  readonly zones?: readonly string[];
}

/** Regions with the letters of their zones. @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html */
const REGIONS: Readonly<Record<string, readonly string[]>> = {
  'eu-central-1': ['a', 'b', 'c'],
  'eu-north-1': ['a', 'b', 'c'],
  'eu-west-1': ['a', 'b', 'c'],
  'eu-west-3': ['a', 'b', 'c'],
  'us-east-1': ['a', 'b', 'c', 'd', 'f'],
  'us-west-2': ['a', 'b', 'c', 'd'],
};

const FACTS: CloudFacts = {
  vendor: 'AWS',
  types: AWS_SERVER_TYPES,
  typesSee: 'https://docs.aws.amazon.com/ec2/latest/instancetypes/gp.html',
  servers: { most: 1000, see: 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html' },
  reserved: { first: 4, last: 1, see: 'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html' },
  zonalSubnets: true,
  userData: { most: 16_384, see: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html' },
  rules: { most: 60, perPrefix: true, see: 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html' },
  sctp: true,
};

/** Servers of one group in each zone. @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html */
const SPREAD = 7;

/** Who publishes an image, and under which names; the asterisk is its date. @see https://wiki.debian.org/Cloud/AmazonEC2Image */
const IMAGES: Readonly<Record<OperatingSystem, { readonly owner: string; readonly name: (architecture: 'amd64' | 'arm64') => string }>> = {
  'debian-13': { owner: '136693071363', name: arch => `debian-13-${arch}-*` },
  'debian-12': { owner: '136693071363', name: arch => `debian-12-${arch}-*` },
  'ubuntu-24.04': { owner: '099720109477', name: arch => `ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-${arch}-server-*` },
};

/**
 * A VPC in a region of AWS, with a subnet in each zone for each segment. Credentials are those of the environment.
 *
 * A security group only lets in: what is open to the Internet is open to the rest of the VPC as well.
 */
export class AwsCloud extends Cloud {
  private readonly vpc: Vpc;
  private readonly routes: RouteTable;
  private readonly subnets = new Map<Vlan, readonly AwsSubnet[]>();

  /** @throws CLOUD_REGION, CLOUD_ZONE, SUBNET_*, PROP_* */
  constructor(scope: Construct, id: string, props: AwsCloudProps) {
    const known = regionOf(
      scope,
      id,
      props?.region,
      FACTS.vendor,
      REGIONS,
      'https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html',
    );
    const zones = zonesOf(scope, id, props.zones, known, props.region);
    super(
      scope,
      id,
      FACTS,
      props.region,
      zones.map(zone => `${props.region}${zone}`),
      props,
    );
    new Check(this).known(props, ['region', 'zones', 'network', 'sshKeys', 'adminUser']);
    new AwsProvider(this, 'provider', { region: props.region, defaultTags: [{ tags: { 'managed-by': 'ashlar' } }] });
    this.vpc = new Vpc(this, 'vpc', { cidrBlock: this.network.cidr, enableDnsHostnames: true, enableDnsSupport: true, tags: { Name: id } });
    const gateway = new InternetGateway(this, 'internet', { vpcId: this.vpc.id, tags: { Name: id } });
    this.routes = new RouteTable(this, 'routes', {
      vpcId: this.vpc.id,
      route: [{ cidrBlock: '0.0.0.0/0', gatewayId: gateway.id }],
      tags: { Name: id },
    });
  }

  public override _provide(pool: NodePool): void {
    const subnets = this.subnetsOf(pool.vlan);
    const firewall = new SecurityGroup(pool, 'firewall', {
      name: `${this.node.id}-${pool.node.id}`,
      description: 'What the model declares',
      vpcId: this.vpc.id,
      ingress: new Deferred(() => securityRules(pool, 'in')),
      egress: new Deferred(() => securityRules(pool, 'out')),
    });
    const image = this.imageOf(pool.image, pool.type.architecture);
    for (const member of pool.members) {
      new Instance(member, 'server', {
        ami: image.id,
        instanceType: pool.type.name,
        subnetId: (subnets[member.index % subnets.length] as AwsSubnet).id,
        privateIp: member.address,
        associatePublicIpAddress: true,
        vpcSecurityGroupIds: [firewall.id],
        placementGroup: this.spreadOf(member).name,
        userDataBase64: new Deferred(() => userData(member)) as unknown as string,
        rootBlockDevice: { volumeSize: pool.disk.toGibibytes(), volumeType: 'gp3', encrypted: true },
        metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
        tags: { Name: member.hostName },
        lifecycle: { ignoreChanges: ['ami', 'user_data_base64'] },
      });
    }
    Site.of(pool).onPrepare(() => pool.members.forEach(declareSecrets));
  }

  private subnetsOf(vlan: Vlan): readonly AwsSubnet[] {
    const made = this.subnets.get(vlan);
    if (made) return made;
    const subnets = zoneSubnets(this, vlan.ipv4 as Subnet).map(({ zone, cidr }) => {
      const name = `${vlan.name}-${zone.name}`;
      const subnet = new AwsSubnet(this, `subnet-${name}`, {
        vpcId: this.vpc.id,
        cidrBlock: cidr,
        availabilityZone: zone.name,
        tags: { Name: name },
      });
      new RouteTableAssociation(this, `routes-${name}`, { subnetId: subnet.id, routeTableId: this.routes.id });
      return subnet;
    });
    this.subnets.set(vlan, subnets);
    return subnets;
  }

  private imageOf(system: OperatingSystem, architecture: Architecture): DataAwsAmi {
    const arch = architecture === 'arm' ? 'arm64' : 'amd64';
    const id = `image-${system}-${arch}`;
    const made = this.node.tryFindChild(id) as DataAwsAmi | undefined;
    const { owner, name } = IMAGES[system];
    return made ?? new DataAwsAmi(this, id, { mostRecent: true, owners: [owner], filter: [{ name: 'name', values: [name(arch)] }] });
  }

  private spreadOf({ pool, index }: PoolMember): PlacementGroup {
    const id = `spread-${Math.floor(index / (SPREAD * this.zones.length)) + 1}`;
    const made = pool.node.tryFindChild(id) as PlacementGroup | undefined;
    return made ?? new PlacementGroup(pool, id, { name: `${this.node.id}-${pool.node.id}-${id}`, strategy: 'spread' });
  }
}

/** Every key is there, because the provider takes the list as a value, and not as blocks. */
function securityRules(pool: NodePool, direction: PoolOpening['direction']): object[] {
  const openings = poolOpenings(pool).filter(opening => opening.direction === direction);
  return openings.map(opening => {
    const { port, others: paths } = opening;
    const { members, others } = withoutMembers(pool, opening);
    return {
      protocol: port.protocol === 'sctp' ? '132' : port.protocol,
      from_port: port.protocol === 'icmp' ? -1 : port.from,
      to_port: port.protocol === 'icmp' ? -1 : port.to,
      cidr_blocks: others.length > 0 ? others : null,
      self: members ? true : null,
      description: `${direction === 'in' ? 'from' : 'to'} ${paths.join(', ')}`.replaceAll(/[^\w .:/()#,@[\]+=&;{}!$*-]/g, '').slice(0, 255),
      ipv6_cidr_blocks: null,
      prefix_list_ids: null,
      security_groups: null,
    };
  });
}
