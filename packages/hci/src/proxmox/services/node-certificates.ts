import { Check, Claims, ConfigError, pathOf, Site, vacant } from '@ashlar/core';
import { ProxmoxAcmeCertificateResource } from '@ashlar/provider-proxmox';
import { Construct } from 'constructs';
import { clusterOf } from '../cluster-of';
import { AcmeDnsPlugin } from './acme-dns-plugin';
import { CERTIFICATES, isNodeCertificates } from './is-node-certificates';
import { ACME_ENDPOINT } from './rules/acme-endpoint';

export interface NodeCertificatesProps {
  /** How nodes prove that their names are theirs. */
  readonly plugin: AcmeDnsPlugin;
  /**
   * Account at the authority. It is registered once on any node, because no token may:
   * `pvenode acme account register default ops@example.net`.
   * @default `default`
   */
  readonly account?: string;
  /** Domain to which `_acme-challenge` of their names leads, when their own zone cannot be changed. @default - none */
  readonly alias?: string;
}

/**
 * Certificates of a public authority for the web interface and the API of each node, under the name of its host. Nodes renew them.
 * @see https://pve.proxmox.com/wiki/Certificate_Management
 */
export class NodeCertificates extends Construct {
  public static isNodeCertificates(x: unknown): x is NodeCertificates {
    return isNodeCertificates(x);
  }

  /** Names in them. */
  public readonly names: readonly string[];

  /** @throws ACME_NAME, ACME_TWICE, ACME_CLUSTER */
  constructor(scope: Construct, id: string, props: NodeCertificatesProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, CERTIFICATES, { value: true });
    const cluster = clusterOf(this);
    const check = new Check(this);
    check.known(props, ['plugin', 'account', 'alias']);
    const plugin = check.instance(
      'plugin',
      props.plugin,
      { name: 'AcmeDnsPlugin', is: AcmeDnsPlugin.isAcmeDnsPlugin },
      "new AcmeDnsPlugin(pve, 'cloudflare', { … })",
    );
    if (plugin.cluster !== cluster) {
      throw new ConfigError(this, 'ACME_CLUSTER', `its plugin ${pathOf(plugin)} is in another cluster`, {
        fix: 'create the plugin in its cluster too',
      });
    }
    const account = check.text('account', props.account ?? 'default', /^[A-Za-z][A-Za-z0-9_-]+$/, 'the name of an account', 'default');
    const alias =
      props.alias === undefined
        ? undefined
        : check.text('alias', props.alias, /^([a-z0-9_]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, 'a DNS name', 'acme.example.net');
    Claims.of(this).claim('certificates of nodes', pathOf(cluster), this, holder => {
      return new ConfigError(this, 'ACME_TWICE', `${pathOf(cluster)} already has certificates, ${pathOf(holder)}`, {
        fix: 'write them once',
      });
    });
    this.names = cluster.nodes.map(node => {
      if (node.host) return node.host.fqdn;
      throw new ConfigError(this, 'ACME_NAME', `${pathOf(node)} has no name in DNS that a certificate could be for`, {
        fix: `write nodes: [{ name: '${node.name}', host: management.host('${node.name}', 10) }]`,
      });
    });
    for (const [i, node] of cluster.nodes.entries()) {
      new ProxmoxAcmeCertificateResource(this, node.name, {
        nodeName: node.name,
        account,
        domains: [{ domain: this.names[i] as string, plugin: plugin.name, ...(alias !== undefined && { alias }) }],
        dependsOn: [plugin._resource],
      });
    }
    Site.find(this)?.addRules(ACME_ENDPOINT);
  }
}
