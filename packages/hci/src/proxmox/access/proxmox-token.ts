import { Check, ConfigError, vacant, warn } from '@ashlar/core';
import { ProxmoxUserTokenResource } from '@ashlar/provider-proxmox';
import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import type { ProxmoxCluster } from '../proxmox-cluster';
import { AccessGrant, type Grantee, type GrantOptions, hasGrant } from './access-grant';
import type { AccessTarget } from './access-path';
import { expiration } from './expiration';
import type { BuiltInRole, ProxmoxRole } from './proxmox-role';
import { ProxmoxUser } from './proxmox-user';

export interface ProxmoxTokenProps {
  /** Day from which on it cannot be used, as `2027-06-30`. @default - none, which is a warning */
  readonly expires?: string;
  /** Whether it may do only what it is given itself, and not all that its user may. @default true */
  readonly privilegeSeparation?: boolean;
  /** Why it may do all that its user may, or belongs to `root@pam`; 10 characters or more. @default - neither */
  readonly because?: string;
}

/**
 * A secret by which a program uses the API as a user. Its id is its name in Proxmox VE.
 *
 * The secret itself is known to Terraform, which keeps it in its state; `terraform output -raw <outputName>` tells it.
 */
export class ProxmoxToken extends Construct implements Grantee {
  public readonly cluster: ProxmoxCluster;
  public readonly user: ProxmoxUser;
  /** As in `backup@pve!nightly`. */
  public readonly tokenId: string;
  /** Name of the sensitive output that has its secret, as `user@realm!name=uuid`. */
  public readonly outputName: string;
  /** @internal */
  public readonly _resource: ProxmoxUserTokenResource;
  private readonly separated: boolean;

  /** @throws TOKEN_ROOT, TOKEN_PRIVILEGES, EXPIRES */
  constructor(user: ProxmoxUser, id: string, props: ProxmoxTokenProps = {}) {
    super(vacant(user, id), id);
    const check = new Check(this);
    this.user = check.instance(
      'scope',
      user,
      { name: 'ProxmoxUser', is: ProxmoxUser.isProxmoxUser },
      "new ProxmoxUser(pve, 'backup', { userId: 'backup@pve' })",
    );
    this.cluster = user.cluster;
    check.known(props, ['expires', 'privilegeSeparation', 'because']);
    const name = check.text('the name of a token', id, /^[A-Za-z][A-Za-z0-9._-]+$/, 'a letter, then letters, digits and . - _', 'nightly');
    this.tokenId = `${user.userId}!${name}`;
    this.separated = check.boolean('privilegeSeparation', props.privilegeSeparation ?? true);
    this.requireReason(props.because);
    if (props.expires === undefined) {
      warn(this, 'TOKEN_NEVER_EXPIRES', 'can be used for ever, by whoever has got it', "write expires: '2027-06-30', and renew it before");
    }
    this._resource = new ProxmoxUserTokenResource(this, 'token', {
      userId: user.userId,
      tokenName: name,
      privilegesSeparation: this.separated,
      ...(props.expires !== undefined && { expirationDate: expiration(this, props.expires) }),
      ...(user._resource && { dependsOn: [user._resource] }),
    });
    this.outputName = `${user.userId}_${name}`.replaceAll(/[^A-Za-z0-9]/g, '_').toLowerCase();
    new TerraformOutput(this, 'secret', { value: this._resource.value, sensitive: true }).overrideLogicalId(this.outputName);
  }

  public get grantee(): { readonly tokenId: string } {
    return { tokenId: this.tokenId };
  }

  /**
   * Lets it do what a role allows, and its user too: a token may never do what its user may not.
   * @throws TOKEN_PRIVILEGES when it has those of its user
   */
  public grant(role: ProxmoxRole | BuiltInRole, at: AccessTarget, options?: GrantOptions): void {
    if (!this.separated) {
      throw new ConfigError(this, 'TOKEN_PRIVILEGES', `may do all that ${this.user.userId} may, and a role of its own changes nothing`, {
        fix: `give it to the user, or leave privilegeSeparation out`,
      });
    }
    new AccessGrant(this, role, at, options);
    if (this.user.userId !== 'root@pam' && !hasGrant(this.user, role, at)) this.user.grant(role, at, options);
  }

  private requireReason(because: string | undefined): void {
    const given = typeof because === 'string' && /\S.{8,}\S/.test(because);
    if (given) return;
    const got = because === undefined ? {} : { got: because };
    if (this.user.userId === 'root@pam') {
      throw new ConfigError(this, 'TOKEN_ROOT', 'is a token of root@pam, who may do everything, for no reason', {
        ...got,
        fix: "create a user for it, or write because: 'the first run, which creates the user'",
      });
    }
    if (!this.separated) {
      throw new ConfigError(this, 'TOKEN_PRIVILEGES', `may do all that ${this.user.userId} may, for no reason`, {
        ...got,
        fix: "leave privilegeSeparation out, or write because: 'the exporter knows no roles'",
      });
    }
  }
}
