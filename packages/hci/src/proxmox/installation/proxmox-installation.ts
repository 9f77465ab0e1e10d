import {
  Check,
  ConfigError,
  type ILifecycle,
  isAddressed,
  isConnectable,
  type Lifecycle,
  onRender,
  Port,
  pathOf,
  Secret,
  Site,
  vacant,
} from '@ashlar/core';
import { Vlan } from '@ashlar/network';
import { Construct } from 'constructs';
import { voteLifecycle } from '../lifecycle/vote-lifecycle';
import { ProxmoxCluster } from '../proxmox-cluster';
import type { ProxmoxNode } from '../proxmox-node';
import { answerFile } from './answer-file';
import { bootDisks } from './boot-disks';
import { clusterScript, qdeviceScript } from './cluster-script';
import { installationRunbook } from './installation-runbook';
import { interfacesFile } from './interfaces-file';
import { INSTALLATION } from './is-proxmox-installation';
import { COROSYNC_ONE_LINK } from './rules/corosync-one-link';
import { INSTALL_PORT } from './rules/install-port';
import { WATCHDOGS, type Watchdog, watchdogFile } from './watchdog';

export interface ProxmoxInstallationProps {
  /** Two letters, as in ISO 3166: the nearest mirror is chosen by it. */
  readonly country: string;
  /** Where the nodes send mail to their operator. */
  readonly mailto: string;
  /** Slots of the disks that Proxmox VE itself is on, one, or two that mirror each other. What is on them is destroyed. */
  readonly bootDisks: readonly string[];
  /** Hash of root's password, as `mkpasswd` makes it; it is put in when the medium is made. */
  readonly rootPassword: Secret;
  /** @default `en-us` */
  readonly keyboard?: string;
  /** Name of the IANA time zone. @default `UTC` */
  readonly timezone?: string;
  /** Segments that corosync may use besides that of the nodes' addresses, each a host of every node. @default - none */
  readonly links?: readonly Vlan[];
  /** What restarts a node that has lost the majority. @default `softdog` */
  readonly watchdog?: Watchdog;
}

/**
 * How the nodes of a cluster are installed, and become a cluster: for each an answer file for the installer, the configuration of its network,
 * and a script that makes or joins the cluster; the third vote; and a runbook with order, checks and undo.
 *
 * None of this goes over the API, which is there only afterwards.
 */
export class ProxmoxInstallation extends Construct implements ILifecycle {
  public readonly cluster: ProxmoxCluster;
  public readonly watchdog: Watchdog;
  /** Segments that corosync may use besides that of the nodes' addresses. */
  public readonly links: readonly Vlan[];
  /** Where the hash of root's password is kept, for people. */
  public readonly passwordSource: string;
  /** IP address of the third vote, if the cluster has one. */
  public readonly qdeviceAddress?: string;

