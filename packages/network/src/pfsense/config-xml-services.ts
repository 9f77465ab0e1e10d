import type { PfSense } from './pfsense';
import type { DhcpServer, RouterAdvertisement } from './pfsense-dhcp';
import type { PfSenseResolver } from './pfsense-resolver';
import type { XmlNode } from './xml';

export function dhcpXml(servers: readonly DhcpServer[]): XmlNode {
  return Object.fromEntries(
    servers.map(({ on, ranges: [first, ...others], router, domain, hosts }) => {
      const content: XmlNode = {
        enable: true,
        range: { ...first },
        gateway: router,
        dnsserver: router,
        ntpserver: router,
        domain,
        pool: others.map(range => ({ range: { ...range } })),
        staticmap: hosts.map(({ mac, address, name, fqdn }) => ({ mac, ipaddr: address, hostname: name, descr: fqdn })),
      };
      return [on.id, content];
    }),
  );
}

/** `unmanaged`: hosts make their addresses themselves; `assist`: they may ask for one as well. */
export function routerAdvertisementsXml(advertisements: readonly RouterAdvertisement[]): XmlNode | undefined {
  if (advertisements.length === 0) return undefined;
  return Object.fromEntries(
    advertisements.map(({ on, router, domain, range }) => {
      const server: XmlNode = range ? { enable: true, range: { ...range }, dnsserver: router } : {};
      const advertised: XmlNode = { ramode: range ? 'assist' : 'unmanaged', rapriority: 'medium', radnsserver: router };
      return [on.id, { ...server, domain, ...advertised, radomainsearchlist: domain } satisfies XmlNode];
    }),
  );
}

export function resolverXml({ interfaces }: PfSense, { domains, hosts, options }: PfSenseResolver): XmlNode {
  return {
    enable: true,
    dnssec: true,
    active_interface: [...interfaces.segments.map(({ id }) => id), 'lo0'].join(','),
    outgoing_interface: 'all',
    hideidentity: true,
    hideversion: true,
    // pfSense keeps such options in base 64.
    custom_options: options === '' ? undefined : Buffer.from(options).toString('base64'),
    domainoverrides: domains.map(override => ({ ...override })),
    hosts: hosts.map(({ host, domain, ips, descr, aliases }) => ({
      host,
      domain,
      ip: ips.join(','),
      descr,
      aliases: { item: aliases.map(alias => ({ ...alias, description: true })) },
    })),
  };
}

/** Its time servers are those of `system`. */
export function timeXml({ interfaces }: PfSense): XmlNode {
  return { enable: 'enabled', interface: interfaces.segments.map(({ id }) => id).join(',') };
}
