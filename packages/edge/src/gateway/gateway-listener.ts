import { Check, ConfigError, pathOf, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import type { ICertificate } from '../acme/certificate';
import { certifies, dnsHost, serves } from './dns-host';
import type { Gateway } from './gateway';

export type ListenerProtocol = 'HTTP' | 'HTTPS' | 'TLS' | 'TCP';

export interface GatewayListenerProps {
  readonly protocol: ListenerProtocol;
  /** 1–65535 */
  readonly port: number;
  /** Name that clients ask for, in the TLS greeting or the request. @default - any; with HTTPS and TLS it is needed */
  readonly host?: string;
  /** With HTTPS. */
  readonly certificate?: ICertificate;
}

/** A port of a gateway, and the name that it serves there. */
export class GatewayListener extends Construct {
  public readonly gateway: Gateway;
  /** Its section of the gateway. */
  public readonly name: string;
  public readonly protocol: ListenerProtocol;
  public readonly port: number;
  public readonly host?: string;
  public readonly certificate?: ICertificate;
  private readonly routeList: Construct[] = [];

  /** Call `gateway.https(…)` and friends instead. @throws LISTENER_PORT, LISTENER_HOST, LISTENER_CERTIFICATE, PROP_* */
  constructor(gateway: Gateway, id: string, props: GatewayListenerProps) {
    super(vacant(gateway, `listener-${id}`), `listener-${id}`);
    const check = new Check(this);
    this.gateway = gateway;
    this.name = check.label('the id of a listener', id);
    this.protocol = props.protocol;
    this.port = check.integer('port', props.port, 1, 65_535);
    const named = this.protocol === 'HTTPS' || this.protocol === 'TLS';
    if (named) this.host = dnsHost(check, 'host', props.host as string);
    this.refuseClash();
    if (this.protocol === 'HTTPS') this.certificate = this.fitting(check.present('certificate', props.certificate, 'certificate'));
    gateway.addListener(this);
  }

  /** Routes that take from it. */
  public get routes(): readonly Construct[] {
    return this.routeList;
  }

  /** @internal */
  public addRoute(route: Construct): void {
    this.routeList.push(route);
  }

  public serves(host: string): boolean {
    return this.host === undefined || serves(this.host, host);
  }

  /** @see https://gateway-api.sigs.k8s.io/reference/spec/#listener */
  public toJson(): object {
    return {
      name: this.name,
      protocol: this.protocol,
      port: this.port,
      ...(this.host && { hostname: this.host }),
      ...(this.certificate && { tls: { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: this.certificate.secretName }] } }),
      ...(this.protocol === 'TLS' && { tls: { mode: 'Passthrough' } }),
      allowedRoutes: { namespaces: { from: 'Same' } },
    };
  }

  /** HTTPS and TLS share a port as long as the names differ; nothing else does. */
  private refuseClash(): void {
    const byName = (protocol: ListenerProtocol) => protocol === 'HTTPS' || protocol === 'TLS';
    for (const other of this.gateway.listeners.filter(({ port }) => port === this.port)) {
      if (byName(other.protocol) && byName(this.protocol) && other.host !== this.host) continue;
      const same = byName(other.protocol) && byName(this.protocol);
      throw new ConfigError(
        this,
        'LISTENER_PORT',
        same
          ? `serves ${this.host} on port ${this.port}, which ${pathOf(other)} already does`
          : `listens for ${this.protocol} on port ${this.port}, where ${pathOf(other)} listens for ${other.protocol}`,
        { fix: same ? 'use the listener that is there' : 'choose another port' },
      );
    }
  }

  private fitting(certificate: ICertificate): ICertificate {
    if (typeof certificate.secretName !== 'string') {
      throw new ConfigError(this, 'LISTENER_CERTIFICATE', 'certificate must be a Certificate', {
        got: certificate,
        fix: "write new Certificate(edge, 'shop', { issuer, hosts: ['shop.example.net'] })",
      });
    }
    if (certificate.namespace !== this.gateway.namespace) {
      throw new ConfigError(
        this,
        'LISTENER_CERTIFICATE',
        `the certificate ${pathOf(certificate)} is in namespace ${certificate.namespace}, and the gateway in ${this.gateway.namespace}`,
        { fix: `make the certificate in ${this.gateway.namespace}` },
      );
    }
    if (!certificate.hosts.some(pattern => certifies(pattern, this.host as string))) {
      throw new ConfigError(
        this,
        'LISTENER_CERTIFICATE',
        `serves ${this.host}, and the certificate ${pathOf(certificate)} is for ${certificate.hosts.join(', ')}`,
        { fix: `add ${this.host} to its hosts` },
      );
    }
    return certificate;
  }
}
