import { toYaml } from '@ashlar/core';
import type { TraefikFile } from './traefik-file';

/**
 * TLS of every site: a client that names none of them is refused, instead of being shown a certificate made up on the spot.
 * @see https://doc.traefik.io/traefik/reference/routing-configuration/http/tls/tls-options/
 */
export function renderTraefikTls(proxy: TraefikFile): string {
  const stored = [...proxy.sites, ...proxy.retired].filter(site => site.certificate.kind === 'stored').map(site => site.certificate.name);
  const certificates = [...new Set(stored)].sort().map(name => ({
    certFile: `/etc/traefik/certificates/${name}.crt`,
    keyFile: `/etc/traefik/certificates/${name}.key`,
  }));
  return toYaml({
    tls: { options: { default: { minVersion: 'VersionTLS12', sniStrict: true } }, ...(certificates.length > 0 && { certificates }) },
  });
}
