import { Port } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { ReachabilityProof } from '../../src/reachability-proof';
import { GATEWAY, withRule } from '../vyos/gateway-text';
import { PaperDevice, PaperHost, PaperZone, paperSite } from './paper-site';

/** The site whose one flow is that of the gateway's one rule. */
function proven(text = GATEWAY) {
  const site = paperSite(text);
  site.servers4.connections.allowFrom(site.lab4, Port.tcp(443));
  const proof = new ReachabilityProof(site.site, 'reachability');
  return { ...site, proof };
}

/** What the gateway gets besides, inside `nat` and `zone servers`. */
const forwarding = (rules: string, from: string) =>
  GATEWAY.replace('ipv4 {', `ipv4 {\nname wan.servers {\ndefault-action drop\n${rules}\n}`).replace(
    'from lab {',
    'from wan {\nfirewall {\nname wan.servers\n}\n}\nfrom lab {',
  ) + from;

const FORWARD = `nat {
  destination {
    rule 1 {
      inbound-interface {\nname eth0\n}
      protocol tcp
      destination {\naddress 203.0.113.2\nport 443\n}
      translation {\naddress 10.20.0.80\nport 8443\n}
    }
  }
}
`;
const TO_WEB =
  'rule 10 {\naction accept\nprotocol tcp\ndestination {\naddress 10.20.0.80\nport 8443\n}\nsource {\ngroup {\nnetwork-group !SITE\n}\n}\n}';

test('a gateway that lets through what is declared is proven', () => {
  const { site, proof } = proven();
  expect(Testing.findings(site)).toEqual([]);
  expect(proof.reachability?.ask({ from: '10.10.0.0/24', to: '10.20.0.0/24', port: Port.tcp(443) })).toEqual({
    reachable: true,
    witness: {
      source: '10.10.0.0',
      destination: '10.20.0.0',
      protocol: 'tcp',
      port: 443,
      through: ['devices/vyos/gw/config.boot: ipv4 name lab.servers rule 10'],
    },
  });
  expect(proof.reachability?.ask({ from: '10.20.0.0/24', to: '10.10.0.0/24' })).toEqual({ reachable: false });
});

test('a flow that the gateway drops is missing, and the rule that drops it is named', () => {
  const { site } = proven(withRule('action drop'));
  expect(Testing.findings(site)).toEqual([
    'error [lab/servers4] the flow from lab/lab4 to lab/servers4 on 443/tcp is declared, and does not get through (10.10.0.0 to 10.20.0.0): ' +
      'devices/vyos/gw/config.boot drops it: ipv4 name lab.servers rule 10; let the device pass it, or remove the flow (REACH_MISSING)',
  ]);
});

test('what a rule opens besides is in excess, in one line', () => {
  const { site } = proven(withRule('action accept\nprotocol tcp\ndestination {\nport 22,443\n}'));
  expect(Testing.findings(site)).toEqual([
    'error [lab/servers] 10.10.0.0/24 can reach 10.20.0.0, 10.20.0.2-10.20.0.255 on 22/tcp by ' +
      'devices/vyos/gw/config.boot: ipv4 name lab.servers rule 10, and no flow says so (10.10.0.0 to 10.20.0.0, 22/tcp); ' +
      'declare the flow with allowFrom, or close the rule (REACH_EXCESS)',
  ]);
});

test('a rule that cannot be judged is an error, not a gap', () => {
  const { site } = proven(withRule('action accept\nlimit {\nrate 1/second\n}'));
  expect(Testing.findings(site)).toEqual([
    'error [devices/vyos/gw/config.boot:66] "limit" cannot be judged; write the rule without it (REACH_UNJUDGED)',
  ]);
});

test('a default that accepts opens every protocol', () => {
  const { site } = proven(GATEWAY.replace('default-action "drop"\n            default-log', 'default-action "accept"'));
  expect(Testing.findings(site)).toEqual([
    'error [lab/servers] 10.10.0.0/24 can reach 10.20.0.0, 10.20.0.2-10.20.0.255 on icmp, other protocols, sctp, ' +
      '0-442/tcp, 444-65535/tcp, udp by devices/vyos/gw/config.boot: ipv4 name lab.servers, and no flow says so (10.10.0.0 to 10.20.0.0, 0/tcp); ' +
      'declare the flow with allowFrom, or close the rule (REACH_EXCESS)',
  ]);
});

test('a router that is managed from where nothing says so is in excess; its names, its time and its addresses are not', () => {
  const local = (ports: string) =>
    GATEWAY.replace(
      'ipv4 {',
      `ipv4 {\nname lab.local {\nrule 1 {\naction accept\nprotocol tcp_udp\ndestination {\nport "${ports}"\n}\n}\n}`,
    ).replace('local-zone', 'local-zone\nfrom lab {\nfirewall {\nname lab.local\n}\n}');
  expect(Testing.findings(proven(local('53,67,123,179')).site).filter(text => !/67\/tcp|123\/tcp|179\/udp/.test(text))).toEqual([]);
  const served = proven(local('53,179'));
  Testing.findings(served.site);
  expect(served.proof.reachability?.ask({ from: '10.10.0.9', to: '10.20.0.1', port: Port.tcp(53) }).reachable).toBe(true);
  expect(served.proof.reachability?.ask({ from: '10.10.0.9', to: '10.20.0.0/24', port: Port.tcp(53) }).reachable).toBe(false);
  expect(Testing.findings(proven(local('22')).site)).toEqual([
    'error [lab/reachability] 10.10.0.0/24 can reach the router itself at 10.10.0.1, 10.20.0.1, 10.99.0.1, 203.0.113.2 on ' +
      '22/tcp, 22/udp by devices/vyos/gw/config.boot: ipv4 name lab.local rule 1, and no flow says so (10.10.0.0 to 10.10.0.1, 22/tcp); ' +
      'declare the flow with allowFrom, or close the rule (REACH_EXCESS)',
  ]);
});

