import { toYaml } from '@ashlar/core';
import type { TcpService } from './tcp-service';
import { entryPointOf } from './traefik-static';

/** A TCP service: whatever arrives at its entry point. @see https://doc.traefik.io/traefik/reference/routing-configuration/tcp/service/ */
export function renderTraefikTcp({ name, upstream }: TcpService): string {
  const servers = upstream.servers().map(({ host }) => ({ address: `${host}:${upstream.port.from}` }));
  const { healthCheck: health } = upstream;
  const healthCheck = { ...(health?.port && { port: health.port.from }), interval: health?.interval.toGo() ?? '5s', timeout: '3s' };
  return toYaml({
    tcp: {
      routers: { [name]: { entryPoints: [entryPointOf(name)], rule: 'HostSNI(`*`)', service: name } },
      services: { [name]: { loadBalancer: { servers, healthCheck } } },
    },
  });
}
