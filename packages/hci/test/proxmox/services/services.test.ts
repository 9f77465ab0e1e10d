import { Bandwidth, Duration, Secret } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { DnsResolver, Vlan } from '@ashlar/network';
import { AcmeDnsPlugin, ClusterOptions, MetricsServer, type MetricsServerProps, NodeCertificates, NodeSettings } from '../../../src';
import { lab } from '../../lab';
import { refuses } from '../refuses';
import { resourcesOf } from '../resources';

const TOKEN = Secret.fromTerraformVariable('influx_token');
const CREDENTIALS = { CF_Token: Secret.fromTerraformVariable('cf_token') };

/** The usual lab with a metrics server. */
function metrics(props: (all: ReturnType<typeof lab>) => object, id = 'influx') {
  const all = lab();
  const server = new MetricsServer(all.pve, id, props(all) as MetricsServerProps);
  return { ...all, server };
}

describe('metrics', () => {
  test('go over https to the name of the server, with a token that is in no state', () => {
    const { site, pve, server } = metrics(({ servers }) => ({
      server: servers.host('influx', 30),
      protocol: 'influxdb-https',
      token: TOKEN,
    }));
    const [resource] = resourcesOf(site, 'proxmox_metrics_server');
    expect(resource).toEqual({
      name: 'influx',
      type: 'influxdb',
      server: 'influx.lab.example.net',
      port: 8086,
      influx_db_proto: 'https',
      influx_organization: 'proxmox',
      influx_bucket: 'proxmox',
      influx_token_wo: expect.stringMatching(/^\$\{var\.influx_token\}$/),
      influx_token_wo_version: 1,
      influx_verify: true,
    });
    expect(pve.connections.egress.map(flow => `${flow.to.node.path} ${flow.port}`)).toEqual([`${server.server.node.path} 8086/tcp`]);
    expect(Testing.findings(site)).toEqual([]);
  });

  test('go to InfluxDB and Graphite over UDP, by address', () => {
    const { site, pve, servers } = metrics(all => ({ server: all.servers.host('influx', 30), protocol: 'influxdb-udp', mtu: 1400 }));
    new MetricsServer(pve, 'graphite', { server: servers.host('graphite', 31), protocol: 'graphite-udp', path: 'pve.lab' });
    expect(resourcesOf(site, 'proxmox_metrics_server')).toEqual([
      { name: 'graphite', type: 'graphite', server: '10.20.0.31', port: 2003, graphite_proto: 'udp', graphite_path: 'pve.lab', mtu: 1500 },
      { name: 'influx', type: 'influxdb', server: '10.20.0.30', port: 8089, influx_db_proto: 'udp', mtu: 1400 },
    ]);
    expect(pve.connections.egress.map(flow => String(flow.port)).sort()).toEqual(['2003/udp', '8089/udp']);
  });

  test('with a token in the clear are a warning', () => {
    const { site } = metrics(({ servers }) => ({ server: servers.host('influx', 30), protocol: 'influxdb-http', token: TOKEN }));
    expect(Testing.findings(site)).toEqual([
      "warning [lab/hypervisors/pve/influx] sends its token to lab/servers/influx in the clear; write protocol: 'influxdb-https' (METRICS_IN_CLEAR)",
    ]);
  });

  const props = { protocol: 'influxdb-https', token: TOKEN };
  refuses(
    'a protocol that there is not',
    () => metrics(() => ({ ...props, protocol: 'statsd' })),
    `[lab/hypervisors/pve/influx] protocol must be one of influxdb-https, influxdb-http, influxdb-udp, graphite-tcp, graphite-udp, got "statsd"; write protocol: 'influxdb-https' (PROP_CHOICE)`,
  );
  refuses(
    'a server by its name',
    () => metrics(() => ({ ...props, server: 'influx.example.net' })),
    `[lab/hypervisors/pve/influx] server must be a Host, got "influx.example.net"; write server: servers.host('influx', 30) (PROP_TYPE)`,
  );
  refuses(
    'a token of text',
    () => metrics(({ servers }) => ({ ...props, server: servers.host('influx', 30), token: 'abc' })),
    "[lab/hypervisors/pve/influx] InfluxDB takes nothing over https without a token, which is a Secret; write token: Secret.fromTerraformVariable('influx_token') (METRICS_TOKEN)",
  );
  refuses(
    'no token',
    () => metrics(({ servers }) => ({ server: servers.host('influx', 30), protocol: 'influxdb-http' })),
    "[lab/hypervisors/pve/influx] InfluxDB takes nothing over http without a token, which is a Secret; write token: Secret.fromTerraformVariable('influx_token') (METRICS_TOKEN)",
  );
  refuses(
    'a bucket of Graphite',
    () => metrics(({ servers }) => ({ server: servers.host('g', 30), protocol: 'graphite-tcp', bucket: 'pve' })),
    '[lab/hypervisors/pve/influx] there is no property bucket; use one of server, protocol, port, path (PROP_UNKNOWN)',
  );
  refuses(
    'port 70000',
    () => metrics(({ servers }) => ({ ...props, server: servers.host('influx', 30), port: 70_000 })),
    '[lab/hypervisors/pve/influx] port must be from 1 to 65535, got 70000; choose a value inside the range (PROP_RANGE)',
  );
  refuses(
    'a path with a slash',
    () => metrics(({ servers }) => ({ server: servers.host('g', 30), protocol: 'graphite-tcp', path: 'a/b' })),
    '[lab/hypervisors/pve/influx] path must be words with dots between them, got "a/b"; write it like proxmox.lab (PROP_FORMAT)',
  );
  refuses(
    'packets of 256 bytes',
    () => metrics(({ servers }) => ({ server: servers.host('g', 30), protocol: 'graphite-udp', mtu: 256 })),
    '[lab/hypervisors/pve/influx] mtu must be from 512 to 65536 bytes, got 256; choose a value inside the range (PROP_RANGE)',
  );
  refuses(
    'the same server twice',
    () => {
      const { pve, server } = metrics(({ servers }) => ({ ...props, server: servers.host('influx', 30) }));
      new MetricsServer(pve, 'again', { server: server.server, protocol: 'influxdb-https', token: TOKEN });
    },
    '[lab/hypervisors/pve/again] the nodes send everything to influx.lab.example.net:8086/tcp already, for lab/hypervisors/pve/influx; leave one out (METRICS_TWICE)',
  );
});

