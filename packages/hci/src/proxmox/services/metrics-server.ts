import { Check, Claims, ConfigError, Port, pathOf, Secret, vacant, warn } from '@ashlar/core';
import { Host } from '@ashlar/network';
import { ProxmoxMetricsServerResource, type ProxmoxMetricsServerResourceProps } from '@ashlar/provider-proxmox';
import { secretVariable } from '@ashlar/terraform';
import { Construct } from 'constructs';
import { clusterOf } from '../cluster-of';

/** What each protocol is to Proxmox VE, and the properties that it has besides. @see https://pve.proxmox.com/wiki/External_Metric_Server */
const PROTOCOLS = {
  'influxdb-https': {
    type: 'influxdb',
    via: 'https',
    transport: 'tcp',
    port: 8086,
    props: ['organization', 'bucket', 'token', 'tokenVersion'],
  },
  'influxdb-http': {
    type: 'influxdb',
    via: 'http',
    transport: 'tcp',
    port: 8086,
    props: ['organization', 'bucket', 'token', 'tokenVersion'],
  },
  'influxdb-udp': { type: 'influxdb', via: 'udp', transport: 'udp', port: 8089, props: ['mtu'] },
  'graphite-tcp': { type: 'graphite', via: 'tcp', transport: 'tcp', port: 2003, props: ['path'] },
  'graphite-udp': { type: 'graphite', via: 'udp', transport: 'udp', port: 2003, props: ['path', 'mtu'] },
} as const;

export type MetricsProtocol = keyof typeof PROTOCOLS;

export interface MetricsServerProps {
  /** Where it runs; over https it is asked by its name, which is in its certificate. */
  readonly server: Host;
  readonly protocol: MetricsProtocol;
  /** 1–65535. @default - 8086 for InfluxDB over HTTP, 8089 over UDP, 2003 for Graphite */
  readonly port?: number;
  /** influxdb over HTTP: organization of the bucket. @default `proxmox` */
  readonly organization?: string;
  /** influxdb over HTTP: bucket that is written to. @default `proxmox` */
  readonly bucket?: string;
  /** influxdb over HTTP: token that may write to the bucket. */
  readonly token?: Secret;
  /** Raised by one when the token has a new value, which Terraform cannot see (1–1000). @default 1 */
  readonly tokenVersion?: number;
  /** graphite: what the names of all metrics begin with. @default `proxmox` */
  readonly path?: string;
  /** Over UDP: MTU of the way to it (512–65536). @default 1500 */
  readonly mtu?: number;
}

/**
 * Where every node sends its own metrics and those of its guests. Its id is its name in Proxmox VE.
 *
 * The flow to it, it declares itself.
 */
export class MetricsServer extends Construct {
  public readonly name: string;
  public readonly server: Host;

  /** @throws METRICS_TWICE, METRICS_TOKEN */
  constructor(scope: Construct, id: string, props: MetricsServerProps) {
    super(vacant(scope, id), id);
    const cluster = clusterOf(this);
    const check = new Check(this);
    const protocol = check.choice('protocol', props?.protocol, Object.keys(PROTOCOLS) as MetricsProtocol[]);
    const facts = PROTOCOLS[protocol];
    check.known(props, ['server', 'protocol', 'port', ...facts.props]);
    this.name = check.text(
      'the name of a metrics server',
      id,
      /^[A-Za-z][A-Za-z0-9_-]+$/,
      'a letter, then letters, digits, - and _',
      'influx',
    );
    this.server = check.instance('server', props.server, { name: 'Host', is: Host.isHost }, "servers.host('influx', 30)");
    const port = check.integer('port', props.port ?? facts.port, 1, 65_535);
    const key = `${this.server.fqdn}:${port}/${facts.transport}`;
    Claims.of(this).claim(`metrics of ${pathOf(cluster)}`, key, this, holder => {
      return new ConfigError(this, 'METRICS_TWICE', `the nodes send everything to ${key} already, for ${pathOf(holder)}`, {
        fix: 'leave one out',
      });
    });
    new ProxmoxMetricsServerResource(this, 'server', {
      name: this.name,
      type: facts.type,
      server: protocol === 'influxdb-https' ? this.server.fqdn : this.server.ip,
      port,
      ...(facts.type === 'graphite' ? this.graphite(check, props, facts.via) : this.influx(check, props, protocol, facts.via)),
      ...(facts.via === 'udp' && { mtu: check.integer('mtu', props.mtu ?? 1500, 512, 65_536, 'bytes') }),
    });
    cluster.connections.allowTo(this.server, Port[facts.transport](port));
  }

  private graphite(check: Check, props: MetricsServerProps, via: string): Partial<ProxmoxMetricsServerResourceProps> {
    const path = check.text('path', props.path ?? 'proxmox', /^[\w-]+(\.[\w-]+)*$/, 'words with dots between them', 'proxmox.lab');
    return { graphiteProto: via, graphitePath: path };
  }

  private influx(
    check: Check,
    props: MetricsServerProps,
    protocol: MetricsProtocol,
    via: string,
  ): Partial<ProxmoxMetricsServerResourceProps> {
    if (via === 'udp') return { influxDbProto: via };
    if (!Secret.is(props.token)) {
      throw new ConfigError(this, 'METRICS_TOKEN', `InfluxDB takes nothing over ${via} without a token, which is a Secret`, {
        fix: "write token: Secret.fromTerraformVariable('influx_token')",
      });
    }
    if (protocol === 'influxdb-http') {
      warn(this, 'METRICS_IN_CLEAR', `sends its token to ${pathOf(this.server)} in the clear`, "write protocol: 'influxdb-https'");
    }
    return {
      influxDbProto: via,
      influxOrganization: check.text('organization', props.organization ?? 'proxmox', /^[\w.-]+$/, 'a name', 'proxmox'),
      influxBucket: check.text('bucket', props.bucket ?? 'proxmox', /^[\w./-]+$/, 'a name', 'proxmox'),
      influxTokenWo: secretVariable(this, props.token),
      influxTokenWoVersion: check.integer('tokenVersion', props.tokenVersion ?? 1, 1, 1000),
      ...(protocol === 'influxdb-https' && { influxVerify: true }),
    };
  }
}
