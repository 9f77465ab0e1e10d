import { Check, Connections, type IConnectable, Port, Site, vacant, warn } from '@ashlar/core';
import { objectName, podAddresses, podSelection } from '@ashlar/kubernetes';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { AcmeChallenge } from './acme-challenge';
import { AcmeServer } from './acme-server';
import { CERT_MANAGER, requireCertManager, secretOfCertManager } from './cert-manager';
import { ACME_ISSUER, isAcmeIssuer } from './is-acme-issuer';
import { ACME_DIRECTORY_UNREACHABLE } from './rules/acme-directory-unreachable';
import { ACME_HTTP_UNREACHABLE } from './rules/acme-http-unreachable';

export interface AcmeIssuerProps {
  /** Who signs; trying things out and being trusted are both a choice to be read. */
  readonly server: AcmeServer;
  /** Mail address to which the authority writes when something is wrong. */
  readonly email: string;
  /** How it shows that a name is ours. */
  readonly challenge: AcmeChallenge;
}

/**
 * An account at a certificate authority, kept by cert-manager for the whole cluster.
 *
 * It reaches what `connections.allowTo` says: the authority, mostly on the Internet. The key of the account is made in the cluster.
 * @see https://cert-manager.io/docs/configuration/acme/
 */
export class AcmeIssuer extends Construct implements IConnectable {
  public static isAcmeIssuer(x: unknown): x is AcmeIssuer {
    return isAcmeIssuer(x);
  }

  public readonly name: string;
  public readonly server: AcmeServer;
  public readonly challenge: AcmeChallenge;
  /** Of cert-manager, which does the work. */
  public readonly connections: Connections;

  /** @throws ACME_SECRET, CHART_CONFLICT, PROP_* */
  constructor(scope: Construct, id: string, props: AcmeIssuerProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, ACME_ISSUER, { value: true });
    const check = new Check(this);
    check.known(props, ['server', 'email', 'challenge']);
    this.name = check.label('the name of an issuer', objectName(this));
    this.server = check.instance('server', props.server, AcmeServer, 'AcmeServer.LETS_ENCRYPT_STAGING');
    const email = check.text('email', props.email, /^[\w.+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a mail address', 'ops@example.net');
    this.challenge = check.instance('challenge', props.challenge, AcmeChallenge, 'AcmeChallenge.http01(gateway)');
    this.connections = new Connections(this, {
      addresses: () => podAddresses(this),
      pods: podSelection(this, CERT_MANAGER.namespace, CERT_MANAGER.labels),
    });
    requireCertManager(this);
    new ApiObject(this, 'Resource', {
      apiVersion: 'cert-manager.io/v1',
      kind: 'ClusterIssuer',
      metadata: { namespace: '' },
      spec: {
        acme: {
          server: this.server.directory,
          email,
          privateKeySecretRef: { name: `${this.name}-account` },
          solvers: [this.solver()],
        },
      },
    });
    if (this.server === AcmeServer.LETS_ENCRYPT_STAGING) {
      warn(
        this,
        'ACME_STAGING',
        'is for trying out: no browser trusts its certificates',
        'write server: AcmeServer.LETS_ENCRYPT when it works',
      );
    }
    Site.find(this)?.addRules(ACME_DIRECTORY_UNREACHABLE, ACME_HTTP_UNREACHABLE);
  }

  private solver(): object {
    const { proof } = this.challenge;
    if (proof.kind === 'http-01') {
      const { name, namespace, plainListener } = proof.gateway;
      const sectionName = plainListener?.name;
      return { http01: { gatewayHTTPRoute: { parentRefs: [{ kind: 'Gateway', name, namespace, sectionName }] } } };
    }
    const selector = proof.zones.length > 0 ? { selector: { dnsZones: proof.zones } } : {};
    if (proof.kind === 'cloudflare') {
      return { ...selector, dns01: { cloudflare: { apiTokenSecretRef: secretOfCertManager(this, 'apiToken', proof.apiToken) } } };
    }
    proof.server.connections.allowFrom(this, Port.udp(53));
    proof.server.connections.allowFrom(this, Port.tcp(53));
    return {
      ...selector,
      dns01: {
        rfc2136: {
          nameserver: `${proof.server.ip}:53`,
          tsigKeyName: proof.keyName,
          tsigAlgorithm: 'HMACSHA256',
          tsigSecretSecretRef: secretOfCertManager(this, 'key', proof.key),
        },
      },
    };
  }
}
