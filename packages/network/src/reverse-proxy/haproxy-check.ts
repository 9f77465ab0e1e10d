import type { Upstream } from './upstream';

/** How the servers of a section are asked whether they are well. @param host name in the request over HTTP */
export function checkLines({ healthCheck }: Upstream, host: string): string[] {
  switch (healthCheck?.kind) {
    case 'http':
    case 'https':
      return [
        'option httpchk',
        `http-check send meth GET uri ${healthCheck.path} ver HTTP/1.1 hdr Host ${host}`,
        'http-check expect status 200-399',
      ];
    case 'postgres':
      return [`option pgsql-check user ${healthCheck.user}`];
    default:
      return [];
  }
}

/**
 * The same for one server. After three failures it is left out, after two successes it is back.
 * @param encrypted whether the server is spoken to over TLS, and so has what it needs for the check
 */
export function checkOptions({ healthCheck, port }: Upstream, encrypted: boolean): string[] {
  const interval = `${healthCheck?.interval.toSeconds() ?? 5}s`;
  const own = healthCheck?.port !== undefined && healthCheck.port.from !== port.from ? [`port ${healthCheck.port.from}`] : [];
  const tls = healthCheck?.kind === 'https' ? ['check-ssl', ...(encrypted ? [] : ['verify none'])] : [];
  return ['check', ...own, ...tls, `inter ${interval}`, 'fall 3', 'rise 2'];
}
