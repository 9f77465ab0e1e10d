import { Check } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { BOND_MODES, type BondMode } from './bond-mode';
import { HarvesterRelease } from './harvester-release';

/** Add-ons that Harvester can enable at its installation. @see https://docs.harvesterhci.io/v1.7/install/harvester-configuration#installaddons */
export type HarvesterAddon =
  | 'rancher-monitoring'
  | 'rancher-logging'
  | 'harvester-seeder'
  | 'harvester-pcidevices-controller'
  | 'harvester-vm-import-controller';

export interface HarvesterInstallProps {
  /** Files that the nodes are installed from. */
  readonly release: HarvesterRelease;
  /** URL of the folder from which `devices/harvester/<cluster>/` is served, with the token put in, e.g. `http://192.168.10.5/config`. */
  readonly configUrl: string;
  /** Installs on machines that are too small for production. @default false */
  readonly skipChecks?: boolean;
  /** How the management ports of a node share the traffic. @default `active-backup` */
  readonly bondMode?: BondMode;
  /** Of the management network (576–9000). @default - 1500 */
  readonly mtu?: number;
  /** Names or addresses of time servers; etcd fails when the clocks of the nodes differ. */
  readonly ntpServers: readonly string[];
  /** Serial console of the nodes, e.g. `ttyS0,115200n8`. @default - none */
  readonly tty?: string;
  /** Kernel settings of the nodes, by name. @default - none */
  readonly sysctls?: Readonly<Record<string, string>>;
  /** Kernel modules that the nodes load. @default - none */
  readonly modules?: readonly string[];
  /** Absolute paths of which a node keeps what is written to them. @default - none */
  readonly persistentStatePaths?: readonly string[];
  /** @default - none */
  readonly addons?: readonly HarvesterAddon[];
  /** Prefix of pods; nothing else in the site may have addresses of it. @default `10.52.0.0/16` */
  readonly podCidr?: string;
  /** Prefix of services; nothing else in the site may have addresses of it. @default `10.53.0.0/16` */
  readonly serviceCidr?: string;
}

/** How the nodes of a cluster are installed. */
export class HarvesterInstall {
  public readonly release: HarvesterRelease;
  public readonly configUrl: string;
  public readonly skipChecks: boolean;
  public readonly bondMode: BondMode;
  public readonly mtu?: number;
  public readonly ntpServers: readonly string[];
  public readonly tty?: string;
  public readonly sysctls: Readonly<Record<string, string>>;
  public readonly modules: readonly string[];
  public readonly persistentStatePaths: readonly string[];
  public readonly addons: readonly HarvesterAddon[];
  public readonly podCidr: string;
  public readonly serviceCidr: string;

  constructor(scope: IConstruct, props: HarvesterInstallProps) {
    const check = new Check(scope);
    check.known(
      check.present('install', props, "{ release, configUrl: 'http://192.168.10.5/config', ntpServers: ['ntp.example.net'] }"),
      PROPS,
    );
    this.release = check.instance(
      'release',
      props.release,
      HarvesterRelease,
      "HarvesterRelease.at('http://192.168.10.5/harvester', 'v1.7.1')",
    );
    this.configUrl = check.text(
      'configUrl',
      props.configUrl,
      /^https?:\/\/[^\s?#]+[^\s?#/]$/,
      'the URL of a folder, without a slash at its end',
      'http://192.168.10.5/config',
    );
    this.skipChecks = check.boolean('skipChecks', props.skipChecks ?? false);
    this.bondMode = check.choice('bondMode', props.bondMode ?? 'active-backup', BOND_MODES);
    if (props.mtu !== undefined) this.mtu = check.integer('mtu', props.mtu, 576, 9000, 'bytes');
    check.list('ntpServers', props.ntpServers, "'ntp.example.net'");
    this.ntpServers = texts(check, 'ntpServers', props.ntpServers, /^[a-z0-9][a-z0-9.:-]*$/, 'names or IP addresses', 'ntp.example.net');
    if (props.tty !== undefined)
      this.tty = check.text('tty', props.tty, /^tty[A-Za-z]*\d+(,\d+[a-z0-9]*)?$/, 'a serial console', 'ttyS0,115200n8');
    this.sysctls = sysctls(check, props.sysctls);
    this.modules = texts(check, 'modules', props.modules, /^[a-z0-9_-]+$/, 'names of kernel modules', 'vhost_net');
    this.persistentStatePaths = texts(
      check,
      'persistentStatePaths',
      props.persistentStatePaths,
      // The installer refuses /tmp, and what is below it.
      /^(?!\/tmp(\/|$))(\/[\w.-]+)+$/,
      'absolute paths, none of them below /tmp',
      '/var/lib/rook',
    );
    this.addons = texts(
      check,
      'addons',
      props.addons,
      ADDONS,
      `some of ${ADDON_NAMES.join(', ')}`,
      'rancher-monitoring',
    ) as HarvesterAddon[];
    this.podCidr = check.text('podCidr', props.podCidr ?? '10.52.0.0/16', PREFIX, 'an IPv4 prefix of length 8 to 24', '10.52.0.0/16');
    this.serviceCidr = check.text(
      'serviceCidr',
      props.serviceCidr ?? '10.53.0.0/16',
      PREFIX,
      'an IPv4 prefix of length 8 to 24',
      '10.53.0.0/16',
    );
  }

  /** Tenth address of the services, where Kubernetes has its DNS. */
  public get clusterDns(): string {
    return (this.serviceCidr.split('/')[0] as string).replace(/\d+$/, last => String(Number(last) + 10));
  }
}

const PROPS: readonly (keyof HarvesterInstallProps)[] = [
  'release',
  'configUrl',
  'skipChecks',
  'bondMode',
  'mtu',
  'ntpServers',
  'tty',
  'sysctls',
  'modules',
  'persistentStatePaths',
  'addons',
  'podCidr',
  'serviceCidr',
];

const ADDON_NAMES: readonly HarvesterAddon[] = [
  'harvester-pcidevices-controller',
  'harvester-seeder',
  'harvester-vm-import-controller',
  'rancher-logging',
  'rancher-monitoring',
];
const ADDONS = new RegExp(`^(${ADDON_NAMES.join('|')})$`);
const PREFIX = /^\d{1,3}(\.\d{1,3}){3}\/(8|9|1\d|2[0-4])$/;

/** Sorted, each once. */
function texts(
  check: Check,
  name: string,
  given: readonly string[] | undefined,
  form: RegExp,
  means: string,
  example: string,
): readonly string[] {
  if (given === undefined) return [];
  return [...new Set(check.list(name, given, `'${example}'`).map(text => check.text(name, text, form, means, example)))].sort();
}

/** The installer wants text, also where it looks like a number. */
function sysctls(check: Check, given: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> {
  const entries = Object.entries(given ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, value] of entries) {
    check.text('sysctls', name, /^[a-z0-9_]+([./][a-z0-9_-]+)+$/, 'named like kernel settings', 'vm.swappiness');
    check.text(`sysctls.${name}`, value, /\S/, 'a value', '1');
  }
  return Object.fromEntries(entries);
}