test('the Internet reaches a private address by a port forward alone', () => {
  const open = proven(forwarding(TO_WEB, FORWARD));
  open.web.connections.allowFrom(open.internet, Port.tcp(8443));
  expect(Testing.findings(open.site)).toEqual([]);
  expect(open.proof.reachability?.ask({ from: '198.51.100.7', to: '10.20.0.80', port: Port.tcp(8443) }).witness?.through).toEqual([
    'devices/vyos/gw/config.boot: nat destination rule 1',
    'devices/vyos/gw/config.boot: ipv4 name wan.servers rule 10',
  ]);
  const closed = proven(forwarding(TO_WEB, ''));
  closed.web.connections.allowFrom(closed.internet, Port.tcp(8443));
  expect(Testing.findings(closed.site)).toEqual([
    'error [lab/web] the flow from lab/internet to lab/web on 8443/tcp is declared, and does not get through (1.0.0.0 to 10.20.0.80): ' +
      'devices/vyos/gw/config.boot forwards no port to 10.20.0.80, which the Internet has no route to; ' +
      'let the device pass it, or remove the flow (REACH_MISSING)',
  ]);
});

test('a private address needs a translation to be answered by the Internet', () => {
  const rules = 'rule 10 {\naction accept\nprotocol tcp\ndestination {\nport 80\n}\nsource {\naddress 10.10.0.0/24\n}\n}';
  const zone = GATEWAY.replace('ipv4 {', `ipv4 {\nname lab.wan {\ndefault-action drop\n${rules}\n}`).replace(
    'zone wan {',
    'zone wan {\nfrom lab {\nfirewall {\nname lab.wan\n}\n}',
  );
  const lost = proven(zone);
  lost.internet.connections.allowFrom(lost.lab4, Port.tcp(80));
  lost.wan.connections.allowFrom(lost.lab4, Port.tcp(80));
  expect(Testing.findings(lost.site)).toEqual([
    'error [lab/internet] the flow from lab/lab4 to lab/internet on 80/tcp is declared, and does not get through (10.10.0.0 to 1.0.0.0): ' +
      'devices/vyos/gw/config.boot sends it on with the private source 10.10.0.0, and no answer comes back; ' +
      'let the device pass it, or remove the flow (REACH_MISSING)',
  ]);
  const nat = 'nat {\nsource {\nrule 1 {\noutbound-interface {\nname eth0\n}\ntranslation {\naddress masquerade\n}\n}\n}\n}\n';
  const answered = proven(zone + nat);
  answered.internet.connections.allowFrom(answered.lab4, Port.tcp(80));
  answered.wan.connections.allowFrom(answered.lab4, Port.tcp(80));
  expect(Testing.findings(answered.site)).toEqual([]);
});

test('segments of one zone must reach each other', () => {
  const { site, lab, servers } = proven();
  new PaperZone(site, 'trusted', [lab, servers]);
  const findings = Testing.findings(site);
  expect(findings).toHaveLength(2);
  expect(findings[0]).toBe(
    'error [lab/trusted] the segments of the zone trust each other, and 0-442/tcp, 444-65535/tcp does not get through (10.10.0.0 to 10.20.0.0): ' +
      'devices/vyos/gw/config.boot drops it: zone servers from lab, none of whose rules lets it through; ' +
      'let the device pass it, or take the segment out of the zone (REACH_MISSING)',
  );
});

test('a flow to where no router leads is missing', () => {
  const { site, lab4 } = proven();
  new PaperHost(site, 'nowhere', '10.77.0.5/32').connections.allowFrom(lab4, Port.tcp(443));
  expect(Testing.findings(site)).toEqual([
    'error [lab/nowhere] the flow from lab/lab4 to lab/nowhere on 443/tcp is declared, and does not get through (10.10.0.0 to 10.77.0.5): ' +
      'devices/vyos/gw/config.boot drops it: zone wan from lab, none of whose rules lets it through; ' +
      'let the device pass it, or remove the flow (REACH_MISSING)',
  ]);
});

test('two runs write the same reports, and they tell segments by their names', () => {
  const files = () => Testing.files(proven().site);
  const [one, other] = [files(), files()];
  expect(one['report/reachability.md']).toBe(other['report/reachability.md']);
  expect(one['report/reachability.json']).toBe(other['report/reachability.json']);
  expect(one['report/reachability.md']).toBe(`# Reachability

Computed from the rendered firewalls alone. What stands in no row cannot connect.

| From | To | Ports |
|---|---|---|
| lab | servers | 443/tcp |

## To the routers themselves

| From | Ports |
|---|---|
`);
});

test('a site without a gateway has nothing to prove', () => {
  const { site, servers4, lab4 } = paperSite('');
  site.node.tryRemoveChild('gateway');
  new PaperDevice(site, 'other', 'devices/other/file.txt', 'none');
  servers4.connections.allowFrom(lab4, Port.tcp(443));
  new ReachabilityProof(site, 'reachability');
  expect(Testing.findings(site)).toEqual([]);
});

test.each([
  [
    { from: '10.0.0', to: '10.0.0.1' },
    '[Reachability.ask] from must be a prefix or an address, got "10.0.0"; write it like 10.20.0.0/24 (REACH_QUESTION)',
  ],
  [
    { from: '10.0.0.1', to: '2001:db8::1' },
    '[Reachability.ask] from is IPv4, and to is IPv6; ask for one family at a time (REACH_QUESTION)',
  ],
])('%j is no question', (question, told) => {
  const { site, proof } = proven();
  site.render();
  expect(() => proof.reachability?.ask(question)).toThrow(new Error(told));
});
