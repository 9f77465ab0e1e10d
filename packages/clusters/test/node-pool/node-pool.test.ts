import { failureDomains, Port, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Internet, Vlan, Zone } from '@ashlar/network';
import { expectGolden } from '../golden';
import { CLOUD_NAMES, configuration, declared, lab } from './lab';

describe('the same pool', () => {
  test.each(CLOUD_NAMES)('in %s', name => {
    const { site } = declared(name);
    expect(Testing.findings(site)).toEqual([]);
    const text = site.render().output.read(`terraform/${name}/cdk.tf.json`);
    // The engine writes its own version into it, and there are two that will do.
    expectGolden(`node-pool/${name}.tf.json`, text?.replace(/("stackName": "\w+",\s+"version": )"[\d.]+"/, '$1"0.21.0"'));
  });

  test('is of equal members everywhere: names, threads, memory', () => {
    const told = CLOUD_NAMES.map(name => {
      const { type, members } = lab(name).pool();
      return { threads: type.threads, memory: String(type.memory), names: members.map(({ fqdn }) => fqdn) };
    });
    for (const each of told) {
      expect(each).toEqual({
        threads: 4,
        memory: '16 GiB',
        names: ['web-1.lab.example.net', 'web-2.lab.example.net', 'web-3.lab.example.net'],
      });
    }
  });
});

describe('members', () => {
  test('take turns in zones, and in the parts of a segment where a subnet lies in one zone', () => {
    const places = (name: 'aws' | 'google' | 'hetzner') =>
      lab(name)
        .pool({ count: 4 })
        .members.map(({ zone, address }) => `${zone.name} ${address}`);
    expect(places('aws')).toEqual([
      'eu-central-1a 10.10.1.11',
      'eu-central-1b 10.10.1.75',
      'eu-central-1c 10.10.1.139',
      'eu-central-1a 10.10.1.12',
    ]);
    expect(places('google')).toEqual([
      'europe-west3-a 10.10.1.11',
      'europe-west3-b 10.10.1.12',
      'europe-west3-c 10.10.1.13',
      'europe-west3-a 10.10.1.14',
    ]);
    expect(places('hetzner')).toEqual(['fsn1 10.10.1.11', 'fsn1 10.10.1.12', 'fsn1 10.10.1.13', 'fsn1 10.10.1.14']);
  });

  test('stay where they are when there are more of them', () => {
    const addresses = (count: number) =>
      lab('aws')
        .pool({ count })
        .members.map(({ address }) => address);
    expect(addresses(9).slice(0, 5)).toEqual(addresses(5));
  });

  test('have a host of their own, and a zone with others', () => {
    const [first, second] = lab().pool().members;
    const shared = [...failureDomains(first!)].filter(domain => failureDomains(second!).has(domain));
    expect(shared).toEqual([first!.zone]);
    expect(first!.consumption).toEqual({ threads: 4, memory: Size.gibibytes(16), disk: Size.gibibytes(160) });
  });

  test('are spread in groups of ten at Hetzner', () => {
    const { site, pool } = lab();
    pool({ count: 12 });
    const { hcloud_placement_group: groups, hcloud_server: servers } = configuration(site, 'hetzner').resource!;
    expect(Object.values(groups!).map(({ name, type }) => [name, type])).toEqual([
      ['web-spread-1', 'spread'],
      ['web-spread-2', 'spread'],
    ]);
    const sizes = Object.keys(groups!).map(
      id => Object.values(servers!).filter(s => String(s.placement_group_id).includes(`.${id}.`)).length,
    );
    expect(sizes).toEqual([10, 2]);
  });
});

describe('closed', () => {
  test('without a flow, nothing comes in and nothing goes out but questions to the resolvers', () => {
    const { site, pool } = lab();
    pool();
    const [firewall] = Object.values(configuration(site, 'hetzner').resource!.hcloud_firewall!) as {
      rule: { direction: string; port: string }[];
    }[];
    expect(firewall?.rule.map(({ direction, port }) => [direction, port])).toEqual([
      ['out', '53'],
      ['out', '53'],
    ]);
    const rules = site.render().output.read('devices/node-pool/cloud/web/nftables.conf');
    expect(rules).toContain('  chain from_site {\n    drop\n  }\n  chain to_site {\n    drop\n  }\n');
    expect(rules).not.toContain('dport');
  });

  test('what is open to the world is not open to the site, where the cloud has denials', () => {
    const { site } = declared('google');
    const rules = Object.values(configuration(site, 'google').resource!.google_compute_firewall!);
    const incoming = rules.filter(({ direction }) => direction === 'INGRESS').sort((a, b) => Number(a.priority) - Number(b.priority));
    const told = incoming.map(({ priority, source_ranges: ranges, deny }) => [priority, deny ? 'deny' : 'allow', ranges]);
    expect(told.slice(-3)).toEqual([
      [1500, 'deny', ['10.10.1.0/24', '203.0.113.0/26']],
      [2000, 'allow', ['0.0.0.0/0']],
      [65000, 'deny', ['0.0.0.0/0']],
    ]);
  });

  test('flows of the segment, of its zone and of a host are those of the members', () => {
    const { site, nodes, pool } = lab('aws');
    const made = pool();
    const office = new Vlan(site, 'office', { tag: 30, ipv4: '10.30.0.0/24' });
    nodes.connections.allowFrom(office, Port.tcp(1));
    new Zone(site, 'inner', { vlans: [nodes] }).connections.allowFrom(office, Port.tcp(2));
    made.members[0]!.host.connections.allowFrom(office, Port.tcp(3));
    made.members[2]!.connections.allowTo(Internet.of(site), Port.udp(4));
    const [group] = Object.values(configuration(site, 'aws').resource!.aws_security_group!) as Record<string, { from_port: number }[]>[];
    expect(group?.ingress?.map(({ from_port }) => from_port)).toEqual([1, 2, 3]);
    expect(group?.egress?.map(({ from_port }) => from_port)).toEqual([4]);
  });

  test('the order in which flows are declared does not show', () => {
    const text = (ports: readonly number[]) => {
      const { site, pool } = lab('azure');
      const [member] = pool().members;
      const office = new Vlan(site, 'office', { tag: 30, ipv4: '10.30.0.0/24' });
      for (const port of ports) member!.connections.allowFrom(office, Port.tcp(port));
      return site.render().output.digest();
    };
    expect(text([22, 443, 9100])).toBe(text([9100, 22, 443]));
  });
});
