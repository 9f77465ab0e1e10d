import { ConfigError, pathOf, toYaml } from '@ashlar/core';
import type { Certificate } from './certificate';
import type { DeploySecret } from './deploy-secrets';
import type { TraefikFile } from './traefik-file';

/** What Traefik reads once, at its start. @see https://doc.traefik.io/traefik/reference/install-configuration/configuration-options/ */
export function renderTraefikStatic(proxy: TraefikFile): string {
  const resolvers = resolversOf(proxy);
  const ports = proxy.tcpServices.map(service => [entryPointOf(service.name), { address: `:${service.listen.from}` }] as const);
  return toYaml({
    global: { checkNewVersion: false, sendAnonymousUsage: false },
    log: { level: 'INFO', format: 'json' },
    accessLog: { format: 'json' },
    entryPoints: { web: { address: ':80' }, websecure: { address: ':443' }, ...Object.fromEntries(ports) },
    providers: { file: { directory: '/etc/traefik/dynamic', watch: true } },
    ...(resolvers.length > 0 && {
      certificatesResolvers: Object.fromEntries(
        resolvers.map(([name, certificate]) => [
          name,
          {
            acme: {
              email: proxy.email,
              storage: `/var/lib/traefik/acme-${name}.json`,
              ...(certificate.kind === 'http-01'
                ? { httpChallenge: { entryPoint: 'web' } }
                : { dnsChallenge: { provider: certificate.name } }),
            },
          },
        ]),
      ),
    }),
  });
}

/** Entry point of a TCP service: none of those of the sites. */
export function entryPointOf(service: string): string {
  return `${service}-tcp`;
}

/** Name of the resolver that gets a certificate; undefined when Traefik does not get it. */
export function resolverOf(certificate: Certificate): string | undefined {
  if (certificate.kind === 'dns-01') return certificate.name;
  return certificate.kind === 'http-01' ? 'http-01' : undefined;
}

/**
 * What the DNS providers want, as variables of Traefik's environment.
 * @throws TRAEFIK_CREDENTIALS when two sites give one variable two values
 */
export function credentials(proxy: TraefikFile): readonly DeploySecret[] {
  const given = new Map<string, { readonly from: string; readonly by: string }>();
  return [...proxy.sites, ...proxy.retired].flatMap(site =>
    Object.entries(site.certificate.credentials).map(([entry, secret]) => {
      const from = secret.describe();
      const other = given.get(entry);
      if (other && other.from !== from) {
        throw new ConfigError(site, 'TRAEFIK_CREDENTIALS', `${entry} is ${from}, and is ${other.from} in ${other.by}`, {
          fix: 'Traefik has one environment: take one secret for both',
        });
      }
      given.set(entry, { from, by: pathOf(site) });
      return { file: '/etc/traefik/environment', entry, secret };
    }),
  );
}

/** By name, each once. */
function resolversOf(proxy: TraefikFile): [name: string, certificate: Certificate][] {
  const found = new Map<string, Certificate>();
  for (const { certificate } of [...proxy.sites, ...proxy.retired]) {
    const name = resolverOf(certificate);
    if (name !== undefined) found.set(name, certificate);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}
