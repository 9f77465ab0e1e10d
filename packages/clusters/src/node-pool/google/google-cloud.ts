import { Check, Site } from '@ashlar/core';
import type { Vlan } from '@ashlar/network';
import { Deferred } from '@ashlar/terraform/bindings';
import { ComputeInstance } from '@cdktf/provider-google/lib/compute-instance';
import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { ComputeSubnetwork } from '@cdktf/provider-google/lib/compute-subnetwork';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import type { Construct } from 'constructs';
import { Cloud, type CloudProps, regionOf } from '../cloud';
import type { CloudFacts } from '../cloud-facts';
import { zonesOf } from '../cloud-zone';
import type { NodePool } from '../node-pool';
import type { OperatingSystem } from '../operating-system';
import type { Architecture } from '../server-type';
import { declareSecrets, userData } from '../user-data';
import { FirewallRules } from './firewall-rules';
import { GOOGLE_SERVER_TYPES } from './server-types';

export interface GoogleCloudProps extends CloudProps {
  /** Id of the project that it is all made in. */
  readonly project: string;
  /** E.g. `europe-west3`. @see https://cloud.google.com/compute/docs/regions-zones */
  readonly region: string;
  /** Letters of zones. @default - all of the region */
  readonly zones?: readonly string[];
}

/** Regions with the letters of their zones. @see https://cloud.google.com/compute/docs/regions-zones */
const REGIONS: Readonly<Record<string, readonly string[]>> = {
  'europe-west1': ['b', 'c', 'd'],
  'europe-west3': ['a', 'b', 'c'],
  'europe-west4': ['a', 'b', 'c'],
  'us-central1': ['a', 'b', 'c', 'f'],
  'us-east1': ['b', 'c', 'd'],
};

const FACTS: CloudFacts = {
  vendor: 'Google Cloud',
  types: GOOGLE_SERVER_TYPES,
  typesSee: 'https://cloud.google.com/compute/docs/general-purpose-machines',
  servers: { most: 1000, see: 'https://cloud.google.com/vpc/docs/quota' },
  reserved: { first: 2, last: 2, see: 'https://cloud.google.com/vpc/docs/subnets' },
  zonalSubnets: false,
  userData: { most: 192 * 1024, see: 'https://cloud.google.com/compute/docs/metadata/setting-custom-metadata' }, // 256 KiB of Base64
  rules: { most: 200, perPrefix: false, see: 'https://cloud.google.com/firewall/docs/quotas' },
  sctp: true,
};

/** Families of images, of which the latest is taken. @see https://cloud.google.com/compute/docs/images/os-details */
const IMAGES: Readonly<Record<OperatingSystem, Readonly<Record<Architecture, string>>>> = {
  'debian-13': { x86: 'debian-cloud/debian-13', arm: 'debian-cloud/debian-13-arm64' },
  'debian-12': { x86: 'debian-cloud/debian-12', arm: 'debian-cloud/debian-12-arm64' },
  'ubuntu-24.04': { x86: 'ubuntu-os-cloud/ubuntu-2404-lts-amd64', arm: 'ubuntu-os-cloud/ubuntu-2404-lts-arm64' },
};

/** A VPC in a region of Google Cloud. Credentials are those of the environment. */
export class GoogleCloud extends Cloud {
  private readonly vpc: ComputeNetwork;
  private readonly subnets = new Map<Vlan, ComputeSubnetwork>();

  /** @throws CLOUD_REGION, CLOUD_ZONE, SUBNET_*, PROP_* */
  constructor(scope: Construct, id: string, props: GoogleCloudProps) {
    const known = regionOf(scope, id, props?.region, FACTS.vendor, REGIONS, 'https://cloud.google.com/compute/docs/regions-zones');
    const zones = zonesOf(scope, id, props.zones, known, props.region);
    super(
      scope,
      id,
      FACTS,
      props.region,
      zones.map(zone => `${props.region}-${zone}`),
      props,
    );
    const check = new Check(this);
    check.known(props, ['project', 'region', 'zones', 'network', 'sshKeys', 'adminUser']);
    const project = check.text('project', props.project, /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, 'the id of a project', 'example-project');
    new GoogleProvider(this, 'provider', { project, region: props.region });
    this.vpc = new ComputeNetwork(this, 'vpc', { name: id, autoCreateSubnetworks: false });
  }

  public override _provide(pool: NodePool): void {
    const subnetwork = this.subnetOf(pool.vlan);
    new FirewallRules(pool, this.vpc.id);
    for (const member of pool.members) {
      new ComputeInstance(member, 'server', {
        name: member.hostName,
        hostname: member.fqdn,
        machineType: pool.type.name,
        zone: member.zone.name,
        tags: [`${this.node.id}-${pool.node.id}`],
        bootDisk: {
          initializeParams: { image: IMAGES[pool.image][pool.type.architecture], size: pool.disk.toGibibytes(), type: 'pd-balanced' },
        },
        networkInterface: [{ subnetwork: subnetwork.id, networkIp: member.address, accessConfig: [{ networkTier: 'PREMIUM' }] }],
        metadata: {
          'user-data': new Deferred(() => userData(member)) as unknown as string,
          'user-data-encoding': 'base64',
          'block-project-ssh-keys': 'TRUE',
        },
        shieldedInstanceConfig: { enableSecureBoot: true, enableVtpm: true, enableIntegrityMonitoring: true },
        allowStoppingForUpdate: true,
        lifecycle: { ignoreChanges: ['boot_disk[0].initialize_params[0].image', 'metadata["user-data"]'] },
      });
    }
    Site.of(pool).onPrepare(() => pool.members.forEach(declareSecrets));
  }

  private subnetOf(vlan: Vlan): ComputeSubnetwork {
    const made = this.subnets.get(vlan);
    if (made) return made;
    const subnet = new ComputeSubnetwork(this, `subnet-${vlan.name}`, {
      name: `${this.node.id}-${vlan.name}`,
      network: this.vpc.id,
      region: this.region,
      ipCidrRange: vlan.ipv4?.cidr as string,
    });
    this.subnets.set(vlan, subnet);
    return subnet;
  }
}