  /** @throws INSTALL_MACHINE, INSTALL_DISK, INSTALL_LINK, INSTALL_TAGGED, INSTALL_QDEVICE */
  constructor(scope: ProxmoxCluster, id: string, props: ProxmoxInstallationProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, INSTALLATION, { value: true });
    const check = new Check(this);
    check.known(props, ['country', 'mailto', 'bootDisks', 'rootPassword', 'keyboard', 'timezone', 'links', 'watchdog']);
    this.cluster = check.instance('scope', scope, { name: 'ProxmoxCluster', is: ProxmoxCluster.isProxmoxCluster }, 'pve');
    this.watchdog = check.choice('watchdog', props.watchdog ?? 'softdog', WATCHDOGS);
    this.links = props.links ?? [];
    for (const link of this.links) check.instance('links', link, { name: 'Vlan', is: Vlan.isVlan }, '[mirror]');
    this.passwordSource = check
      .instance('rootPassword', props.rootPassword, Secret, "Secret.fromSops('secrets.yaml', 'pve_root')")
      .describe();
    this.qdeviceAddress = qdeviceAddress(this);
    const answers = {
      country: check.text('country', props.country, /^[a-z]{2}$/, 'a country of ISO 3166 in two lower-case letters', 'de'),
      keyboard: check.text('keyboard', props.keyboard ?? 'en-us', /^[a-z]{2}(-[a-z]{2})?$/, 'a layout of the installer', 'en-us'),
      timezone: check.text(
        'timezone',
        props.timezone ?? 'UTC',
        /^[A-Z][\w+-]*(\/[A-Z][\w+-]*){0,2}$/,
        'a time zone of IANA',
        'Europe/Berlin',
      ),
      mailto: check.text('mailto', props.mailto, /^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'an address of mail', 'ops@example.net'),
      bootDisks: oneOrTwo(this, check.list('bootDisks', props.bootDisks, "'ssd'")),
      sshKeys: this.cluster.admin.keys,
    };
    requireUntagged(this);
    for (const node of this.cluster.nodes) {
      requireMachine(node);
      this.linksOf(node);
      bootDisks(node, answers.bootDisks);
    }
    const { qdevice } = this.cluster;
    if (qdevice && isConnectable(qdevice)) qdevice.connections.allowFrom(this.cluster, QNETD);
    Site.of(this).addRules(COROSYNC_ONE_LINK, INSTALL_PORT);
    onRender(this, output => {
      const folder = `devices/proxmox/${this.cluster.name}`;
      for (const node of this.cluster.nodes) {
        output.write(this, `${folder}/${node.name}/answer.toml`, answerFile(node, answers));
        output.write(this, `${folder}/${node.name}/interfaces`, interfacesFile(node, this.cluster.bridge));
        output.write(this, `${folder}/${node.name}/pve-ha-manager`, watchdogFile(this.watchdog));
        if (this.cluster.nodes.length > 1) output.write(this, `${folder}/${node.name}/cluster.sh`, clusterScript(this, node));
      }
      if (this.qdeviceAddress) output.write(this, `${folder}/qdevice.sh`, qdeviceScript(this));
      output.write(this, `${folder}/INSTALL.md`, installationRunbook(this));
    });
  }

  public get lifecycle(): Lifecycle {
    return voteLifecycle(this);
  }

  /** IP addresses of a node on the segments that corosync uses, its own first. @throws INSTALL_LINK */
  public linksOf(node: ProxmoxNode): readonly string[] {
    const others = this.links.map(vlan => {
      const host = node.otherHosts.find(h => h.vlan === vlan);
      if (host) return host.ip;
      throw new ConfigError(this, 'INSTALL_LINK', `${pathOf(node)} has no address on ${pathOf(vlan)}, which corosync is to use`, {
        fix: `write otherHosts: [${vlan.name}.host('${node.name}-${vlan.name}')] for the node`,
      });
    });
    return [node.address, ...others];
  }
}

/** Port of corosync-qnetd. @see https://manpages.debian.org/corosync-qnetd.8 */
const QNETD = Port.tcp(5403);

/** @throws INSTALL_MACHINE */
function requireMachine(node: ProxmoxNode): void {
  if (node.machine && node.host) return;
  throw new ConfigError(
    node,
    'INSTALL_MACHINE',
    `${node.machine ? 'has no host' : 'stands on no machine'}, so that it cannot be installed from the model`,
    {
      fix: "write nodes: [{ machine, host: management.host('pve-01', 10) }]",
    },
  );
}

/** @throws INSTALL_DISK */
function oneOrTwo(installation: ProxmoxInstallation, slots: readonly string[]): readonly string[] {
  const twice = slots.find((slot, i) => slots.indexOf(slot) < i);
  if (slots.length <= 2 && twice === undefined) return slots;
  throw new ConfigError(
    installation,
    'INSTALL_DISK',
    twice === undefined ? 'bootDisks are one disk, or two that mirror each other' : 'bootDisks names a slot twice',
    {
      got: slots.join(', '),
      fix: 'leave the other disks to a ZfsPool',
    },
  );
}

/** @throws INSTALL_TAGGED */
function requireUntagged(installation: ProxmoxInstallation): void {
  const { cluster } = installation;
  const tagged = cluster.nodes.find(node => node.host && node.host.vlan !== cluster.untagged);
  if (!tagged) return;
  throw new ConfigError(
    installation,
    'INSTALL_TAGGED',
    `the installer knows no tags, and ${pathOf(tagged)} has its address on ${pathOf(tagged.host?.vlan as Vlan)}, which has one on the bridge`,
    {
      fix: 'make that segment the untagged one of the cluster',
    },
  );
}

/** @throws INSTALL_QDEVICE */
function qdeviceAddress(installation: ProxmoxInstallation): string | undefined {
  const { qdevice } = installation.cluster;
  if (!qdevice) return undefined;
  const ip = isAddressed(qdevice) ? qdevice.addresses[0]?.ip : undefined;
  if (ip !== undefined) return ip;
  throw new ConfigError(installation, 'INSTALL_QDEVICE', `the third vote, ${pathOf(qdevice)}, has no address`, {
    fix: "write qdevice: management.host('router', 1) for the cluster",
  });
}
