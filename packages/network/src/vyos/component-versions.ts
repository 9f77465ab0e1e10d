/** Releases whose syntax is known. */
export type Version = '1.4' | '1.5';

/** What changed by steps of its own in each release; VyOS migrates a configuration from the versions that its last lines name. */
const COMMON =
  'bgp@5:broadcast-relay@1:cluster@2:config-management@1:conntrack@5:conntrack-sync@2:container@2:dhcp-relay@2:dns-dynamic@4:dns-forwarding@4:flow-accounting@1:ids@1:ipsec@13:isis@3:l2tp@9:lldp@2:mdns@1:monitoring@1:nat@8:nat66@3:ntp@3:openconnect@3:ospf@2:pim@1:policy@8:pptp@5:qos@2:quagga@11:rip@1:rpki@2:salt@1:snmp@3:ssh@2:sstp@6:system@27:vrf@3:vrrp@4:vyos-accel-ppp@2:wanloadbalance@3:webproxy@2';

const OWN: Readonly<Record<Version, { readonly release: string; readonly components: string }>> = {
  '1.4': {
    release: '1.4.3',
    components: 'dhcp-server@8:dhcpv6-server@1:firewall@15:https@6:interfaces@32:ipoe-server@3:pppoe-server@10:reverse-proxy@1',
  },
  '1.5': {
    release: '1.5-rolling',
    components: 'dhcp-server@11:dhcpv6-server@6:firewall@17:https@7:interfaces@33:ipoe-server@4:openvpn@4:pppoe-server@11:reverse-proxy@2',
  },
};

/** The last lines of a `config.boot`, without which VyOS takes it for one of its first release. */
export function footer(version: Version): string {
  const { release, components } = OWN[version];
  const all = [...COMMON.split(':'), ...components.split(':')].sort().join(':');
  return [
    '',
    '// Warning: Do not remove the following line.',
    `// vyos-config-version: "${all}"`,
    `// Release version: ${release}`,
    '',
  ].join('\n');
}
