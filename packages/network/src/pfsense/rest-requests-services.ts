import type { PfSense } from './pfsense';
import type { PfSenseSettings } from './pfsense-settings';
import type { RestRequest } from './rest-requests';

/** DHCP, the resolver and time. */
export function serviceRequests({ interfaces }: PfSense, { dhcp, resolver }: PfSenseSettings): RestRequest[] {
  const request = (method: RestRequest['method'], endpoint: string, body: object = {}) => ({
    method,
    endpoint: `/api/v2/services/${endpoint}`,
    body,
  });
  const inside = interfaces.segments.map(({ descr }) => descr);
  const servers = dhcp.map(({ on, ranges: [first, ...others], router, domain, hosts }) => ({
    interface: on.descr,
    enable: true,
    range_from: first?.from,
    range_to: first?.to,
    domain,
    gateway: router,
    dnsserver: [router],
    ntpserver: [router],
    pool: others.map(({ from, to }) => ({ range_from: from, range_to: to })),
    staticmap: hosts.map(({ mac, address, name, fqdn }) => ({ mac, ipaddr: address, hostname: name, descr: fqdn })),
  }));
  const hosts = resolver.hosts.map(({ host, domain, ips, descr, aliases }) => ({
    host,
    domain,
    ip: ips,
    descr,
    aliases: aliases.map(alias => ({ ...alias, descr: '' })),
  }));
  return [
    request('PUT', 'dhcp_servers', servers),
    request('POST', 'dhcp_server/apply'),
    request('PATCH', 'dns_resolver/settings', {
      enable: true,
      dnssec: true,
      active_interface: [...inside, 'lo0'],
      outgoing_interface: ['all'],
      custom_options: resolver.options,
    }),
    request('PUT', 'dns_resolver/domain_overrides', resolver.domains),
    request('PUT', 'dns_resolver/host_overrides', hosts),
    request('POST', 'dns_resolver/apply'),
    request('PATCH', 'ntp/settings', { enable: true, interface: inside }),
  ];
}
