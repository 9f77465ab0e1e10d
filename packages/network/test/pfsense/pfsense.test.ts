import { Port, Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Internet, PfSense, Vlan } from '../src';
import { renderXml } from '../src/pfsense/xml';
import { expectGolden } from './golden';
import { dns, gateway, lab } from './lab';

const XML = 'devices/pfsense/gateway.xml';

describe('a gateway', () => {
  it('that asks the DNS servers of the site', () => {
    const model = lab();
    gateway(model, dns(model));
    expectGolden('pfsense/with-dns-servers.xml', Testing.files(model.site)[XML]);
  });

  it('that answers for the site itself', () => {
    const model = lab();
    gateway(model);
    const xml = Testing.files(model.site)[XML] as string;
    expectGolden('pfsense/alone.xml', xml);
    const options = xml.match(/<custom_options>(.*)<\/custom_options>/)?.[1] ?? '';
    expect(Buffer.from(options, 'base64').toString()).toBe(
      'server:\nlocal-zone: "apps.cloud.example.net." redirect\nlocal-data: "apps.cloud.example.net. A 10.30.0.50"\n',
    );
  });

  it('has the gateway address of each segment, under a name that follows from the tag', () => {
    const model = lab();
    const device = gateway(model);
    expect(device.segments.map(vlan => device.interfaceOf(vlan))).toEqual(['lan', 'opt20', 'opt30', 'opt40']);
    expect(device.interfaceOf(model.wan)).toBe('wan');
  });

  it('lets nothing out to the other segments in the name of the Internet', () => {
    const model = lab();
    gateway(model);
    const rules = (Testing.files(model.site)[XML] as string).match(/<rule>.*?<\/rule>/gs) ?? [];
    const outward = rules.filter(rule => rule.includes('to lab/internet'));
    expect(outward).toHaveLength(2);
    for (const rule of outward) expect(rule.replace(/\s/g, '')).toContain('<address>SITE_SEGMENTS</address><not></not>');
  });

  it('leaves users, certificates and the anti-lockout rule alone', () => {
    const model = lab();
    gateway(model);
    const xml = Testing.files(model.site)[XML];
    expect(xml).not.toContain('<system>');
    expect(xml).not.toContain('noantilockout');
  });

  it('passes a ping from the Internet to itself only, and IPv6 as it is', () => {
    const site = new Site('lab', { domain: 'example.net' });
    const wan = new Vlan(site, 'wan', { tag: 2, ipv4: '203.0.113.0/24', ipv6: '2001:db8:0:2::/64' });
    const dmz = new Vlan(site, 'dmz', { tag: 30, ipv4: '10.30.0.0/24', ipv6: '2001:db8:0:30::/64' });
    const web = dmz.host('web', 10);
    new PfSense(site, 'gateway', {
      wan: wan.host('gateway', 2),
      wanInterface: 'vtnet0',
      lanInterface: 'vtnet1',
      management: dmz,
      segments: [],
    });
    web.connections.allowFrom(Internet.of(site), Port.icmp());
    web.connections.allowFrom(Internet.of(site), Port.range('udp', 5000, 5010));
    expectGolden('pfsense/inbound.xml', Testing.files(site)[XML]);
  });

  it('is the same whatever the order in which flows were declared', () => {
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

describe('FLOW_FORWARD', () => {
  it('refuses one port for two hosts', () => {
    const model = lab();
    gateway(model);
    model.services.host('blog', 20).connections.allowFrom(Internet.of(model.site), Port.range('tcp', 440, 450));
    expect(Testing.findings(model.site)).toEqual([
      'error [lab/gateway] 443/tcp of 203.0.113.2 is wanted for lab/internet to lab/services/web, and is already forwarded for lab/internet to lab/services/blog; let one reverse proxy take both, or use another port (FLOW_FORWARD)',
    ]);
  });

  it('refuses a port for a whole segment', () => {
    const model = lab();
    gateway(model);
    model.servers.connections.allowFrom(Internet.of(model.site), Port.tcp(22));
    expect(Testing.findings(model.site)).toEqual([
      'error [lab/gateway] lab/internet to lab/servers on 22/tcp leads to all of 10.20.0.0/24, and a port is forwarded to one address; allow the flow to a host instead (FLOW_FORWARD)',
    ]);
  });

  it('passes the same number of another protocol', () => {
    const model = lab();
    gateway(model);
    model.services.host('blog', 20).connections.allowFrom(Internet.of(model.site), Port.udp(443));
    expect(Testing.findings(model.site)).toEqual([]);
  });
});

it('text is escaped in XML', () => {
  expect(renderXml(['descr', 'R&D <lab> \u0007'])).toBe('<?xml version="1.0"?>\n<descr>R&amp;D &lt;lab&gt; </descr>\n');
});
