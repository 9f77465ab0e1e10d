import { Check, Claims, ConfigError, isConnectable, pathOf, vacant } from '@ashlar/core';
import { type IWorkload, KubernetesCluster, namespaceOf, Unit } from '@ashlar/kubernetes';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { ICertificate } from '../acme/certificate';
import { certifies, dnsHost, isWildcard } from '../gateway/dns-host';
import { isTraefikRoute, TRAEFIK_ROUTE } from './is-traefik-route';
import { Middleware } from './middleware';
import { TraefikIngress } from './traefik-ingress';

export interface TraefikRouteProps {
  readonly ingress: TraefikIngress;
  /** Name that clients ask for, no wildcard. */
  readonly host: string;
  /** Of the namespace of the route. */
  readonly to: IWorkload;
  /** Beginning of the path. @default `/` */
  readonly path?: string;
  /** Of the namespace, in the order in which they see a request. @default - none */
  readonly middlewares?: readonly Middleware[];
  /** Of the namespace, for the host. @default - the one that Traefik signs itself, which no browser trusts */
  readonly certificate?: ICertificate;
}

/** A web service behind Traefik, by its own definitions. @see https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/http/ingressroute/ */
export class TraefikRoute extends Construct {
  public static isTraefikRoute(x: unknown): x is TraefikRoute {
    return isTraefikRoute(x);
  }

  public readonly host: string;
  public readonly certificate?: ICertificate;
  public readonly url: string;

  /** @throws ROUTE_*, PROP_* */
  constructor(scope: Construct, id: string, props: TraefikRouteProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, TRAEFIK_ROUTE, { value: true });
    const check = new Check(this);
    check.known(props, ['ingress', 'host', 'to', 'path', 'middlewares', 'certificate']);
    const ingress = check.instance('ingress', props.ingress, { name: 'TraefikIngress', is: TraefikIngress.isTraefikIngress }, 'traefik');
    const namespace = namespaceOf(this);
    const host = dnsHost(check, 'host', props.host);
    if (isWildcard(host)) {
      throw new ConfigError(this, 'ROUTE_HOST', `host is a wildcard, and Traefik takes ${host} for that very name`, {
        fix: 'name the host',
      });
    }
    const path = check.text('path', props.path ?? '/', /^\/[-A-Za-z0-9/._~]*$/, 'a path that starts with /', '/api');
    this.host = host;
    this.url = `https://${host}${path}`;
    Claims.of(ingress).claim('traefik route', `${pathOf(ingress)} ${host}${path.replace(/(?<=.)\/$/, '')}`, this, holder => {
      return new ConfigError(this, 'ROUTE_TAKEN', `takes ${host}${path}, which ${pathOf(holder)} already takes`, {
        fix: 'choose another path',
      });
    });
    const port = this.letIn(ingress, namespace, props.to);
    const middlewares = (props.middlewares ?? []).map(middleware => this.chained(check, ingress, namespace, middleware));
    this.certificate = props.certificate && this.fitting(props.certificate, namespace, host);

    new ApiObject(this, 'Resource', {
      apiVersion: 'traefik.io/v1alpha1',
      kind: 'IngressRoute',
      spec: {
        ingressClassName: ingress.className,
        entryPoints: ['websecure'],
        routes: [
          {
            kind: 'Rule',
            match: `Host(\`${host}\`)${path === '/' ? '' : ` && PathPrefix(\`${path}\`)`}`,
            ...(middlewares.length > 0 && { middlewares }),
            services: [{ name: props.to.name, port }],
          },
        ],
        tls: this.certificate ? { secretName: this.certificate.secretName } : {},
      },
    });
    Unit.find(this)?.startAfter(ingress.unit);
  }

  private letIn(ingress: TraefikIngress, namespace: string, to: IWorkload): number {
    if (!isConnectable(to)) throw new ConfigError(this, 'ROUTE_TO', 'to must be a workload', { got: to, fix: 'pass the Workload itself' });
    const port = to.connections.defaultPort;
    if (!port) throw new ConfigError(this, 'ROUTE_PORT', `leads to ${pathOf(to)}, which serves no port`, { fix: 'write port: 8080 there' });
    if (KubernetesCluster.find(to) !== ingress.cluster) {
      throw new ConfigError(this, 'ROUTE_CLUSTER', `leads to ${pathOf(to)}, which does not run in ${ingress.cluster.name}`, {
        fix: 'make a TraefikIngress in its cluster',
      });
    }
    if (to.namespace !== namespace) {
      throw new ConfigError(this, 'ROUTE_NAMESPACE', `is in namespace ${namespace}, and ${pathOf(to)} in ${to.namespace}`, {
        fix: `make the route in ${to.namespace}`,
      });
    }
    to.connections.allowFrom(ingress);
    return port.from;
  }

  private chained(check: Check, ingress: TraefikIngress, namespace: string, middleware: Middleware): { name: string } {
    check.instance('middlewares', middleware, { name: 'Middleware', is: Middleware.isMiddleware }, "[Middleware.headers(shop, 'headers')]");
    if (middleware.namespace !== namespace) {
      throw new ConfigError(this, 'ROUTE_NAMESPACE', `is in namespace ${namespace}, and ${pathOf(middleware)} in ${middleware.namespace}`, {
        fix: `make the middleware in ${namespace}`,
      });
    }
    middleware.asks?.connections.allowFrom(ingress);
    return { name: middleware.name };
  }

  private fitting(certificate: ICertificate, namespace: string, host: string): ICertificate {
    if (certificate.namespace === namespace && certificate.hosts.some(pattern => certifies(pattern, host))) return certificate;
    throw new ConfigError(
      this,
      'ROUTE_CERTIFICATE',
      `serves ${host} from namespace ${namespace}, and the certificate ${pathOf(certificate)} is for ${certificate.hosts.join(', ')} in ${certificate.namespace}`,
      { fix: `make a certificate for ${host} in ${namespace}` },
    );
  }
}
