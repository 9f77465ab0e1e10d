import { Port } from '@ashlar/core';
import { comparisonOf } from '../src/comparison';
import type { DeclaredEnd } from '../src/declaration';
import { Network } from '../src/network';
import { findingsOf } from '../src/proof-findings';
import { Reachability } from '../src/reachability';
import type { HostFirewall } from '../src/router';
import type { Segment } from '../src/segment';
import { addressesOf } from '../src/space/address-text';
import { readVyos } from '../src/vyos/read-vyos';

const both = (...texts: string[]) => ({ 4: addressesOf(texts, 4), 6: addressesOf(texts, 6) });
const segment = (name: string, cidr: string, ...gateways: string[]): Segment => ({
  name,
  path: `lab/${name}`,
  addresses: both(cidr),
  gateways,
});
const end = (path: string, ...texts: string[]): DeclaredEnd => ({
  path: `lab/${path}`,
  internet: texts.includes('0.0.0.0/0'),
  addresses: both(...texts),
});
const ssh = Port.tcp(22);

/** A gateway between two interfaces that passes 22/tcp one way. */
const between = (a: string, b: string, extra = '') => `
interfaces {
  ethernet eth1 {\naddress ${a}\n}
  ethernet eth2 {\naddress ${b}\n}
}
firewall {
  global-options {\nstate-policy {\nestablished {\naction accept\n}\n}\n}
  ipv4 {\nname IN {\ndefault-action drop\nrule 1 {\naction accept\nprotocol tcp\ndestination {\nport 22\n}\n}\n}\n}
  zone a {\ninterface eth1\n}
  zone b {\ninterface eth2\nfrom a {\nfirewall {\nname IN\n}\n}\n}
  zone l {\nlocal-zone\n}
}
${extra}`;

const route = (prefix: string, hop: string) => `protocols {\nstatic {\nroute ${prefix} {\nnext-hop ${hop} {\n}\n}\n}\n}\n`;

describe('two routers, one behind the other', () => {
  const segments = [
    segment('near', '10.1.0.0/24', '10.1.0.1'),
    segment('transit', '10.2.0.0/29', '10.2.0.1'),
    segment('far', '10.3.0.0/24', '10.3.0.1'),
  ];
  const flows = [
    { from: end('near', '10.1.0.0/24'), to: end('far', '10.3.0.0/24'), port: ssh },
    { from: end('near', '10.1.0.0/24'), to: end('transit', '10.2.0.0/29'), port: ssh },
    { from: end('transit', '10.2.0.0/29'), to: end('far', '10.3.0.0/24'), port: ssh },
  ];
  const first = (extra: string) => readVyos('devices/vyos/first/config.boot', between('10.1.0.1/24', '10.2.0.1/29', extra));
  const second = (extra: string) => readVyos('devices/vyos/second/config.boot', between('10.2.0.2/29', '10.3.0.1/24', extra));
  const findings = (network: Network) =>
    findingsOf(network, comparisonOf(Reachability.of(network), { segments, flows }), 'lab/proof').map(f => f.message);

  test('a packet meets the rules of both', () => {
    const network = new Network(segments, [first(route('10.3.0.0/24', '10.2.0.2')), second(route('10.1.0.0/24', '10.2.0.1'))]);
    const reachability = Reachability.of(network);
    expect(reachability.ask({ from: '10.1.0.9', to: '10.3.0.9', port: ssh })).toEqual({
      reachable: true,
      witness: {
        source: '10.1.0.9',
        destination: '10.3.0.9',
        protocol: 'tcp',
        port: 22,
        through: ['devices/vyos/first/config.boot: ipv4 name IN rule 1', 'devices/vyos/second/config.boot: ipv4 name IN rule 1'],
      },
    });
    expect(reachability.ask({ from: '10.3.0.0/24', to: '10.1.0.0/24' })).toEqual({ reachable: false });
  });

  test('a router that has no way back does not take part', () => {
    const network = new Network(segments, [first(route('10.3.0.0/24', '10.2.0.2')), second('')]);
    expect(Reachability.of(network).ask({ from: '10.1.0.9', to: '10.3.0.9', port: ssh })).toEqual({ reachable: false });
    expect(findings(network)).toEqual([
      'the flow from lab/near to lab/far on 22/tcp is declared, and does not get through (10.1.0.0 to 10.3.0.0): devices/vyos/second/config.boot routes its answers elsewhere',
    ]);
  });

  test('a discarded prefix, and one without a route, are told apart', () => {
    const lost = new Network(segments, [first(''), second(route('10.1.0.0/24', '10.2.0.1'))]);
    expect(findings(lost)).toContain(
      'the flow from lab/near to lab/far on 22/tcp is declared, and does not get through (10.1.0.0 to 10.3.0.0): devices/vyos/first/config.boot has no route to 10.3.0.0',
    );
    const discarded = 'protocols {\nstatic {\nroute 10.3.0.0/24 {\nblackhole {\n}\n}\n}\n}\n';
    expect(findings(new Network(segments, [first(discarded), second(route('10.1.0.0/24', '10.2.0.1'))]))).toContain(
      'the flow from lab/near to lab/far on 22/tcp is declared, and does not get through (10.1.0.0 to 10.3.0.0): devices/vyos/first/config.boot has a route that discards 10.3.0.0',
    );
  });

  test('behind a translation, the next router sees the address of the one before', () => {
    const hiding = `${route('10.3.0.0/24', '10.2.0.2')}nat {\nsource {\nrule 1 {\noutbound-interface {\nname eth2\n}\ntranslation {\naddress masquerade\n}\n}\n}\n}\n`;
    const network = new Network(segments, [first(hiding), second('')]);
    const { witness } = Reachability.of(network).ask({ from: '10.1.0.0/24', to: '10.3.0.9', port: ssh });
    expect(witness?.source).toBe('10.1.0.0');
  });
});

