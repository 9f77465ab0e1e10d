import { Check, ConfigError, Site } from '@ashlar/core';
import type { Vlan } from '@ashlar/network';
import { Deferred } from '@ashlar/terraform/bindings';
import { LinuxVirtualMachine, type LinuxVirtualMachineSourceImageReference } from '@cdktf/provider-azurerm/lib/linux-virtual-machine';
import { NetworkInterface } from '@cdktf/provider-azurerm/lib/network-interface';
import { NetworkInterfaceSecurityGroupAssociation } from '@cdktf/provider-azurerm/lib/network-interface-security-group-association';
import { NetworkSecurityGroup } from '@cdktf/provider-azurerm/lib/network-security-group';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { Subnet as AzureSubnet } from '@cdktf/provider-azurerm/lib/subnet';
import { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import type { Construct } from 'constructs';
import { Cloud, type CloudProps, regionOf } from '../cloud';
import type { CloudFacts } from '../cloud-facts';
import { zonesOf } from '../cloud-zone';
import type { NodePool } from '../node-pool';
import type { OperatingSystem } from '../operating-system';
import type { PoolMember } from '../pool-member';
import type { Architecture } from '../server-type';
import { declareSecrets, userData } from '../user-data';
import { securityRules } from './security-rules';
import { AZURE_SERVER_TYPES } from './server-types';

export interface AzureCloudProps extends CloudProps {
  /** Id of the subscription that it is all made in. */
  readonly subscription: string;
  /** E.g. `germanywestcentral`. @see https://learn.microsoft.com/azure/reliability/regions-list */
  readonly location: string;
  /** Numbers of availability zones. @default - all of the location */
  readonly zones?: readonly string[];
}

/** Locations with their availability zones. @see https://learn.microsoft.com/azure/reliability/regions-list */
const LOCATIONS: Readonly<Record<string, readonly string[]>> = {
  germanywestcentral: ['1', '2', '3'],
  westeurope: ['1', '2', '3'],
  northeurope: ['1', '2', '3'],
  swedencentral: ['1', '2', '3'],
  eastus: ['1', '2', '3'],
};

const FACTS: CloudFacts = {
  vendor: 'Azure',
  types: AZURE_SERVER_TYPES,
  typesSee: 'https://learn.microsoft.com/azure/virtual-machines/sizes/general-purpose/dsv5-series',
  servers: { most: 1000, see: 'https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits' },
  reserved: { first: 4, last: 1, see: 'https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq' },
  zonalSubnets: false,
  userData: { most: 65_535, see: 'https://learn.microsoft.com/azure/virtual-machines/custom-data' },
  rules: {
    most: 500,
    perPrefix: false,
    see: 'https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits',
  },
  sctp: false,
};

/** Names that no account may have. @see https://learn.microsoft.com/azure/virtual-machines/linux/faq */
const FORBIDDEN_USERS = ['admin', 'administrator', 'root', 'guest', 'test', 'user', 'console', 'backup', 'support', 'server', 'sys', 'sql'];

/** @see https://learn.microsoft.com/azure/virtual-machines/linux/endorsed-distros */
const IMAGES: Readonly<Record<OperatingSystem, Readonly<Record<Architecture, LinuxVirtualMachineSourceImageReference>>>> = {
  'debian-13': debian('debian-13', '13'),
  'debian-12': debian('debian-12', '12'),
  'ubuntu-24.04': {
    x86: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' },
    arm: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server-arm64', version: 'latest' },
  },
};

/** A resource group with a virtual network in a location of Azure. Credentials are those of the environment. */
export class AzureCloud extends Cloud {
  private readonly group: ResourceGroup;
  private readonly vnet: VirtualNetwork;
  private readonly subnets = new Map<Vlan, AzureSubnet>();

  /** @throws CLOUD_REGION, CLOUD_ZONE, CLOUD_ADMIN_USER, SUBNET_*, PROP_* */
  constructor(scope: Construct, id: string, props: AzureCloudProps) {
    const known = regionOf(
      scope,
      id,
      props?.location,
      FACTS.vendor,
      LOCATIONS,
      'https://learn.microsoft.com/azure/reliability/regions-list',
    );
    super(scope, id, FACTS, props.location, zonesOf(scope, id, props.zones, known, props.location), props);
    const check = new Check(this);
    check.known(props, ['subscription', 'location', 'zones', 'network', 'sshKeys', 'adminUser']);
    if (FORBIDDEN_USERS.includes(this.admin.user)) {
      throw new ConfigError(this, 'CLOUD_ADMIN_USER', 'Azure lets no account have that name', {
        got: this.admin.user,
        fix: "write adminUser: 'ops'",
        see: 'https://learn.microsoft.com/azure/virtual-machines/linux/faq',
      });
    }
    const subscriptionId = check.text(
      'subscription',
      props.subscription,
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      'the id of a subscription',
      '00000000-0000-0000-0000-000000000000',
    );
    new AzurermProvider(this, 'provider', { subscriptionId, features: [{}] });
    this.group = new ResourceGroup(this, 'group', { name: id, location: props.location });
    this.vnet = new VirtualNetwork(this, 'network', { ...this.inGroup(id), addressSpace: [this.network.cidr] });
  }

  public override _provide(pool: NodePool): void {
    const subnet = this.subnetOf(pool.vlan);
    const firewall = new NetworkSecurityGroup(pool, 'firewall', {
      ...this.inGroup(pool.node.id),
      securityRule: new Deferred(() => securityRules(pool)),
    });
    for (const member of pool.members) this.server(member, subnet, firewall);
    Site.of(pool).onPrepare(() => pool.members.forEach(declareSecrets));
  }

  private server(member: PoolMember, subnet: AzureSubnet, firewall: NetworkSecurityGroup): void {
    const { pool, hostName, zone } = member;
    const named = this.inGroup(hostName);
    const address = new PublicIp(member, 'address', { ...named, allocationMethod: 'Static', sku: 'Standard', zones: [zone.name] });
    const nic = new NetworkInterface(member, 'nic', {
      ...named,
      ipConfiguration: [
        {
          name: 'nodes',
          subnetId: subnet.id,
          privateIpAddressAllocation: 'Static',
          privateIpAddress: member.address,
          publicIpAddressId: address.id,
        },
      ],
    });
    new NetworkInterfaceSecurityGroupAssociation(member, 'guarded', { networkInterfaceId: nic.id, networkSecurityGroupId: firewall.id });
    const { user, keys } = this.admin;
    new LinuxVirtualMachine(member, 'server', {
      ...named,
      size: pool.type.name,
      zone: zone.name,
      adminUsername: user,
      adminSshKey: keys.map(publicKey => ({ username: user, publicKey })),
      networkInterfaceIds: [nic.id],
      osDisk: { caching: 'ReadWrite', storageAccountType: 'Premium_LRS', diskSizeGb: pool.disk.toGibibytes() },
      sourceImageReference: IMAGES[pool.image][pool.type.architecture],
      customData: new Deferred(() => userData(member)) as unknown as string,
      lifecycle: { ignoreChanges: ['source_image_reference', 'custom_data', 'admin_ssh_key'] },
    });
  }

  private subnetOf(vlan: Vlan): AzureSubnet {
    const made = this.subnets.get(vlan);
    if (made) return made;
    const subnet = new AzureSubnet(this, `subnet-${vlan.name}`, {
      name: vlan.name,
      resourceGroupName: this.group.name,
      virtualNetworkName: this.vnet.name,
      addressPrefixes: [vlan.ipv4?.cidr as string],
    });
    this.subnets.set(vlan, subnet);
    return subnet;
  }

  private inGroup(name: string): { name: string; location: string; resourceGroupName: string } {
    return { name, location: this.region, resourceGroupName: this.group.name };
  }
}

function debian(offer: string, release: string): Readonly<Record<Architecture, LinuxVirtualMachineSourceImageReference>> {
  const image = (sku: string) => ({ publisher: 'Debian', offer, sku, version: 'latest' });
  return { x86: image(`${release}-gen2`), arm: image(`${release}-arm64`) };
}
