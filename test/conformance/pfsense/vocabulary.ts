/** What an element of `config.xml` may hold: elements by name, or text. */
export interface Content {
  /** Elements that may stand there. */
  readonly elements?: Readonly<Record<string, Content>>;
  /** Any element may, each with this content: names of interfaces. */
  readonly each?: Content;
  /** Text of this form; without one, any. */
  readonly form?: RegExp;
}

/** Elements that pfSense's parser reads as lists; any other that stands twice in one place makes it give up. `xmlparse.inc`, `listtags` */
export const LISTS = new Set(
  'alias dnsserver domainoverrides gateway_item hosts item ntpserver pool ppp radnsserver route rule staticmap vip vlan'.split(' '),
);

const text: Content = {};
const flag: Content = { form: /^$/ };
const number: Content = { form: /^\d+$/ };
const one = (...choices: readonly string[]): Content => ({ form: new RegExp(`^(${choices.join('|')})$`) });
const of = (names: string, content: Content = text): Record<string, Content> => {
  return Object.fromEntries(names.split(' ').map(name => [name, content]));
};
const range: Content = { elements: of('from to') };
const end: Content = { elements: { any: flag, not: flag, network: text, address: text, port: { form: /^\d{1,5}(-\d{1,5})?$/ } } };
const inbound = of('source destination', end);

/**
 * The sections that are written here, with the elements that pfSense reads in each.
 * @see https://github.com/pfsense/pfsense, commit 9363ac5 of 2026-03-31: `filter.inc`, `interfaces.inc`, `services.inc`, `unbound.inc`,
 * `system.inc`, `gwlb.inc` and the pages that write the elements
 */
export const CONFIG: Content = {
  elements: {
    vlans: { elements: { vlan: { elements: { ...of('if descr vlanif'), tag: number, pcp: { form: /^[0-7]?$/ } } } } },
    interfaces: {
      each: {
        elements: {
          ...of('enable blockpriv blockbogons', flag),
          ...of('if descr ipaddr ipaddrv6 gateway gatewayv6'),
          ...of('subnet subnetv6 mtu mss', number),
        },
      },
    },
    ppps: { elements: { ppp: { elements: { ...of('if ports username password'), ...of('ptpid mtu', number), type: one('pppoe') } } } },
    gateways: {
      elements: {
        gateway_item: {
          elements: { ...of('interface gateway name descr'), weight: number, ipprotocol: one('inet', 'inet6') },
        },
        ...of('defaultgw4 defaultgw6'),
      },
    },
    virtualip: {
      elements: {
        vip: {
          elements: {
            ...of('interface uniqid descr subnet'),
            mode: one('ipalias', 'carp', 'proxyarp', 'other'),
            type: one('single', 'network'),
            subnet_bits: number,
          },
        },
      },
    },
    aliases: {
      elements: {
        alias: { elements: { name: { form: /^(?!\d+$)\w{1,31}$/ }, type: one('host', 'network', 'port'), ...of('address descr detail') } },
      },
    },
    dhcpd: {
      each: {
        elements: {
          enable: flag,
          range,
          ...of('gateway dnsserver ntpserver domain'),
          pool: { elements: { range } },
          staticmap: { elements: of('mac ipaddr hostname descr') },
        },
      },
    },
    dhcpdv6: {
      each: {
        elements: {
          enable: flag,
          range,
          ...of('dnsserver domain radnsserver radomainsearchlist'),
          ramode: one('disabled', 'router', 'unmanaged', 'managed', 'assist', 'stateless_dhcp'),
          rapriority: one('low', 'medium', 'high'),
        },
      },
    },
    unbound: {
      elements: {
        ...of('enable dnssec hideidentity hideversion', flag),
        ...of('active_interface outgoing_interface'),
        custom_options: { form: /^[A-Za-z0-9+/]*={0,2}$/ },
        domainoverrides: { elements: of('domain ip descr') },
        hosts: {
          elements: { ...of('host domain ip descr'), aliases: { elements: { item: { elements: of('host domain description') } } } },
        },
      },
    },
    ntpd: { elements: { enable: one('enabled', 'disabled'), interface: text } },
    nat: {
      elements: {
        rule: {
          elements: {
            ...inbound,
            ...of('interface target local-port descr'),
            ipprotocol: one('inet', 'inet6'),
            protocol: one('tcp', 'udp', 'tcp/udp', 'sctp'),
            natreflection: one('enable', 'disable', 'purenat'),
            'associated-rule-id': { form: /^(pass)?$/ },
          },
        },
        outbound: {
          elements: {
            mode: one('automatic', 'hybrid', 'advanced', 'disabled'),
            rule: {
              elements: {
                ...inbound,
                ...of('interface sourceport target poolopts descr'),
                dstport: { form: /^(\d{1,5}(:\d{1,5})?)?$/ },
                protocol: one('tcp', 'udp', 'tcp/udp', 'sctp'),
              },
            },
          },
        },
      },
    },
    filter: {
      elements: {
        rule: {
          elements: {
            ...inbound,
            ...of('log disablereplyto', flag),
            ...of('interface descr'),
            tracker: { form: /^\d{10}$/ },
            type: one('pass', 'block', 'reject'),
            ipprotocol: one('inet', 'inet6', 'inet46'),
            protocol: one('tcp', 'udp', 'tcp/udp', 'sctp', 'icmp'),
            icmptype: one('echoreq'),
            statetype: one('keep state'),
          },
        },
      },
    },
  },
};
