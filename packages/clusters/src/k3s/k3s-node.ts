import { type IInstance, type ILifecycle, type IPlaced, type Lifecycle, onRender, type Placement, type Secret, Site } from '@ashlar/core';
import type { KubernetesCluster } from '@ashlar/kubernetes';
import { Construct } from 'constructs';
import { agentConfiguration, type K3sConfiguration, KUBELET_SYSCTL, TOKEN_FILE } from './k3s-configuration';

interface K3sNodeProps {
  readonly version: string;
  readonly token: Secret;
  /** Configuration of a server. */
  readonly configuration?: string;
  /** The cluster that an agent joins. */
  readonly agentOf?: K3sConfiguration;
  /** Set on the server that begins the cluster: it carries what must be in it first. */
  readonly begins?: KubernetesCluster;
  /** The server that must be up before. */
  readonly joins?: K3sNode;
}

/** Where a server reads manifests that it applies until they are accepted. @see https://docs.k3s.io/installation/packaged-components */
const MANIFESTS = '/var/lib/rancher/k3s/server/manifests';

/** K3s on one machine: what the machine does at its first boot, and a copy of it to read. */
export class K3sNode extends Construct implements IPlaced, ILifecycle {
  public readonly placement: Placement;
  public readonly lifecycle: Lifecycle;

  constructor(cluster: KubernetesCluster, instance: IInstance, props: K3sNodeProps) {
    super(cluster, instance.hostName);
    this.placement = { standsOn: [[instance]] };
    this.lifecycle = { startsAfter: props.joins ? [instance, props.joins] : [instance] };
    const configuration = props.configuration ?? agentConfiguration(props.agentOf as K3sConfiguration, instance);

    const { firstBoot } = instance;
    firstBoot.install('curl', 'open-iscsi');
    firstBoot.file('/etc/sysctl.d/90-kubelet.conf', KUBELET_SYSCTL);
    firstBoot.file('/etc/rancher/k3s/config.yaml', configuration, '0600');
    firstBoot.file(TOKEN_FILE, props.token);
    if (props.begins) carryManifests(props.begins, instance);
    for (const command of installCommands(props.version, props.agentOf ? 'agent' : 'server')) firstBoot.run(command);

    onRender(this, output => output.write(this, `devices/k3s/${cluster.name}/${instance.hostName}/config.yaml`, configuration));
  }
}

/**
 * Puts what must be in the cluster first on the server that begins it. One file an object: K3s retries each file on its own, and
 * an Application has to wait for the definition that Argo CD's chart brings. The file's name becomes that of an object.
 */
function carryManifests(cluster: KubernetesCluster, server: IInstance): void {
  Site.of(cluster).onPrepare(() => {
    for (const [file, text] of cluster.bootstrap.render()) {
      server.firstBoot.file(`${MANIFESTS}/ashlar-${file.toLowerCase().replace(/[^a-z0-9.-]/g, '-')}`, text, '0600');
    }
  });
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
