import { Check, Claims, ConfigError, pathOf, Secret, Site, vacant } from '@ashlar/core';
import { ProxmoxUserResource } from '@ashlar/provider-proxmox';
import { secretVariable } from '@ashlar/terraform';
import { Construct } from 'constructs';
import { clusterOf } from '../cluster-of';
import { literal } from '../firewall-rules';
import type { ProxmoxCluster } from '../proxmox-cluster';
import { AccessGrant, type Grantee, type GrantOptions } from './access-grant';
import type { AccessTarget } from './access-path';
import { expiration } from './expiration';
import type { BuiltInRole, ProxmoxRole } from './proxmox-role';
import { ACL_PATH_UNKNOWN } from './rules/acl-path-unknown';

export interface ProxmoxUserProps {
  /** Name and realm, e.g. `backup@pve`; `pve` is the realm of Proxmox VE itself, `pam` that of the nodes' own accounts. */
  readonly userId: string;
  /** For people who log in with it, 8 to 64 characters; in the realm `pve` only. @default - none: it has tokens */
  readonly password?: Secret;
  /** Day from which on it cannot be used, as `2027-06-30`. @default - none */
  readonly expires?: string;
  /** Where Proxmox VE writes to. @default - nowhere */
  readonly email?: string;
  /** What it is for. @default - the path of the construct */
  readonly comment?: string;
}

/** Somebody who uses the API or the web interface. It may do nothing until it is given a role. */
export class ProxmoxUser extends Construct implements Grantee {
  public static isProxmoxUser(x: unknown): x is ProxmoxUser {
    return typeof x === 'object' && x !== null && USER in x;
  }

  /** A user that is there already, such as `root@pam`. */
  public static fromUserId(scope: Construct, id: string, userId: string): ProxmoxUser {
    return new ProxmoxUser(scope, id, { userId }, true);
  }

  public readonly cluster: ProxmoxCluster;
  public readonly userId: string;
  /** @internal */
  public readonly _resource?: ProxmoxUserResource;

  /**
   * @param exists whether it is there already; see {@link fromUserId}
   * @throws USER_REALM, USER_TWICE, USER_ROOT, USER_PASSWORD
   */
  constructor(scope: Construct, id: string, props: ProxmoxUserProps, exists = false) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, USER, { value: true });
    this.cluster = clusterOf(this);
    const check = new Check(this);
    check.known(props, ['userId', 'password', 'expires', 'email', 'comment']);
    this.userId = userId(this, check, props.userId);
    Claims.of(this).claim(`user of ${pathOf(this.cluster)}`, this.userId, this, holder => {
      return new ConfigError(this, 'USER_TWICE', `${this.userId} is already ${pathOf(holder)}`, { fix: 'use that one' });
    });
    Site.find(this)?.addRules(ACL_PATH_UNKNOWN);
    if (exists) return;
    if (this.userId === 'root@pam') {
      throw new ConfigError(this, 'USER_ROOT', 'root@pam is there already, and Terraform would take it away', {
        fix: `write ProxmoxUser.fromUserId(pve, '${id}', 'root@pam')`,
      });
    }
    const text = /^[^\r\n]{1,200}$/;
    this._resource = new ProxmoxUserResource(this, 'user', {
      userId: this.userId,
      enabled: true,
      comment: literal(
        check.text('comment', props.comment ?? `managed by Ashlar: ${pathOf(this)}`, text, 'one line of text', 'makes backups'),
      ),
      ...(props.email !== undefined && {
        email: check.text('email', props.email, /^[\w.+~-]+@([\w-]+\.)+[\w-]+$/, 'an address', 'ops@example.net'),
      }),
      ...(props.expires !== undefined && { expirationDate: expiration(this, props.expires) }),
      ...(props.password !== undefined && { password: this.passwordOf(props.password) }),
    });
  }

  public get grantee(): { readonly userId: string } {
    return { userId: this.userId };
  }

  /**
   * Lets it do what a role allows.
   * @param at what with; all of the cluster when it is the cluster
   */
  public grant(role: ProxmoxRole | BuiltInRole, at: AccessTarget, options?: GrantOptions): void {
    new AccessGrant(this, role, at, options);
  }

  private passwordOf(given: Secret): string {
    if (!Secret.is(given)) {
      throw new ConfigError(this, 'USER_PASSWORD', 'a password would stand in the output as text', {
        fix: "write password: Secret.fromTerraformVariable('operator_password')",
      });
    }
    if (this.userId.endsWith('@pve')) return secretVariable(this, given);
    throw new ConfigError(this, 'USER_PASSWORD', `the passwords of ${this.userId.split('@')[1]} are not kept by Proxmox VE`, {
      fix: 'leave password out, or write userId with the realm pve',
    });
  }
}

const USER = Symbol.for('@ashlar/hci.ProxmoxUser');

function userId(user: ProxmoxUser, check: Check, given: string): string {
  check.present('userId', given, `'${user.node.id}@pve'`);
  if (typeof given === 'string' && !given.includes('@')) {
    throw new ConfigError(user, 'USER_REALM', 'userId has no realm', { got: given, fix: `write userId: '${given}@pve'` });
  }
  return check.text('userId', given, /^(?=.{3,64}$)[^\s:/@!]+@[A-Za-z][A-Za-z0-9._-]+$/, 'a name and a realm', 'backup@pve');
}
