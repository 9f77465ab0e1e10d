import { Check, ConfigError, pathOf } from '@ashlar/core';
import { ProxmoxAclResource } from '@ashlar/provider-proxmox';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { ProxmoxCluster } from '../proxmox-cluster';
import { type AccessTarget, accessPath } from './access-path';
import { nearestName } from './nearest-name';
import { BUILT_IN_ROLES, type BuiltInRole, ProxmoxRole } from './proxmox-role';

/** How far a role reaches. */
export interface GrantOptions {
  /** Whether it holds for what is below the path too. @default true */
  readonly propagate?: boolean;
  /** Why somebody may do everything; `Administrator` for the whole cluster needs one, of 10 characters or more. */
  readonly because?: string;
}

/** Who is given a role: `user@realm`, or a token of it. */
export interface Grantee extends Construct {
  readonly cluster: ProxmoxCluster;
  readonly grantee: { readonly userId: string } | { readonly tokenId: string };
  readonly _resource?: ITerraformDependable;
}

/** A role for somebody at a path. */
export class AccessGrant extends Construct {
  public static isAccessGrant(x: unknown): x is AccessGrant {
    return typeof x === 'object' && x !== null && GRANT in x;
  }

  public readonly cluster: ProxmoxCluster;
  public readonly path: string;
  public readonly role: string;

  /** @throws ROLE_UNKNOWN, ROLE_CLUSTER, ACL_PATH, ACL_TWICE, ACL_ADMINISTRATOR */
  constructor(to: Grantee, given: ProxmoxRole | BuiltInRole, at: AccessTarget, options: GrantOptions = {}) {
    const role = roleName(to, given);
    const path = accessPath(to, to.cluster, at);
    super(free(to, role, path), idOf(role, path));
    Object.defineProperty(this, GRANT, { value: true });
    new Check(to).known(options, ['propagate', 'because']);
    if (role === 'Administrator' && path === '/' && !/\S.{8,}\S/.test(options.because ?? '')) {
      throw new ConfigError(to, 'ACL_ADMINISTRATOR', 'may do everything with the whole cluster, for no reason', {
        ...(options.because !== undefined && { got: options.because }),
        fix: "write because: 'the account for emergencies', or give it a role for what it does",
      });
    }
    this.cluster = to.cluster;
    this.path = path;
    this.role = role;
    new ProxmoxAclResource(this, 'acl', {
      ...to.grantee,
      path,
      roleId: role,
      propagate: new Check(to).boolean('propagate', options.propagate ?? true),
      dependsOn: [...(to._resource ? [to._resource] : []), ...(ProxmoxRole.isProxmoxRole(given) ? [given._resource] : [])],
    });
  }
}

const GRANT = Symbol.for('@ashlar/hci.AccessGrant');

/** Whether somebody has a role at a path already. */
export function hasGrant(to: Grantee, given: ProxmoxRole | BuiltInRole, at: AccessTarget): boolean {
  const [role, path] = [roleName(to, given), accessPath(to, to.cluster, at)];
  return to.node.children.filter(AccessGrant.isAccessGrant).some(grant => grant.role === role && grant.path === path);
}

function free(to: Grantee, role: string, path: string): Construct {
  if (!to.node.tryFindChild(idOf(role, path))) return to;
  throw new ConfigError(to, 'ACL_TWICE', `already has ${role} at ${path}`, { fix: 'write it once' });
}

/** `Operator at storage tank`: a slash would be another construct. */
function idOf(role: string, path: string): string {
  return path === '/' ? `${role} of everything` : `${role} at ${path.slice(1).replaceAll('/', ' ')}`;
}

function roleName(by: Grantee, role: ProxmoxRole | BuiltInRole): string {
  if (!ProxmoxRole.isProxmoxRole(role)) {
    if (BUILT_IN_ROLES.includes(role)) return role;
    const near = typeof role === 'string' ? nearestName(role, BUILT_IN_ROLES) : undefined;
    throw new ConfigError(by, 'ROLE_UNKNOWN', 'Proxmox VE comes with no such role', {
      got: role,
      fix: near
        ? `did you mean ${near}?`
        : "create it with new ProxmoxRole(pve, 'Operator', { privileges: ['VM.PowerMgmt'] }), and pass it",
    });
  }
  if (role.cluster === by.cluster) return role.name;
  throw new ConfigError(by, 'ROLE_CLUSTER', `is of ${pathOf(by.cluster)}, and ${pathOf(role)} is not`, {
    fix: 'create the role in each cluster',
  });
}
