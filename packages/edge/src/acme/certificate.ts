import { Check, ConfigError, Duration, type ILifecycle, type Lifecycle, Site, vacant } from '@ashlar/core';
import { namespaceOf, objectName, Unit } from '@ashlar/kubernetes';
import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { dnsHost, isWildcard } from '../gateway/dns-host';
import { AcmeIssuer } from './acme-issuer';
import { certificateLifecycle } from './certificate-lifecycle';
import { Http01Solver } from './http01-solver';
import { CERTIFICATE, isCertificate } from './is-certificate';
import { CERTIFICATE_UNSERVED } from './rules/certificate-unserved';

/** A certificate with its key, in a Secret of a namespace. */
export interface ICertificate extends IConstruct {
  /** Of type kubernetes.io/tls. */
  readonly secretName: string;
  readonly namespace: string;
  readonly hosts: readonly string[];
}

export interface CertificateProps {
  readonly issuer: AcmeIssuer;
  /** Names that it is for, 1–100. A wildcard needs a challenge by DNS. */
  readonly hosts: readonly string[];
  /** How long before its end it is renewed, 1–80 days. @default Duration.days(30), a third of Let's Encrypt's 90 days */
  readonly renewBefore?: Duration;
}

/**
 * A certificate that cert-manager orders, keeps in a Secret and renews. Its key is ECDSA P-256, and another one with each renewal.
 * @see https://cert-manager.io/docs/usage/certificate/
 */
export class Certificate extends Construct implements ICertificate, ILifecycle {
  public static isCertificate(x: unknown): x is Certificate {
    return isCertificate(x);
  }

  /** Refers to a certificate that somebody else keeps in a Secret of the namespace. */
  public static fromSecret(scope: Construct, id: string, secretName: string, hosts: readonly string[]): ICertificate {
    return new StoredCertificate(scope, id, secretName, hosts);
  }

  public readonly secretName: string;
  public readonly namespace: string;
  public readonly hosts: readonly string[];
  private readonly issuer: AcmeIssuer;

  /** @throws ACME_WILDCARD, CERTIFICATE_HOSTS, NAMESPACE_MISSING, PROP_* */
  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, CERTIFICATE, { value: true });
    const check = new Check(this);
    check.known(props, ['issuer', 'hosts', 'renewBefore']);
    const issuer = check.instance('issuer', props.issuer, { name: 'AcmeIssuer', is: AcmeIssuer.isAcmeIssuer }, 'issuer');
    this.issuer = issuer;
    this.namespace = namespaceOf(this);
    this.secretName = `${check.label('the name of a certificate', objectName(this))}-tls`;
    this.hosts = certificateHosts(this, props.hosts);
    const renewBefore = check.instance('renewBefore', props.renewBefore ?? Duration.days(30), Duration, 'Duration.days(30)');
    check.integer('renewBefore', renewBefore.toSeconds(), 86_400, 80 * 86_400, 'seconds');
    this.proveHosts(issuer);

    new ApiObject(this, 'Resource', {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      spec: {
        secretName: this.secretName,
        dnsNames: this.hosts,
        issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: issuer.name },
        privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
        usages: ['digital signature', 'server auth'],
        renewBefore: renewBefore.toGo(),
        revisionHistoryLimit: 1,
      },
    });
    Unit.find(this)?.startAfter(Unit.find(issuer) ?? issuer);
    Site.find(this)?.addRules(CERTIFICATE_UNSERVED);
  }

  public get lifecycle(): Lifecycle {
    return certificateLifecycle(this, this.issuer);
  }

  private proveHosts(issuer: AcmeIssuer): void {
    const { proof } = issuer.challenge;
    if (proof.kind !== 'http-01') return;
    const wildcard = this.hosts.find(isWildcard);
    if (wildcard) {
      throw new ConfigError(this, 'ACME_WILDCARD', `${wildcard} cannot be shown by http-01, which asks for a file of one name`, {
        fix: 'name each host, or use an issuer with AcmeChallenge.cloudflare or rfc2136',
        see: 'https://letsencrypt.org/docs/challenge-types/',
      });
    }
    if (this.namespace !== proof.gateway.namespace) {
      throw new ConfigError(
        this,
        'ACME_NAMESPACE',
        `is in namespace ${this.namespace}, and the gateway of its challenge takes routes of ${proof.gateway.namespace} only`,
        { fix: `make it in ${proof.gateway.namespace}` },
      );
    }
    const unit = Unit.find(this);
    if (unit) Http01Solver.of(unit).connections.allowFrom(proof.gateway);
  }
}

class StoredCertificate extends Construct implements ICertificate {
  public readonly secretName: string;
  public readonly namespace: string;
  public readonly hosts: readonly string[];

  constructor(scope: Construct, id: string, secretName: string, hosts: readonly string[]) {
    super(vacant(scope, id), id);
    this.namespace = namespaceOf(this);
    this.secretName = new Check(this).text(
      'secretName',
      secretName,
      /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/,
      'the name of a Secret',
      'shop-tls',
    );
    this.hosts = certificateHosts(this, hosts);
  }
}

const MOST_HOSTS = 100;

function certificateHosts(scope: IConstruct, given: readonly string[]): readonly string[] {
  const check = new Check(scope);
  const hosts = check.list('hosts', given, "'shop.example.net'").map(host => dnsHost(check, 'hosts', host));
  const twice = hosts.find((host, i) => hosts.indexOf(host) < i);
  if (twice) throw new ConfigError(scope, 'CERTIFICATE_HOSTS', `hosts has ${twice} twice`, { fix: 'name it once' });
  if (hosts.length > MOST_HOSTS) {
    throw new ConfigError(scope, 'CERTIFICATE_HOSTS', `hosts has ${hosts.length} names, and an authority takes ${MOST_HOSTS}`, {
      fix: 'make several certificates',
      see: 'https://letsencrypt.org/docs/rate-limits/',
    });
  }
  return [...hosts].sort();
}
