import { Check, Claims, ConfigError, pathOf, vacant } from '@ashlar/core';
import { ProxmoxRoleResource } from '@ashlar/provider-proxmox';
import { Deferred } from '@ashlar/terraform/bindings';
import { TerraformResource, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { clusterOf } from '../cluster-of';
import type { ProxmoxCluster } from '../proxmox-cluster';
import { checkPrivileges, type ProxmoxPrivilege, privilegesOf } from './privilege';
import { terraformPrivileges } from './terraform-privileges';

/**
 * What programs need:
 * - `terraform`: for the kinds of resource that are in the state of the cluster, worked out when it is rendered;
 * - `cluster-api`: for the provider of Cluster API for Proxmox VE (CAPMOX);
 * - `backup`: to make backups, and not to restore or to remove them.
 *
 * For reading alone there is the built-in role `PVEAuditor`.
 * @see https://github.com/ionos-cloud/cluster-api-provider-proxmox/blob/main/docs/advanced-setups.md#proxmox-rbac-with-least-privileges
 */
export type RolePurpose = 'terraform' | 'cluster-api' | 'backup';

const PURPOSES: Readonly<Record<Exclude<RolePurpose, 'terraform'>, readonly ProxmoxPrivilege[]>> = {
  'cluster-api': [
    'Datastore.AllocateSpace',
    'Datastore.AllocateTemplate',
    'Datastore.Audit',
    'SDN.Use',
    'Sys.Audit',
    'VM.Allocate',
    'VM.Audit',
    'VM.Clone',
    'VM.Config.CDROM',
    'VM.Config.CPU',
    'VM.Config.Cloudinit',
    'VM.Config.Disk',
    'VM.Config.HWType',
    'VM.Config.Memory',
    'VM.Config.Network',
    'VM.Config.Options',
    'VM.GuestAgent.Audit',
    'VM.GuestAgent.Unrestricted',
    'VM.Monitor',
    'VM.PowerMgmt',
  ],
  backup: ['Datastore.AllocateSpace', 'Datastore.Audit', 'VM.Audit', 'VM.Backup'],
};

export interface ProxmoxRoleProps {
  /** What it allows, or what it is for. */
  readonly privileges: readonly ProxmoxPrivilege[] | RolePurpose;
}

/** A set of privileges. Its id is its name in Proxmox VE. @see https://pve.proxmox.com/wiki/User_Management */
export class ProxmoxRole extends Construct {
  public static isProxmoxRole(x: unknown): x is ProxmoxRole {
    return typeof x === 'object' && x !== null && ROLE in x;
  }

  public readonly name: string;
  public readonly cluster: ProxmoxCluster;
  /** @internal */
  public readonly _resource: ProxmoxRoleResource;
  private readonly given: ProxmoxRoleProps['privileges'];

  /** @throws ROLE_NAME, PRIVILEGE_UNKNOWN, PRIVILEGE_VERSION */
  constructor(scope: Construct, id: string, props: ProxmoxRoleProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, ROLE, { value: true });
    this.cluster = clusterOf(this);
    const check = new Check(this);
    check.known(props, ['privileges']);
    this.name = check.text('the name of a role', id, /^[A-Za-z0-9._-]+$/, 'letters, digits, dots, dashes and underscores', 'Operator');
    if (BUILT_IN_ROLES.includes(this.name as BuiltInRole) || this.name.startsWith('PVE')) {
      throw new ConfigError(
        this,
        'ROLE_NAME',
        'the names that begin with PVE, and Administrator and NoAccess, are those of built-in roles',
        {
          got: this.name,
          fix: 'choose another id',
        },
      );
    }
    Claims.of(this).claim(`role of ${pathOf(this.cluster)}`, this.name, this, holder => {
      return new ConfigError(this, 'ROLE_NAME', `there is already a role ${this.name}, ${pathOf(holder)}`, { fix: 'choose another id' });
    });
    this.given = check.present('privileges', props.privileges, "['VM.Audit']");
    if (typeof this.given === 'string') check.choice('privileges', this.given, ['terraform', 'cluster-api', 'backup']);
    else checkPrivileges(this, this.cluster.version, check.list('privileges', this.given, "'VM.Audit'"));
    this._resource = new ProxmoxRoleResource(this, 'role', {
      roleId: this.name,
      privileges: new Deferred(() => this.privileges) as unknown as string[],
    });
  }

  /** Everything that it allows, in alphabetical order; for Terraform, by what is in the state so far. */
  public get privileges(): readonly ProxmoxPrivilege[] {
    const { given } = this;
    const { version } = this.cluster;
    if (given === 'terraform') return terraformPrivileges(version, kindsBeside(this));
    const wanted: readonly ProxmoxPrivilege[] = typeof given === 'string' ? PURPOSES[given] : given;
    return privilegesOf(version).filter(privilege => wanted.includes(privilege));
  }
}

const ROLE = Symbol.for('@ashlar/hci.ProxmoxRole');

/** The roles that Proxmox VE comes with. */
export const BUILT_IN_ROLES = [
  'Administrator',
  'NoAccess',
  'PVEAdmin',
  'PVEAuditor',
  'PVEDatastoreAdmin',
  'PVEDatastoreUser',
  'PVEMappingAdmin',
  'PVEMappingAuditor',
  'PVEMappingUser',
  'PVEPoolAdmin',
  'PVEPoolUser',
  'PVESDNAdmin',
  'PVESDNUser',
  'PVESysAdmin',
  'PVETemplateUser',
  'PVEUserAdmin',
  'PVEVMAdmin',
  'PVEVMUser',
] as const;

export type BuiltInRole = (typeof BUILT_IN_ROLES)[number];

function kindsBeside(role: ProxmoxRole): string[] {
  const all = TerraformStack.of(role).node.findAll().filter(TerraformResource.isTerraformResource);
  return all.map(resource => resource.terraformResourceType);
}
