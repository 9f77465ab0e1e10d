import { toYaml } from '@ashlar/core';
import type { ProxiedSite, SitePart } from './proxied-site';
import type { RetiredSite } from './retired-site';
import { resolverOf } from './traefik-static';

type Block = Readonly<Record<string, unknown>>;

/** A site as a file of the file provider. @see https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/router/ */
export function renderTraefikSite(site: ProxiedSite): string {
  const guards = guardsOf(site);
  const middlewares = { ...guards, ...(site.forceSsl && { [`${site.name}~to-https`]: TO_HTTPS }) };
  const routers = site.parts.flatMap(part => routersOf(site, part, Object.keys(guards)));
  const transport = { ...(site.verify ? { serverName: site.serverName } : { insecureSkipVerify: true }) };
  return toYaml({
    http: {
      routers: Object.fromEntries(routers),
      ...(Object.keys(middlewares).length > 0 && { middlewares }),
      services: Object.fromEntries(site.parts.map(part => [part.name, service(site, part)])),
      ...(site.scheme === 'https' && { serversTransports: { [site.name]: transport } }),
    },
  });
}

/** Names that lead elsewhere, or nowhere: a wildcard must not answer for them. */
export function renderTraefikRetired(site: RetiredSite): string {
  const { name, movedTo } = site;
  const secure = site.certificate.kind !== 'none';
  const routers = hostRules(site.names).flatMap(({ suffix, rule, priority }): [string, Block][] => {
    const router = { rule, priority, middlewares: [name], service: 'noop@internal' };
    const encrypted: [string, Block] = [`${name}${suffix}`, { entryPoints: ['websecure'], ...router, tls: tls(site) }];
    return [[`${name}${suffix}~http`, { entryPoints: ['web'], ...router }], ...(secure ? [encrypted] : [])];
  });
  const moved = { redirectRegex: { regex: '^https?://[^/]+(.*)$', replacement: `https://${movedTo}\${1}`, permanent: true } };
  return toYaml({ http: { routers: Object.fromEntries(routers), middlewares: { [name]: movedTo === undefined ? NOT_FOUND : moved } } });
}

/** A part of the site: over TLS; over HTTP the same, or the way to it. */
function routersOf(site: ProxiedSite, part: SitePart, guards: readonly string[]): [string, Block][] {
  return hostRules(site.names, part.path).flatMap(({ suffix, rule, priority }) => {
    const name = `${part.name}${suffix}`;
    const open = { rule, priority, ...(guards.length > 0 && { middlewares: guards }), service: part.name };
    const plain = site.forceSsl ? { rule, priority, middlewares: [`${site.name}~to-https`], service: 'noop@internal' } : open;
    const secure = { entryPoints: ['websecure'], ...open, tls: tls(site) };
    return [
      [`${name}~http`, { entryPoints: ['web'], ...plain }],
      ...(site.certificate.kind === 'none' ? [] : [[name, secure] as [string, Block]]),
    ];
  });
}

/** Names before wildcards, longer paths before shorter ones; by itself Traefik would take the longer rule. */
function hostRules(names: readonly string[], path = ''): { readonly suffix: string; readonly rule: string; readonly priority: number }[] {
  const exact = names.filter(name => !name.startsWith('*'));
  const wildcards = names.filter(name => name.startsWith('*'));
  const below = path === '' ? '' : ` && PathPrefix(\`${path}\`)`;
  const rule = (matchers: readonly string[]) =>
    below && matchers.length > 1 ? `(${matchers.join(' || ')})${below}` : matchers.join(' || ') + below;
  const pattern = (name: string) => `^[^.]+${name.slice(1).replaceAll('.', '\\.')}$`;
  return [
    { suffix: '', rule: rule(exact.map(name => `Host(\`${name}\`)`)), priority: 2000 + path.length, of: exact },
    {
      suffix: '~wildcard',
      rule: rule(wildcards.map(name => `HostRegexp(\`${pattern(name)}\`)`)),
      priority: 1000 + path.length,
      of: wildcards,
    },
  ].filter(({ of }) => of.length > 0);
}

/** Names are given because Traefik cannot tell those of a wildcard from its rule. */
function tls({ names, certificate }: ProxiedSite | RetiredSite): Block {
  const certResolver = resolverOf(certificate);
  const [main, ...sans] = names;
  return certResolver === undefined ? {} : { certResolver, domains: [{ main, ...(sans.length > 0 && { sans }) }] };
}

/** In the order in which a request passes them. */
function guardsOf({ name, hsts, accessList, rateLimit, forwardAuth }: ProxiedSite): Record<string, Block> {
  const clients = accessList?.prefixes() ?? [];
  return {
    ...(hsts && { [`${name}~hsts`]: { headers: { stsSeconds: 31_536_000 } } }),
    ...(clients.length > 0 && { [`${name}~clients`]: { ipAllowList: { sourceRange: clients } } }),
    ...(rateLimit && { [`${name}~rate`]: { rateLimit: { average: rateLimit.average, burst: rateLimit.burst } } }),
    ...(forwardAuth && {
      [`${name}~auth`]: {
        forwardAuth: {
          address: forwardAuth.url(),
          ...(forwardAuth.responseHeaders.length > 0 && { authResponseHeaders: forwardAuth.responseHeaders }),
        },
      },
    }),
    ...(accessList &&
      accessList.users.length > 0 && {
        [`${name}~users`]: { basicAuth: { usersFile: `/etc/traefik/users/${accessList.name}`, removeHeader: true } },
      }),
  };
}

function service(site: ProxiedSite, { upstream }: SitePart): Block {
  const { healthCheck: health, port } = upstream;
  return {
    loadBalancer: {
      servers: upstream.servers().map(({ host }) => ({ url: `${site.scheme}://${host}:${port.from}` })),
      ...(site.scheme === 'https' && { serversTransport: site.name }),
      ...(health && {
        healthCheck: {
          path: health.path,
          scheme: health.kind,
          ...(health.port && { port: health.port.from }),
          interval: health.interval.toGo(),
          timeout: '3s',
          hostname: site.serverName,
        },
      }),
    },
  };
}

const TO_HTTPS: Block = { redirectScheme: { scheme: 'https', permanent: true } };

/** Traefik has no answer of its own to give, so everybody is refused with that status: no packet comes from this address. */
const NOT_FOUND: Block = { ipAllowList: { sourceRange: ['255.255.255.255/32'], rejectStatusCode: 404 } };