describe('guests with firewalls of their own', () => {
  const segments = [segment('lan', '10.1.0.0/24', '10.1.0.1'), segment('dmz', '10.2.0.0/24', '10.2.0.1')];
  const router = readVyos('devices/vyos/gw/config.boot', between('10.1.0.1/24', '10.2.0.1/24'));
  const accepts = (source?: string): HostFirewall['incoming'] => ({
    name: 'guest db in',
    otherwise: 'drop',
    rules: [
      {
        action: 'accept',
        name: 'guest db rule 0',
        match: { protocols: ['tcp'], ports: [{ first: 22n, last: 22n }], ...(source && { source: addressesOf([source], 4) }) },
      },
    ],
  });
  const guest = (
    incoming: HostFirewall['incoming'],
    outgoing: HostFirewall['outgoing'] = { name: 'guest db out', rules: [], otherwise: 'accept' },
  ): HostFirewall => {
    return { file: 'terraform/t/cdk.tf.json', name: 'db', family: 4, addresses: addressesOf(['10.2.0.5'], 4), incoming, outgoing };
  };
  const flows = [{ from: end('lan', '10.1.0.0/24'), to: end('dmz', '10.2.0.0/24'), port: ssh }];
  const findings = (...firewalls: HostFirewall[]) => {
    const network = new Network(segments, [router], firewalls);
    return findingsOf(network, comparisonOf(Reachability.of(network), { segments, flows }), 'lab/proof').map(f => f.message);
  };

  test('both the router and the guest decide', () => {
    expect(findings(guest(accepts('10.1.0.0/24')))).toEqual([]);
    expect(findings(guest(accepts('10.1.0.0/25')))).toEqual([
      'the flow from lab/lan to lab/dmz on 22/tcp is declared, and does not get through (10.1.0.128 to 10.2.0.5): terraform/t/cdk.tf.json drops it: guest db in, none of whose rules lets it through',
    ]);
  });

  test('neighbors in its segment reach a guest by its own rules alone, which a flow must declare', () => {
    expect(findings(guest(accepts()))).toEqual([
      '10.2.0.0/24 can reach 10.2.0.5 on 22/tcp by segment dmz, then guest db rule 0, and no flow says so (10.2.0.0 to 10.2.0.5, 22/tcp)',
    ]);
    const reachability = Reachability.of(new Network(segments, [router], [guest(accepts('10.1.0.0/24'))]));
    expect(reachability.ask({ from: '10.2.0.9', to: '10.2.0.5' })).toEqual({ reachable: false });
    expect(reachability.ask({ from: '10.2.0.9', to: '10.2.0.6' }).reachable).toBe(true);
  });

  test('a guest that may not send reaches nobody', () => {
    const mute = guest(accepts('10.1.0.0/24'), { name: 'guest db out', rules: [], otherwise: 'drop' });
    expect(Reachability.of(new Network(segments, [router], [mute])).ask({ from: '10.2.0.5', to: '10.2.0.6' })).toEqual({
      reachable: false,
    });
  });
});

