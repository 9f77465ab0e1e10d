import { type Address, type ILifecycle, type IPlaced, needOf, type Placement, pathOf } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Construct } from 'constructs';
import { DnsResolver, DynamicUplink, HaProxy, type Host, NginxProxyManager, PfSense, VyOs, type VyOsProps } from '../../src';
import { dns, gateway, type Lab, lab } from '../lab';
import { PPPOE } from '../pfsense/pfsense-lab';

const needs = ({ lifecycle }: ILifecycle) => lifecycle.startsAfter.map(needOf).map(need => `${pathOf(need.on)} for ${need.for}`);
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMr5+QaxapHLAWDFCr2si9bbmig/qXUfmAHvmRVUtGqK admin@example.net';

/** Something that stands somewhere under an address, as a guest does. */
class Box extends Construct implements IPlaced {
  public readonly addresses: readonly Address[];

  constructor(scope: Construct, id: string, host?: Host) {
    super(scope, id);
    this.addresses = host?.addresses ?? [];
  }

  public get placement(): Placement {
    return { standsOn: [] };
  }
}

function vyos({ site, management, servers, services, wan }: Lab, props: Partial<VyOsProps> = {}): VyOs {
  return new VyOs(site, 'router', {
    version: '1.5',
    wan: wan.host('router', 3),
    wanInterface: 'eth0',
    lanInterface: 'eth1',
    management,
    segments: [servers, services],
    admins: [{ name: 'admin', sshKeys: [KEY] }],
    ...props,
  });
}

describe('a gateway', () => {
  test('starts after the guest that has one of its addresses, and is done when its resolver answers', () => {
    const model = lab();
    const pfsense = gateway(model);
    new Box(model.site, 'gateway-vm', pfsense.wan as Host);
    expect(needs(pfsense)).toEqual(['lab/gateway-vm for what it runs on']);
    const [step] = pfsense.lifecycle.start ?? [];
    expect(step?.action).toEqual({
      byHand: 'Install pfSense when its disk is empty, and restore the configuration as devices/pfsense/gateway.RUNBOOK.md says',
    });
    expect(step?.check).toEqual({ command: ['dig', '+time=2', '+tries=1', '@192.168.1.1', 'cloud.example.net', 'SOA'] });
    expect(step?.undo).toEqual({ byHand: 'Restore the configuration before from the console, menu 15' });
  });

  test('starts after the machine that it was given', () => {
    const model = lab();
    const box = new Box(model.site, 'router-box');
    expect(needs(vyos(model, { runsOn: box }))).toEqual(['lab/router-box for what it runs on']);
  });

  test('that nothing in the model carries needs nothing', () => {
    expect(needs(vyos(lab()))).toEqual([]);
  });

  test('runs on something that has a place', () => {
    expect(() => vyos(lab(), { runsOn: 'router' as unknown as IPlaced })).toThrow(
      '[lab/router] runsOn must be a Machine, got "router"; write runsOn: router (PROP_TYPE)',
    );
    const { site, wan, management, servers } = lab();
    const props = { wan: wan.host('gateway', 2), wanInterface: 'vtnet0', lanInterface: 'vtnet1', management, segments: [servers] };
    expect(() => new PfSense(site, 'fw', { ...props, runsOn: servers as unknown as IPlaced })).toThrow(
      '[lab/fw] runsOn must be a Machine, got a Vlan; write runsOn: router (PROP_TYPE)',
    );
  });

  test('answers at the router addresses of its segments, by which the others know that they need it', () => {
    expect(vyos(lab()).serves).toEqual(['192.168.1.1', '10.20.0.1', 'fd20:0:0:20::1', '10.30.0.1']);
    expect(gateway(lab()).serves).toContain('192.168.1.1');
  });

  test('behind another one needs that, and behind the provider nothing', () => {
    const model = lab();
    expect(vyos(model).lifecycle.uses).toEqual([{ name: '203.0.113.1', for: 'its way to the Internet' }]);
    expect(vyos(lab(), { wan: DynamicUplink.dhcp() }).lifecycle.uses).toEqual([]);
  });

  test('names the secrets that are put in on the device, and is upgraded by its own means', () => {
    const { lifecycle } = vyos(lab(), { wan: PPPOE() });
    expect(lifecycle.start?.[0]?.secrets?.map(secret => secret.describe())).toEqual(['openbao:kv/network#pppoe']);
    expect(lifecycle.upgrade?.[0]).toMatchObject({
      title: 'Upgrade router to VyOS 1.5',
      action: { byHand: 'Add the image of VyOS 1.5 with `add system image`, restart, and follow devices/vyos/router/RUNBOOK.md' },
      check: { ask: 'Does router run VyOS 1.5, and does cloud.example.net resolve in management?' },
    });
  });
});