/** The usual lab with certificates under the names of its nodes. */
function certified(endpoint?: string) {
  const all = lab(endpoint === undefined ? {} : { endpoint });
  const plugin = new AcmeDnsPlugin(all.pve, 'cloudflare', { api: 'cf', data: CREDENTIALS, validationDelay: Duration.minutes(2) });
  return { ...all, plugin, certificates: new NodeCertificates(all.pve, 'certificates', { plugin }) };
}

describe('certificates', () => {
  test('are for the name of each node, proved by a record', () => {
    const { site, certificates } = certified('https://pve-01.lab.example.net:8006/');
    expect(certificates.names).toEqual(['pve-01.lab.example.net', 'pve-02.lab.example.net', 'pve-03.lab.example.net']);
    expect(resourcesOf(site, 'proxmox_acme_dns_plugin')).toEqual([
      {
        plugin: 'cloudflare',
        api: 'cf',
        data_wo: { CF_Token: expect.stringMatching(/^\$\{var\.cf_token\}$/) },
        data_wo_version: 1,
        validation_delay: 120,
      },
    ]);
    const issued = resourcesOf(site, 'proxmox_acme_certificate');
    expect(issued).toHaveLength(3);
    expect(issued[0]).toMatchObject({
      node_name: 'pve-01',
      account: 'default',
      domains: [{ domain: 'pve-01.lab.example.net', plugin: 'cloudflare' }],
    });
    expect(Testing.findings(site)).toEqual([]);
  });

  test('want the API to be asked under one of their names', () => {
    expect(Testing.findings(certified().site)).toEqual([
      "warning [lab/hypervisors/pve] is asked at https://192.168.1.10:8006/, and the certificates of its nodes are for pve-01.lab.example.net, pve-02.lab.example.net, pve-03.lab.example.net; write endpoint: 'https://pve-01.lab.example.net:8006/' once they are there, and leave insecure out (ACME_ENDPOINT)",
    ]);
  });

  const pluginOf = (props: object, id = 'cloudflare') =>
    new AcmeDnsPlugin(lab().pve, id, { api: 'cf', data: CREDENTIALS, ...props } as never);
  refuses(
    'a DNS service that acme.sh does not know',
    () => pluginOf({ api: 'cloudfl' }),
    '[lab/hypervisors/pve/cloudflare] acme.sh knows no such DNS service, got "cloudfl"; did you mean gcloud? (ACME_API)',
  );
  refuses(
    'a DNS service that is close to one',
    () => pluginOf({ api: 'hetzner_dns' }),
    '[lab/hypervisors/pve/cloudflare] acme.sh knows no such DNS service, got "hetzner_dns"; did you mean hetzner? (ACME_API)',
  );
  refuses(
    'no credentials',
    () => pluginOf({ data: {} }),
    "[lab/hypervisors/pve/cloudflare] data is empty, and every DNS service wants credentials; write data: { CF_Token: Secret.fromTerraformVariable('cf_token') } (ACME_DATA)",
  );
  refuses(
    'credentials of text',
    () => pluginOf({ data: { CF_Token: 'abc' } }),
    "[lab/hypervisors/pve/cloudflare] data.CF_Token must be a Secret under the name of a variable of the script; write data: { CF_Token: Secret.fromTerraformVariable('cf_token') } (ACME_DATA)",
  );
  refuses(
    'a variable that no shell has',
    () => pluginOf({ data: { 'CF-Token': TOKEN } }),
    "[lab/hypervisors/pve/cloudflare] data.CF-Token must be a Secret under the name of a variable of the script; write data: { CF_Token: Secret.fromTerraformVariable('cf_token') } (ACME_DATA)",
  );
  refuses(
    'a wait of three days',
    () => pluginOf({ validationDelay: Duration.days(3) }),
    '[lab/hypervisors/pve/cloudflare] validationDelay must be at most 48 hours, got "72h"; write Duration.minutes(5) (ACME_DELAY)',
  );
  refuses(
    'a plugin with a dot',
    () => pluginOf({}, 'cloud.flare'),
    '[lab/hypervisors/pve/cloud.flare] the name of a plugin must be a letter, then letters, digits, - and _, got "cloud.flare"; write it like cloudflare (PROP_FORMAT)',
  );
  refuses(
    'nodes without a name',
    () => {
      const { pve } = lab(({ management }) => ({ nodes: [{ name: 'pve-01', address: '192.168.1.10' }], managedFrom: [management] }), 1);
      new NodeCertificates(pve, 'certificates', { plugin: new AcmeDnsPlugin(pve, 'cloudflare', { api: 'cf', data: CREDENTIALS }) });
    },
    "[lab/hypervisors/pve/certificates] lab/hypervisors/pve/pve-01 has no name in DNS that a certificate could be for; write nodes: [{ name: 'pve-01', host: management.host('pve-01', 10) }] (ACME_NAME)",
  );
  refuses(
    'certificates twice',
    () => new NodeCertificates(certified().pve, 'more', { plugin: certified().plugin }),
    '[lab/hypervisors/pve/more] its plugin lab/hypervisors/pve/cloudflare is in another cluster; create the plugin in its cluster too (ACME_CLUSTER)',
  );
  refuses(
    'certificates of one cluster twice',
    () => {
      const { pve, plugin } = certified();
      new NodeCertificates(pve, 'more', { plugin });
    },
    '[lab/hypervisors/pve/more] lab/hypervisors/pve already has certificates, lab/hypervisors/pve/certificates; write them once (ACME_TWICE)',
  );
  refuses(
    'no plugin',
    () => new NodeCertificates(lab().pve, 'certificates', {} as never),
    "[lab/hypervisors/pve/certificates] plugin is missing; write plugin: new AcmeDnsPlugin(pve, 'cloudflare', { … }) (PROP_MISSING)",
  );
  refuses(
    'an alias that is no name',
    () => {
      const { pve } = lab();
      const plugin = new AcmeDnsPlugin(pve, 'cloudflare', { api: 'cf', data: CREDENTIALS });
      new NodeCertificates(pve, 'certificates', { plugin, alias: 'acme' });
    },
    '[lab/hypervisors/pve/certificates] alias must be a DNS name, got "acme"; write it like acme.example.net (PROP_FORMAT)',
  );
});