describe('a tunnel to the Internet for one segment', () => {
  const text = (policy: string) => `
interfaces {
  ethernet eth0 {\naddress 203.0.113.2/24\n}
  ethernet eth1 {\naddress 10.1.0.1/24\n}
  ethernet eth2 {\naddress 10.2.0.1/24\n}
  wireguard wg0 {\naddress 10.99.0.2/24\npeer vpn {\nallowed-ips 0.0.0.0/0\n}\n}
}
protocols {\nstatic {
  route 0.0.0.0/0 {\nnext-hop 203.0.113.1 {\n}\n}
  table 100 {\nroute 0.0.0.0/0 {\ninterface wg0 {\n}\n}\n}
}\n}
policy {\nroute GAMES {\ninterface eth1\n${policy}\n}\n}
nat {\nsource {
  rule 1 {\noutbound-interface {\nname eth0\n}\ntranslation {\naddress masquerade\n}\n}
  rule 2 {\noutbound-interface {\nname wg0\n}\ntranslation {\naddress masquerade\n}\n}
}\n}
firewall {
  global-options {\nstate-policy {\nestablished {\naction accept\n}\n}\n}
  ipv4 {\nname WEB {\nrule 1 {\naction accept\nprotocol tcp\ndestination {\nport 443\n}\n}\n}\n}
  zone games {\ninterface eth1\nfrom lan {\nfirewall {\nname WEB\n}\n}\n}
  zone lan {\ninterface eth2\n}
  zone wan {\ninterface eth0\nfrom lan {\nfirewall {\nname WEB\n}\n}\n}
  zone vpn {\ninterface wg0\nfrom games {\nfirewall {\nname WEB\n}\n}\n}
  zone l {\nlocal-zone\n}
}`;
  const segments = [
    segment('wan', '203.0.113.0/24', '203.0.113.1'),
    segment('games', '10.1.0.0/24', '10.1.0.1'),
    segment('lan', '10.2.0.0/24', '10.2.0.1'),
  ];
  const asked = (policy: string) => {
    const reachability = Reachability.of(new Network(segments, [readVyos('devices/vyos/gw/config.boot', text(policy))]));
    const web = Port.tcp(443);
    return {
      games: reachability.ask({ from: '10.1.0.9', to: '198.51.100.7', port: web }).witness?.through,
      lan: reachability.ask({ from: '10.2.0.9', to: '198.51.100.7', port: web }).reachable,
      inside: reachability.ask({ from: '10.2.0.9', to: '10.1.0.9', port: web }).reachable,
    };
  };
  const inside = 'rule 10 {\ndestination {\naddress 10.0.0.0/8\n}\nset {\ntable main\n}\n}';
  const outside = 'rule 20 {\nset {\ntable 100\n}\n}';

  test('another table routes it, and the rest goes by the uplink', () => {
    expect(asked(`${inside}\n${outside}`)).toEqual({
      games: ['devices/vyos/gw/config.boot: policy route GAMES rule 20', 'devices/vyos/gw/config.boot: ipv4 name WEB rule 1'],
      lan: true,
      inside: true,
    });
  });

  test('a table that takes the answers too breaks connections from inside', () => {
    expect(asked(outside)).toMatchObject({ lan: true, inside: false });
  });

  test('without the policy the segment has no way', () => {
    expect(asked(inside).games).toBeUndefined();
  });
});
