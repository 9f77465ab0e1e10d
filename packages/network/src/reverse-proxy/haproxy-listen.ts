import { checkLines, checkOptions } from './haproxy-check';
import type { TcpService } from './tcp-service';

/** A TCP service. Its sessions last; those with a server that has failed are ended, so that clients connect to another. */
export function renderListen({ name, upstream }: TcpService, binds: readonly string[]): string[] {
  return [
    `listen ${name}`,
    ...binds,
    'mode tcp',
    'option tcplog',
    'option tcpka',
    'timeout client 1h',
    'timeout server 1h',
    `balance ${upstream.balance ?? 'leastconn'}`,
    ...checkLines(upstream, name),
    `default-server on-marked-down shutdown-sessions`,
    ...upstream
      .servers()
      .map(server => ['server', server.name, `${server.host}:${upstream.port.from}`, ...checkOptions(upstream, false)].join(' ')),
  ];
}
