import { Port, Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { DynamicUplink, Internet, isGateway, PfSense, Vlan } from '../../src';
import { renderXml } from '../../src/pfsense/xml';
import { expectGolden } from '../golden';
import { dns, gateway, lab } from '../lab';
import { homeLab, PPPOE, pfsenseLab } from './pfsense-lab';

const XML = 'devices/pfsense/gateway.xml';

/** The rules of the filter, each on one line. */
function rulesOf(xml: string | undefined): string[] {
  const [filter = ''] = /<filter>.*<\/filter>/s.exec(xml ?? '') ?? [];
  return (filter.match(/<rule>.*?<\/rule>/gs) ?? []).map(rule => rule.replaceAll(/\s*\n\s*/g, ''));
}

describe('the parts of config.xml', () => {
  it('of a gateway that uses everything', () => {
    expectGolden('pfsense/gateway.xml', Testing.files(pfsenseLab().site)[XML]);
  });

  it('of one that asks the DNS servers of the site', () => {
    const model = lab();
    gateway(model, dns(model));
    expectGolden('pfsense/with-dns-servers.xml', Testing.files(model.site)[XML]);
  });

  it('of one that answers for the site itself', () => {
    const model = lab();
    gateway(model);
    const xml = Testing.files(model.site)[XML] as string;
    expectGolden('pfsense/alone.xml', xml);
    const options = xml.match(/<custom_options>(.*)<\/custom_options>/)?.[1] ?? '';
    expect(Buffer.from(options, 'base64').toString()).toBe(
      'server:\nlocal-zone: "apps.cloud.example.net." redirect\nlocal-data: "apps.cloud.example.net. A 10.30.0.50"\n',
    );
  });

  it('over PPPoE, without the password', () => {
    const files = Testing.files(homeLab(PPPOE()).site);
    expectGolden('pfsense/pppoe.xml', files['devices/pfsense/router.xml']);
    expectGolden('pfsense/RUNBOOK.md', files['devices/pfsense/router.RUNBOOK.md']);
  });

  it('at an address that DHCP gives', () => {
    const xml = Testing.files(homeLab(DynamicUplink.dhcp()).site)['devices/pfsense/router.xml'] as string;
    expect(xml).toContain(
      '\t\t\t<if>igc0</if>\n\t\t\t<descr>WAN</descr>\n\t\t\t<ipaddr>dhcp</ipaddr>\n\t\t\t<blockbogons></blockbogons>\n',
    );
    expect(xml).not.toContain('<gateways>');
    expect(xml).not.toContain('<ppps>');
    expect(xml).toContain('<vlans></vlans>');
  });

  it('leave users, certificates and the anti-lockout rule alone', () => {
    const xml = Testing.files(pfsenseLab().site)[XML];
    expect(xml).not.toContain('<system>');
    expect(xml).not.toContain('noantilockout');
  });

  it('have text escaped', () => {
    expect(renderXml('descr', 'R&D <lab> \u0007')).toBe('<?xml version="1.0"?>\n<descr>R&amp;D &lt;lab&gt; </descr>\n');
  });

  it('are the same whatever the order in which flows were declared', () => {
    const build = (turn: <T>(list: T[]) => T[]) => {
      const model = lab();
      gateway(model);
      const flows = [5432, 6379, 9000].map(port => () => model.services.connections.allowFrom(model.servers, Port.tcp(port)));
      for (const flow of turn(flows)) flow();
      return Testing.files(model.site)[XML];
    };
    expect(build(list => list)).toBe(build(list => list.reverse()));
  });
});

describe('the filter', () => {
  it('lets nothing out to the other segments in the name of the Internet', () => {
    const outward = rulesOf(Testing.files(pfsenseLab().site)[XML]).filter(rule => rule.includes('lab/people to lab/internet'));
    expect(outward).toHaveLength(2);
    expect(outward[0]).toContain('<destination><address>ALL_OF_THE_SITE_V4</address><not></not><port>443</port></destination>');
    expect(outward[1]).toContain('<destination><address>ALL_OF_THE_SITE_V6</address><not></not><port>443</port></destination>');
  });

  it('ends, on each interface, in a rule that drops and logs both families', () => {
    const rules = rulesOf(Testing.files(pfsenseLab().site)[XML]);
    for (const on of ['wan', 'lan', 'opt20', 'opt30', 'opt31', 'opt40']) {
      const own = rules.filter(rule => rule.includes(`<interface>${on}</interface>`));
      expect(own.at(-1)).toMatch(
        /<type>block<\/type>.*<ipprotocol>inet46<\/ipprotocol><source><any><\/any><\/source><destination><any><\/any><\/destination><log>/,
      );
      const [guard = '', ...more] = own.slice(0, -1).filter(rule => rule.includes('<type>block</type>'));
      expect(more).toEqual([]);
      expect(guard).toContain('<destination><network>(self)</network></destination>');
      const places = own.map(rule => rule.includes('THIS_GATEWAY'));
      expect(places.lastIndexOf(true)).toBeLessThan(own.indexOf(guard));
    }
  });

  it('leads a published port to its host from where somebody may ask, and from nowhere else', () => {
    const [nat = ''] = /<nat>.*<outbound>/s.exec(Testing.files(pfsenseLab().site)[XML] as string) ?? [];
    const forwards = (nat.match(/<rule>.*?<\/rule>/gs) ?? []).filter(rule => rule.includes('<port>443</port>'));
    expect(forwards.map(rule => /<interface>(\w+)</.exec(rule)?.[1])).toEqual(['wan', 'opt20', 'opt40']);
    expect(nat).not.toContain('<associated-rule-id>pass');
  });

  it('answers who is on the segment of the uplink there, and not by way of its router', () => {
    const [rule, ...others] = rulesOf(Testing.files(pfsenseLab().site)[XML]).filter(text => text.includes('<disablereplyto>'));
    expect(others).toHaveLength(1); // the other family
    expect(rule).toContain('<interface>wan</interface>');
    expect(rule).toContain('<source><address>203.0.113.9</address></source>');
  });

  it('gives a rule the number that follows from what it says', () => {
    const numbers = (site: Site) => rulesOf(Testing.files(site)[XML]).map(rule => /<tracker>(\d+)</.exec(rule)?.[1] as string);
    const before = numbers(pfsenseLab().site);
    const model = pfsenseLab();
    model.nas.connections.allowFrom(model.servers, Port.tcp(873));
    const after = numbers(model.site);
    expect(new Set(before).size).toBe(before.length);
    expect(after).toHaveLength(before.length + 1);
    expect(after).toEqual(expect.arrayContaining(before));
    for (const number of after) expect(Number(number)).toBeLessThan(2 ** 32);
  });

  it('passes a ping from the Internet to itself only, and IPv6 as it is', () => {
    const site = new Site('lab', { domain: 'example.net' });
    const wan = new Vlan(site, 'wan', { tag: 2, ipv4: '203.0.113.0/24', ipv6: '2001:db8:0:2::/64' });
    const dmz = new Vlan(site, 'dmz', { tag: 30, ipv4: '10.30.0.0/24', ipv6: '2001:db8:0:30::/64' });
    const web = dmz.host('web', 10);
    const device = new PfSense(site, 'gateway', {
      wan: wan.host('gateway', 2),
      wanInterface: 'vtnet0',
      lanInterface: 'vtnet1',
      management: dmz,
      segments: [],
    });
    device.connections.allowFrom(Internet.of(site), Port.icmp());
    web.connections.allowFrom(Internet.of(site), Port.range('udp', 5000, 5010));
    expectGolden('pfsense/inbound.xml', Testing.files(site)[XML]);
  });

  it('cuts a description to what a label of pf holds', () => {
    const model = pfsenseLab();
    const host = model.servers.host('a-host-with-a-name-that-is-longer-than-labels-are', 99);
    host.connections.allowFrom(model.people, Port.tcp(8080));
    const descriptions = rulesOf(Testing.files(model.site)[XML]).map(rule => /<descr>(.*?)<\/descr>/.exec(rule)?.[1] as string);
    expect(descriptions).toContain('lab/people to lab/servers/a-host-with-a-name-that...');
    expect(Math.max(...descriptions.map(text => text.length))).toBe(52);
  });
});

describe('a gateway', () => {
  it('has the gateway address of each segment, under a name that follows from the tag', () => {
    const model = lab();
    const device = gateway(model);
    expect(device.segments.map(vlan => device.interfaceOf(vlan))).toEqual(['lan', 'opt20', 'opt30', 'opt40']);
    expect(device.interfaceOf(model.wan)).toBe('wan');
    expect(device.interfaceOf(new Vlan(model.site, 'other', { tag: 99, ipv4: '10.99.0.0/24' }))).toBeUndefined();
  });

  it('declares what it does for the segments, and what it needs, as flows', () => {
    const model = lab();
    const device = gateway(model, dns(model));
    expect(isGateway(device)).toBe(true);
    const told = (peer: string) => (flow: { from: unknown; to: unknown; port: Port }) => `${peer} ${flow.port}`;
    expect(device.connections.ingress.filter(({ from }) => from === model.management).map(told('management'))).toEqual([
      'management 53/udp',
      'management 53/tcp',
      'management 123/udp',
      'management icmp',
      'management 67/udp',
      'management 443/tcp',
      'management 80/tcp',
      'management 22/tcp',
    ]);
    expect(device.connections.ingress.filter(({ from }) => from === model.storage).map(told('storage'))).toEqual([
      'storage 53/udp',
      'storage 53/tcp',
      'storage 123/udp',
      'storage icmp',
    ]);
    expect(device.connections.egress.map(({ to, port }) => `${to.node.path} ${port}`)).toEqual([
      'lab/internet 53/udp',
      'lab/internet 53/tcp',
      'lab/internet 123/udp',
      'lab/internet 443/tcp',
      'lab/servers/ns1 53/udp',
      'lab/servers/ns1 53/tcp',
      'lab/management/ns2 53/udp',
      'lab/management/ns2 53/tcp',
    ]);
    expect(device.connections.endpoint.addresses()).toEqual([
      '192.168.1.1/32',
      '10.20.0.1/32',
      'fd20:0:0:20::1/128',
      '10.30.0.1/32',
      '10.40.0.8/32',
      'fd20:0:0:40::/128',
      '203.0.113.2/32',
    ]);
  });

  it('tells reports what it joins', () => {
    const { gateway: device, wan } = pfsenseLab();
    expect(device.routing).toEqual({ device: 'pfSense', joins: device.segments, uplink: { label: 'as 203.0.113.2', vlan: wan } });
    expect(homeLab(PPPOE()).gateway.routing.uplink).toEqual({ label: 'over PPPoE' });
    expect(homeLab(DynamicUplink.dhcp()).gateway.routing.uplink).toEqual({ label: 'at an address of the provider' });
  });
});
