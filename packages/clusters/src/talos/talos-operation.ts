import { Duration, type Lifecycle, type Step } from '@ashlar/core';
import type { TerraformWorkspace } from '@ashlar/terraform';
import type { TalosCluster } from './talos-cluster';
import { healthCheck, type TalosTarget } from './talos-commands';
import { type ConfigurationSource, configureAgain, credentialSteps, firstConfiguration, kubeconfigStep } from './talos-configuration';
import { bootstrapStep, replacement, restoreSteps, stopSteps } from './talos-lifecycle';
import type { TalosMember } from './talos-member';
import { upgradeSteps } from './talos-upgrade';

/** How a cluster comes up, goes down and is upgraded, once its machines have their configuration. */
export function clusterLifecycle(cluster: TalosCluster): Lifecycle {
  const target = targetOf(cluster);
  const { running } = cluster;
  const { secrets } = cluster.props;
  const upgrades = upgradeSteps(target, cluster.image, running, cluster.upgradePath);
  const machines = cluster.members.map(({ node, controlPlane }) => {
    return { on: cluster.node.findChild(node.hostName), for: controlPlane ? 'etcd' : 'its workloads' };
  });
  const common = { uses: cluster.uses, stop: stopSteps(target), restore: restoreSteps(target) };
  if ('stack' in secrets) {
    return {
      ...common,
      startsAfter: [...machines, { on: secrets, for: 'the configuration of its machines' }],
      start: [kubeconfigStep(target)],
      upgrade: [...upgrades, applyState(secrets)],
      replace: machine => replacement(target, machine, () => [applyState(secrets)]),
    };
  }
  const source = sourceOf(cluster);
  const health = healthCheck(target);
  return {
    ...common,
    startsAfter: machines,
    start: [bootstrapStep(target), kubeconfigStep(target)],
    upgrade: [...upgrades, ...cluster.members.map(member => configureAgain(source, member, health))],
    replace: machine => replacement(target, machine, member => [firstConfiguration(source, member)]),
  };
}

/** A machine waits for its configuration once it runs. A Terraform state gives it, where there is one. */
export function machineLifecycle(cluster: TalosCluster, member: TalosMember): Lifecycle {
  if ('stack' in cluster.props.secrets) return { startsAfter: [member.node] };
  const credentials = { on: cluster.node.findChild('credentials'), for: 'the secrets of its configuration' };
  return { startsAfter: [member.node, credentials], uses: cluster.uses, start: [firstConfiguration(sourceOf(cluster), member)] };
}

export function credentialsLifecycle(cluster: TalosCluster): Lifecycle {
  if ('stack' in cluster.props.secrets) return { startsAfter: [cluster.props.secrets] };
  return { startsAfter: [], start: credentialSteps(sourceOf(cluster)) };
}

function targetOf(cluster: TalosCluster): TalosTarget {
  return { cluster, endpoint: cluster.endpoint, members: cluster.members };
}

function sourceOf(cluster: TalosCluster): ConfigurationSource {
  const { secrets } = cluster.props;
  if ('stack' in secrets) throw new Error('a Terraform state makes the configurations itself');
  return { ...targetOf(cluster), talos: cluster.talos, bundle: secrets, digestOf: member => cluster.patchOf(member).digest };
}

/** The state gives its machines the configuration that the program says, one after the other. */
function applyState({ name }: TerraformWorkspace): Step {
  return {
    id: 'apply',
    title: `Apply the Terraform state ${name}`,
    action: { terraform: name },
    check: { command: ['terraform', `-chdir=terraform/${name}`, 'plan', '-input=false', '-lock=false', '-detailed-exitcode'] },
    undo: { byHand: 'Check out the program as it was, and apply that.' },
    budget: Duration.minutes(30),
  };
}