describe('name servers', () => {
  test('start after what they run on, with a way to their packages, and are done when each answers for the site', () => {
    const model = lab();
    const zones = dns(model);
    new Box(model.site, 'ns1-ct', model.ns1);
    expect(needs(zones)).toEqual(['lab/ns1-ct for what it runs on']);
    expect(zones.lifecycle.uses).toEqual([
      { name: '10.20.0.1', for: 'the packages of bind9' },
      { name: '192.168.1.1', for: 'the packages of bind9' },
    ]);
    expect(zones.lifecycle.start?.map(step => [step.id, step.action, step.check])).toEqual([
      [
        'ns1',
        {
          byHand:
            'On ns1.cloud.example.net install bind9 and copy devices/bind/ns1 there: named.conf to /etc/bind, zones, if any, to /var/lib/bind; then `rndc reload`',
        },
        { command: ['host', '-W', '2', '-t', 'SOA', 'cloud.example.net', '10.20.0.5'] },
      ],
      [
        'ns2',
        {
          byHand:
            'On ns2.cloud.example.net install bind9 and copy devices/bind/ns2 there: named.conf to /etc/bind, zones, if any, to /var/lib/bind; then `rndc reload`',
        },
        { command: ['host', '-W', '2', '-t', 'SOA', 'cloud.example.net', '192.168.1.6'] },
      ],
    ]);
    const files = Object.keys(Testing.files(model.site));
    for (const name of ['ns1', 'ns2']) expect(files).toContain(`devices/bind/${name}/named.conf`);
  });

  test('are known by name and by address', () => {
    expect(dns(lab()).serves).toEqual(['ns1.cloud.example.net', '10.20.0.5', 'fd20:0:0:20::5', 'ns2.cloud.example.net', '192.168.1.6']);
  });

  test('come before the resolver that asks them', () => {
    const model = lab();
    const resolver = new DnsResolver(model.site, 'resolver', { host: model.servers.host('resolver', 53), dns: dns(model) });
    expect(needs(resolver)).toEqual(['lab/dns for the names of the site']);
    expect(resolver.lifecycle.start?.[0]?.check).toEqual({ command: ['host', '-W', '2', '-t', 'NS', '.', '10.20.0.53'] });
    expect(resolver.serves).toEqual(['resolver.cloud.example.net', '10.20.0.53', 'fd20:0:0:20::35']);
  });
});

describe('a reverse proxy', () => {
  test('comes up on each of its hosts, with a way to its packages, and listens', () => {
    const { site, services, servers } = lab();
    const hosts = [services.host('edge1', 11), services.host('edge2', 12)];
    const proxy = new HaProxy(site, 'edge', { hosts });
    new Box(site, 'edge1-vm', hosts[0]);
    expect(needs(proxy)).toEqual(['lab/edge1-vm for what it runs on']);
    expect(proxy.lifecycle.uses).toEqual([{ name: '10.30.0.1', for: 'the packages of HAProxy' }]);
    expect(proxy.lifecycle.start?.map(({ action, check }) => [action, check])).toEqual([
      [
        { byHand: 'On edge1.cloud.example.net install HAProxy, and put the files of devices/haproxy/edge in place' },
        { ask: 'Does edge1.cloud.example.net take connections on the ports of edge?' },
      ],
      [
        { byHand: 'On edge2.cloud.example.net install HAProxy, and put the files of devices/haproxy/edge in place' },
        { ask: 'Does edge2.cloud.example.net take connections on the ports of edge?' },
      ],
    ]);
    const manager = new NginxProxyManager(site, 'npm', { host: servers.host('npm', 13) });
    expect(manager.lifecycle.start?.[0]?.check).toEqual({ command: ['nc', '-z', '-w', '2', '10.20.0.13', '443'] });
    expect(Object.keys(Testing.files(site))).toEqual(
      expect.arrayContaining(['devices/haproxy/edge/haproxy.cfg', 'devices/nginx-proxy-manager/npm/objects.json']),
    );
  });
});