describe('nodes', () => {
  test('ask the gateway of their segment, and know each other', () => {
    const { site, pve } = lab();
    new NodeSettings(pve, 'nodes', { timeZone: 'Europe/Paris' });
    expect(resourcesOf(site, 'proxmox_virtual_environment_dns')[0]).toEqual({
      node_name: 'pve-01',
      domain: 'lab.example.net',
      servers: ['192.168.1.1'],
    });
    expect(resourcesOf(site, 'proxmox_virtual_environment_time').map(({ time_zone }) => time_zone)).toEqual(Array(3).fill('Europe/Paris'));
    expect(resourcesOf(site, 'proxmox_virtual_environment_hosts')[0]).toEqual({
      node_name: 'pve-01',
      entry: [
        { address: '127.0.0.1', hostnames: ['localhost.localdomain', 'localhost'] },
        { address: '192.168.1.10', hostnames: ['pve-01.lab.example.net', 'pve-01'] },
        { address: '192.168.1.11', hostnames: ['pve-02.lab.example.net', 'pve-02'] },
        { address: '192.168.1.12', hostnames: ['pve-03.lab.example.net', 'pve-03'] },
        { address: '::1', hostnames: ['ip6-localhost', 'ip6-loopback'] },
      ],
    });
    expect(Testing.findings(site)).toEqual([]);
  });

  test('ask the resolver of the site, when it serves their segment', () => {
    const { site, pve, servers, management } = lab();
    new NodeSettings(pve, 'nodes');
    new DnsResolver(site, 'resolver', { host: servers.host('resolver', 53), clients: [management], upstreams: [] });
    expect(resourcesOf(site, 'proxmox_virtual_environment_dns').map(({ servers: asked }) => asked)).toEqual(
      Array(3).fill(['10.20.0.53', 'fd20:0:0:20::35']),
    );
  });

  test('ask the resolvers of the cluster, at most three', () => {
    const { site, pve } = lab({ resolvers: ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'] });
    new NodeSettings(pve, 'nodes');
    expect(resourcesOf(site, 'proxmox_virtual_environment_dns')[0]).toMatchObject({ servers: ['192.0.2.1', '192.0.2.2', '192.0.2.3'] });
  });

  refuses(
    'a time zone that there is not',
    () => new NodeSettings(lab().pve, 'nodes', { timeZone: 'Europe/Atlantis' }),
    '[lab/hypervisors/pve/nodes] timeZone is not in the time zone database, got "Europe/Atlantis"; write it like Europe/Paris, see https://www.iana.org/time-zones (NODE_TIME_ZONE)',
  );
  refuses(
    'settings twice',
    () => {
      const { pve } = lab();
      for (const id of ['nodes', 'more']) new NodeSettings(pve, id);
    },
    '[lab/hypervisors/pve/more] the nodes have settings already, lab/hypervisors/pve/nodes; write them once (NODE_SETTINGS_TWICE)',
  );
  refuses(
    'settings of a node without a host',
    () => {
      const { pve } = lab(({ management }) => ({ nodes: [{ name: 'pve-01', address: '192.168.1.10' }], managedFrom: [management] }), 1);
      new NodeSettings(pve, 'nodes');
    },
    "[lab/hypervisors/pve/nodes] lab/hypervisors/pve/pve-01 has no host, so that its domain and its resolvers are not known; write nodes: [{ name: 'pve-01', host: management.host('pve-01', 10) }] (NODE_SETTINGS_HOST)",
  );
});

/** The usual lab with a segment for migration, on which each node has a host. */
function migrating(count = 3) {
  const all = lab();
  const migration = new Vlan(all.site, 'migration', { tag: 40, ipv4: '10.40.0.0/24' });
  const hosts = all.pve.nodes.slice(0, count).map((node, i) => migration.host(`${node.name}-migration`, 10 + i));
  return { ...all, migration, hosts };
}

describe('a cluster', () => {
  test('migrates through a segment of its own, which its nodes then need', () => {
    const { site, pve, hosts } = migrating();
    new ClusterOptions(pve, 'options', {
      migrationHosts: hosts,
      macPrefix: '02:00:5e',
      bandwidthLimits: { migration: Bandwidth.gigabits(4), default: Bandwidth.megabits(400) },
      emailFrom: 'pve@example.net',
    });
    const [problem, ...others] = Testing.findings(site);
    expect(problem).toBe(
      'error [lab/rack/pve-01] lab/hypervisors/pve/options needs lab/migration (VLAN 40), which lab/rack/lan/port-1 does not carry; add it to tagged of that port (VLAN_NOT_TRUNKED)',
    );
    expect(others).toHaveLength(2);
    expect(pve.connections.ingress.map(flow => `${flow.from.node.id} ${flow.port}`)).toEqual([
      'pve-01-migration 22/tcp',
      'pve-02-migration 22/tcp',
      'pve-03-migration 22/tcp',
    ]);
  });

  test('moves guests away before a node shuts down', () => {
    const { site, pve } = lab();
    new ClusterOptions(pve, 'options', { bandwidthLimits: { migration: Bandwidth.gigabits(4) } });
    expect(resourcesOf(site, 'proxmox_cluster_options')).toEqual([
      { migration_type: 'secure', ha_shutdown_policy: 'migrate', bandwidth_limit_migration: 488_281 },
    ]);
  });

  const optionsOf = (props: object) => new ClusterOptions(lab().pve, 'options', props);
  refuses(
    'a prefix of groups',
    () => optionsOf({ macPrefix: '03:00:5E' }),
    '[lab/hypervisors/pve/options] macPrefix would make addresses of groups, which no port has, got "03:00:5E"; write 02:00:5E, see IEEE 802 section 8.2 (MAC_PREFIX)',
  );
  refuses(
    'a prefix of one octet',
    () => optionsOf({ macPrefix: '02' }),
    '[lab/hypervisors/pve/options] macPrefix must be two or three octets, got "02"; write it like 02:00:5E (PROP_FORMAT)',
  );
  refuses(
    'a policy that there is not',
    () => optionsOf({ haShutdownPolicy: 'stop' }),
    `[lab/hypervisors/pve/options] haShutdownPolicy must be one of migrate, conditional, failover, freeze, got "stop"; write haShutdownPolicy: 'migrate' (PROP_CHOICE)`,
  );
  refuses(
    'a limit of text',
    () => optionsOf({ bandwidthLimits: { clone: '400M' } }),
    '[lab/hypervisors/pve/options] bandwidthLimits.clone must be a Bandwidth, got "400M"; write bandwidthLimits.clone: Bandwidth.megabits(400) (PROP_TYPE)',
  );
  refuses(
    'a limit that lets nothing through',
    () => optionsOf({ bandwidthLimits: { clone: Bandwidth.megabits(1) } }),
    '[lab/hypervisors/pve/options] bandwidthLimits.clone must be at least 10 Mb/s, or nothing ever ends, got "1 Mb/s"; write Bandwidth.megabits(400) (BANDWIDTH_LIMIT)',
  );
  refuses(
    'a limit of what there is not',
    () => optionsOf({ bandwidthLimits: { backup: Bandwidth.megabits(100) } }),
    '[lab/hypervisors/pve/options] there is no property backup; use one of clone, migration, move, restore, default (PROP_UNKNOWN)',
  );
  refuses(
    'fewer hosts than nodes',
    () => {
      const { pve, hosts } = migrating(2);
      new ClusterOptions(pve, 'options', { migrationHosts: hosts });
    },
    '[lab/hypervisors/pve/options] migrationHosts has 2 hosts for 3 nodes; write one for each of pve-01, pve-02, pve-03 (MIGRATION_NETWORK)',
  );
  refuses(
    'hosts of two segments',
    () => {
      const { pve, hosts, servers } = migrating(2);
      new ClusterOptions(pve, 'options', { migrationHosts: [...hosts, servers.host('pve-03-migration', 99)] });
    },
    '[lab/hypervisors/pve/options] lab/servers/pve-03-migration is on another segment than lab/migration/pve-01-migration; choose hosts of one segment (MIGRATION_NETWORK)',
  );
  refuses(
    'options twice',
    () => {
      const { pve } = lab();
      for (const id of ['options', 'more']) new ClusterOptions(pve, id);
    },
    '[lab/hypervisors/pve/more] lab/hypervisors/pve has options already, lab/hypervisors/pve/options; write them once (CLUSTER_OPTIONS_TWICE)',
  );
});
