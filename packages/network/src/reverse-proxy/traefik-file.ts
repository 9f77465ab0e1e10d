import { Check, type Output, onRender, Site } from '@ashlar/core';
import type { Construct } from 'constructs';
import type { Host } from '../segments/host';
import { type DeploySecret, renderDeploySecrets } from './deploy-secrets';
import { renderKeepalived } from './keepalived-conf';
import { type ProxyProduct, ReverseProxy } from './reverse-proxy';
import { renderTraefikRetired, renderTraefikSite } from './traefik-site';
import { credentials, renderTraefikStatic } from './traefik-static';
import { renderTraefikTcp } from './traefik-tcp';
import { renderTraefikTls } from './traefik-tls';
import type { VirtualIpProps } from './virtual-ip';

export interface TraefikFileProps {
  /** Where it runs, each with the same files; the first has the virtual address as long as it can. */
  readonly hosts: readonly Host[];
  /** @default - none: clients find the hosts by name */
  readonly vip?: VirtualIpProps;
  /** Mail address of the account with Let's Encrypt. @default - hostmaster at the site's domain */
  readonly email?: string;
}

/**
 * Traefik 3.6 or later on hosts, by its file provider: `devices/traefik/<id>/` is `/etc/traefik` of every host, a file for each site. A site that
 * changes is read while Traefik runs; entry points and resolvers are read at its start.
 *
 * `secrets.json` names what the deployment fills: `/etc/traefik/environment` has lines `VARIABLE=value` for the unit's
 * `EnvironmentFile`, a file of `/etc/traefik/users` is one of htpasswd. Stored certificates lie in `/etc/traefik/certificates`.
 * @see https://doc.traefik.io/traefik/reference/install-configuration/providers/others/file/
 */
export class TraefikFile extends ReverseProxy {
  /** Of the account with Let's Encrypt. */
  public readonly email: string;

  /** @throws TRAEFIK_CREDENTIALS at synthesis */
  constructor(scope: Construct, id: string, props: TraefikFileProps) {
    super(scope, id, props, PRODUCT);
    const check = new Check(this);
    check.known(props, ['hosts', 'vip', 'email']);
    const email = props.email ?? `hostmaster@${Site.of(this).domain}`;
    this.email = check.text('email', email, /^[\w.+-]+@[a-z0-9.-]+$/, 'a mail address', 'hostmaster@example.net');
    onRender(this, output => this.render(output));
  }

  private render(output: Output): void {
    const folder = `devices/traefik/${this.node.id}`;
    output.write(this, `${folder}/traefik.yml`, renderTraefikStatic(this));
    output.write(this, `${folder}/dynamic/_tls.yml`, renderTraefikTls(this));
    for (const site of this.sites) output.write(this, `${folder}/dynamic/${site.name}.yml`, renderTraefikSite(site));
    for (const site of this.retired) output.write(this, `${folder}/dynamic/${site.name}.yml`, renderTraefikRetired(site));
    for (const service of this.tcpServices) output.write(this, `${folder}/dynamic/${service.name}.yml`, renderTraefikTcp(service));
    const users = this.sites.flatMap(({ accessList }) =>
      (accessList?.users ?? []).map(([entry, secret]): DeploySecret => ({ file: `/etc/traefik/users/${accessList?.name}`, entry, secret })),
    );
    output.write(this, `${folder}/secrets.json`, renderDeploySecrets([...users, ...credentials(this)]));
    const { vip } = this;
    if (!vip) return;
    for (const host of this.hosts) {
      output.write(this, `devices/keepalived/${host.name}/keepalived.conf`, renderKeepalived(vip, this.hosts, host, 'traefik'));
    }
  }
}

const PRODUCT: ProxyProduct = {
  name: 'Traefik',
  options: ['rateLimit', 'forwardAuth'],
  healthChecks: { sites: ['http', 'https'], tcp: ['tcp'] },
  challenges: ['http-01', 'dns-01'],
  balances: true,
  verifies: true,
  listens: [80, 443],
};
