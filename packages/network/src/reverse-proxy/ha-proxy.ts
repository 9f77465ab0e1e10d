import { Check, type Output, onRender } from '@ashlar/core';
import type { Construct } from 'constructs';
import type { Host } from '../segments/host';
import { type DeploySecret, renderDeploySecrets } from './deploy-secrets';
import { renderHaProxy } from './haproxy-cfg';
import { renderCrtList } from './haproxy-crt-list';
import { renderKeepalived } from './keepalived-conf';
import { type ProxyProduct, ReverseProxy } from './reverse-proxy';
import type { VirtualIpProps } from './virtual-ip';

export interface HaProxyProps {
  /** Where it runs, each with the same files; the first has the virtual address as long as it can. */
  readonly hosts: readonly Host[];
  /** @default - none: clients find the hosts by name */
  readonly vip?: VirtualIpProps;
}

/**
 * HAProxy 2.6 or later: `devices/haproxy/<id>/` is `/etc/haproxy` of every host, and keepalived passes the virtual address between
 * them. Certificates are files `/etc/haproxy/certs/<name>.pem` of an ACME client or a person.
 *
 * `secrets.json` names what the deployment fills: `/etc/haproxy/userlists.cfg` has a `userlist` for each access list with the users
 * and the hashes of their passwords, and is given to HAProxy with a second `-f`. Without it HAProxy does not start.
 * @see https://docs.haproxy.org/2.6/configuration.html
 */
export class HaProxy extends ReverseProxy {
  constructor(scope: Construct, id: string, props: HaProxyProps) {
    super(scope, id, props, PRODUCT);
    new Check(this).known(props, ['hosts', 'vip']);
    onRender(this, output => this.render(output));
  }

  private render(output: Output): void {
    const folder = `devices/haproxy/${this.node.id}`;
    output.write(this, `${folder}/haproxy.cfg`, renderHaProxy(this));
    output.write(this, `${folder}/crt-list.txt`, renderCrtList(this));
    const users = this.sites.flatMap(({ accessList }) =>
      (accessList?.users ?? []).map(([user, secret]): DeploySecret => {
        return { file: '/etc/haproxy/userlists.cfg', entry: `${accessList?.name}/${user}`, secret };
      }),
    );
    output.write(this, `${folder}/secrets.json`, renderDeploySecrets(users));
    const { vip } = this;
    if (!vip) return;
    for (const host of this.hosts) {
      output.write(this, `devices/keepalived/${host.name}/keepalived.conf`, renderKeepalived(vip, this.hosts, host, 'haproxy'));
    }
  }
}

const CHECKS = ['http', 'https', 'tcp', 'postgres'] as const;

const PRODUCT: ProxyProduct = {
  name: 'HAProxy',
  options: ['rateLimit', 'balance'],
  healthChecks: { sites: CHECKS, tcp: CHECKS },
  challenges: [],
  balances: true,
  verifies: true,
  listens: [],
};
