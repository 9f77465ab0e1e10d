import { Port, Secret, Site, Version } from '@ashlar/core';
import { KubernetesCluster, type Unit, Workload } from '@ashlar/kubernetes';
import { Internet, Vlan } from '@ashlar/network';
import {
  AcmeChallenge,
  AcmeIssuer,
  AcmeServer,
  Certificate,
  EnvoyGateway,
  Gateway,
  type GatewayProps,
  type IGatewayController,
} from '../src';

export const IMAGE = `ghcr.io/example/shop:1.4.2@sha256:${'a'.repeat(64)}`;

/** A cluster with an address pool, people who use it, and workloads in a namespace of their own. */
export function lab(
  controllerOf: (cluster: KubernetesCluster, shop: Unit) => IGatewayController = cluster => new EnvoyGateway(cluster, 'envoy'),
) {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24' });
  const people = new Vlan(site, 'people', { tag: 30, ipv4: '10.30.0.0/24' });
  const pool = servers.pool('load-balancers', { use: 'load-balancer', from: 200, to: 219 });
  const cluster = new KubernetesCluster(site, 'prod', {
    version: Version.of('1.34.2'),
    nodeAddresses: () => ['10.20.0.11/32', '10.20.0.12/32'],
  });
  cluster.installReleasesWith(Object.assign(site, { deliveryOf: () => ({ waits: 'It comes.', check: ['true'] as const }) }));
  const edge = cluster.namespace('edge');
  const shop = cluster.namespace('shop');
  const controller = controllerOf(cluster, shop);
  const workload = (name: string, port = 8080) => new Workload(shop, name, { image: IMAGE, port });
  let number = 200;
  const gateway = (name = 'public', props: Partial<GatewayProps> = {}) =>
    new Gateway(edge, name, { controller, address: pool.host(`${name}-gateway`, number++), ...props });
  return { site, servers, people, pool, cluster, controller, edge, shop, workload, gateway };
}

/** A gateway with an HTTPS listener for `host`, reached by people, whose certificate comes by way of DNS. */
export function served(host = 'shop.example.net', base = lab()) {
  const { site, edge, people, servers } = base;
  const gateway = base.gateway();
  const issuer = new AcmeIssuer(edge, 'letsencrypt', {
    server: AcmeServer.LETS_ENCRYPT,
    email: 'ops@example.net',
    challenge: AcmeChallenge.rfc2136({
      server: servers.host('ns1', 2),
      keyName: 'acme',
      key: Secret.fromKubernetes('cert-manager', 'acme-tsig', 'key'),
    }),
  });
  issuer.connections.allowTo(Internet.of(site), Port.tcp(443));
  const certificate = new Certificate(edge, 'shop', { issuer, hosts: [host] });
  const listener = gateway.https('shop', { host, certificate });
  gateway.connections.allowFrom(people);
  return { ...base, gateway, issuer, certificate, listener };
}
