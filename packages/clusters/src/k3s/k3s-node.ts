import { basename } from 'node:path';
import {
  type FirstBoot,
  type IInstance,
  type ILifecycle,
  type IPlaced,
  type Lifecycle,
  onRender,
  type Placement,
  type Secret,
} from '@ashlar/core';
import { Construct } from 'constructs';
import { carryBootstrap } from './k3s-bootstrap-files';
import type { K3sCluster } from './k3s-cluster';
import { TOKEN_FILE } from './k3s-configuration';
import { KUBELET_SYSCTL, SERVER_POLICIES } from './k3s-hardening';
import { nodeLifecycle } from './k3s-node-lifecycle';
import { carryRegistries, registriesFile } from './k3s-registries';
import { SNAPSHOT_CREDENTIALS } from './k3s-snapshots';

export interface K3sNodeProps {
  /** `begin` is the server that begins the cluster, unless somebody answers at its address already. */
  readonly role: 'begin' | 'server' | 'agent';
  /** Release of K3s. */
  readonly version: string;
  readonly token: Secret;
  /** `config.yaml`. */
  readonly configuration: string;
  /** Nodes that must be up before. */
  readonly after: readonly K3sNode[];
}

/** K3s on one machine: what the machine does at its first boot, and a copy of it to read. */
export class K3sNode extends Construct implements IPlaced, ILifecycle {
  public readonly placement: Placement;

  constructor(
    private readonly cluster: K3sCluster,
    public readonly machine: IInstance,
    private readonly props: K3sNodeProps,
  ) {
    super(cluster, machine.hostName);
    this.placement = { standsOn: [[machine]] };
    const { firstBoot } = machine;
    firstBoot.install('curl', 'open-iscsi');
    firstBoot.file('/etc/sysctl.d/90-kubelet.conf', KUBELET_SYSCTL);
    firstBoot.file('/etc/rancher/k3s/config.yaml', props.configuration, '0600');
    firstBoot.file(TOKEN_FILE, props.token);
    if (cluster.registries) carryRegistries(cluster.registries, firstBoot);
    if (props.role !== 'agent') this.serve(firstBoot);
    const install = () => {
      for (const command of installCommands(props.version, props.role === 'agent' ? 'agent' : 'server')) firstBoot.run(command);
    };
    if (props.role === 'begin') carryBootstrap(cluster, firstBoot, install);
    else install();

    onRender(this, output => {
      const folder = `devices/k3s/${cluster.name}`;
      output.write(this, `${folder}/${machine.hostName}/config.yaml`, props.configuration);
      if (props.role !== 'begin') return;
      for (const [path, text] of SERVER_POLICIES) output.write(this, `${folder}/${basename(path)}`, text);
      if (cluster.registries) output.write(this, `${folder}/registries.yaml`, registriesFile(cluster.registries));
    });
  }

  public get lifecycle(): Lifecycle {
    return nodeLifecycle(this.cluster, this.machine, this.props.role, this.props.after);
  }

  private serve(firstBoot: FirstBoot): void {
    for (const [path, text] of SERVER_POLICIES) firstBoot.file(path, text, '0600');
    if (this.cluster.snapshots) firstBoot.file(SNAPSHOT_CREDENTIALS, this.cluster.snapshots.credentials);
  }
}

/** The installer of the release's own tag, which verifies the binary by the release's checksums. @see https://docs.k3s.io/installation/configuration */
function installCommands(version: string, role: 'server' | 'agent'): string[] {
  const script = '/usr/local/lib/k3s-install.sh';
  return [
    'sysctl --system',
    `curl -sfL --retry 10 --retry-all-errors -o ${script} https://raw.githubusercontent.com/k3s-io/k3s/${encodeURIComponent(version)}/install.sh`,
    `INSTALL_K3S_VERSION='${version}' sh ${script} ${role}`,
  ];
}
