import { Check, ConfigError, onRender, Secret, toYaml } from '@ashlar/core';
import { ChartRelease } from '@ashlar/kubernetes';
import { Construct } from 'constructs';
import type { K3sCluster } from './k3s-cluster';
import { scaledAgentConfiguration } from './k3s-configuration';
import { KUBELET_SYSCTL } from './k3s-hardening';

/** Equal servers that come and go with the load. */
export interface HetznerGroup {
  /** Name that Hetzner has for a size, e.g. `ccx53`. @see https://docs.hetzner.com/cloud/servers/overview */
  readonly size: string;
  /** Region, e.g. `fsn1`. */
  readonly region: string;
  /** Fewest servers. 0–100 @default 0 */
  readonly min?: number;
  /** Most servers. 1–100 */
  readonly max: number;
}

export interface HetznerAutoscalerProps {
  /** Groups by name. */
  readonly groups: Readonly<Record<string, HetznerGroup>>;
  /** Name of the private network in which they have an address and reach the API. */
  readonly network: string;
  /** Name of the firewall before them. */
  readonly firewall: string;
  /** Token of Hetzner's API, in a Secret of kube-system. */
  readonly token: Secret;
  /**
   * Cloud-init of a server, in Base64, in a Secret of kube-system: the rendered `scaled-node.yaml`, with the cluster's join token in
   * place of `@@K3S_TOKEN@@`.
   */
  readonly cloudInit: Secret;
}

/** As of November 2025. @see https://artifacthub.io/packages/helm/cluster-autoscaler/cluster-autoscaler */
const CHART = '9.52.1';
const IMAGE = 'debian-13';

/**
 * Servers of Hetzner that join a K3s cluster as agents while pods find no room, and leave when they are empty.
 *
 * They are not part of the model. Nodes let in whatever has an address in the segment of the API, so that they can join; the firewall of
 * Hetzner before them is one of those that are there.
 * @see https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler/cloudprovider/hetzner
 */
export class HetznerAutoscaler extends Construct {
  /** @throws AUTOSCALER_*, PROP_*, CHART_CONFLICT */
  constructor(cluster: K3sCluster, id: string, props: HetznerAutoscalerProps) {
    super(cluster, id);
    const check = new Check(this);
    check.known(props, ['groups', 'network', 'firewall', 'token', 'cloudInit']);
    const groups = Object.entries(check.present('groups', props.groups, "{ burst: { size: 'ccx53', region: 'fsn1', max: 5 } }"));
    check.list('groups', groups, "burst: { size: 'ccx53', region: 'fsn1', max: 5 }");
    const network = check.label('network', props.network);
    const firewall = check.label('firewall', props.firewall);
    cluster.growsWith(this);
    new ChartRelease(cluster, 'cluster-autoscaler', {
      chart: 'cluster-autoscaler',
      repository: 'https://kubernetes.github.io/autoscaler',
      version: CHART,
      namespace: 'kube-system',
      values: {
        cloudProvider: 'hetzner',
        autoscalingGroups: groups.map(([name, group]) => this.group(check, name, group)),
        extraEnv: { HCLOUD_IMAGE: IMAGE, HCLOUD_NETWORK: network, HCLOUD_FIREWALL: firewall },
        extraEnvSecrets: {
          HCLOUD_TOKEN: this.reference('token', props.token),
          HCLOUD_CLOUD_INIT: this.reference('cloudInit', props.cloudInit),
        },
        extraArgs: { 'balance-similar-node-groups': true, 'scale-down-unneeded-time': '10m', 'expendable-pods-priority-cutoff': -10 },
        resources: { requests: { cpu: '20m', memory: '128Mi' }, limits: { memory: '512Mi' } },
        securityContext: { runAsNonRoot: true, runAsUser: 65_534, seccompProfile: { type: 'RuntimeDefault' } },
        containerSecurityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      },
    });
    onRender(this, output => output.write(this, `devices/k3s/${cluster.name}/scaled-node.yaml`, scaledNode(cluster)));
  }

  private group(check: Check, name: string, group: HetznerGroup): object {
    check.label('the name of a group', name);
    check.known(group, ['size', 'region', 'min', 'max']);
    const max = check.integer(`groups.${name}.max`, group.max, 1, 100);
    return {
      name,
      maxSize: max,
      minSize: check.integer(`groups.${name}.min`, group.min ?? 0, 0, max),
      instanceType: check.text(`groups.${name}.size`, group.size, /^[a-z]{2,3}\d{1,2}$/, 'a size of Hetzner', 'ccx53').toUpperCase(),
      region: check.text(`groups.${name}.region`, group.region, /^[a-z]{2,4}\d?$/, 'a region of Hetzner', 'fsn1').toUpperCase(),
    };
  }

  private reference(name: string, secret: Secret): object {
    const fix = `Secret.fromKubernetes('kube-system', 'hetzner', '${name}')`;
    const { source } = new Check(this).instance(name, secret, Secret, fix);
    if (source.kind === 'kubernetes' && source.namespace === 'kube-system') return { name: source.name, key: source.key };
    throw new ConfigError(this, 'AUTOSCALER_SECRET', `${name} must be in a Secret of kube-system, where the autoscaler reads it`, {
      fix: `write ${name}: ${fix}`,
    });
  }
}

/** The autoscaler knows its servers by the number that Hetzner gives them. @see https://docs.hetzner.cloud/reference/cloud#description/server-metadata */
const PROVIDER_ID =
  'mkdir -p /etc/rancher/k3s/config.yaml.d && ' +
  `printf 'kubelet-arg+:\\n- provider-id=hcloud://%s\\n' "$(curl -sf http://169.254.169.254/hetzner/v1/metadata/instance-id)" ` +
  '> /etc/rancher/k3s/config.yaml.d/10-provider.yaml';

/** What such a server does at its first boot. */
function scaledNode(cluster: K3sCluster): string {
  const version = String(cluster.version);
  const script = '/usr/local/lib/k3s-install.sh';
  const file = (path: string, content: string, permissions: string) => ({ path, permissions, content });
  return `#cloud-config\n${toYaml({
    packages: ['curl', 'open-iscsi'],
    write_files: [
      file('/etc/sysctl.d/90-kubelet.conf', KUBELET_SYSCTL, '0644'),
      file('/etc/rancher/k3s/config.yaml', scaledAgentConfiguration(cluster.apiAddress.ip), '0600'),
      file('/etc/rancher/k3s/token', '@@K3S_TOKEN@@', '0600'),
    ],
    runcmd: [
      'sysctl --system',
      PROVIDER_ID,
      `curl -sfL --retry 10 --retry-all-errors -o ${script} https://raw.githubusercontent.com/k3s-io/k3s/${encodeURIComponent(version)}/install.sh`,
      `INSTALL_K3S_VERSION='${version}' sh ${script} agent`,
    ],
  })}`;
}
