import type { Command, Step, Version } from '@ashlar/core';
import { Duration, type Secret } from '@ashlar/core';
import { ready } from '@ashlar/kubernetes';
import { CONFIGURATION } from './machine-config';
import { nodeSays, privateFile, type TalosTarget, talosctl } from './talos-commands';
import type { TalosMember } from './talos-member';
import { minorOf, plain } from './talos-releases';
import { tuningPatchOf } from './talos-tuning';

/** What `talosctl` needs to make the configurations of a cluster. */
export interface ConfigurationSource extends TalosTarget {
  readonly talos: Version;
  /** The secrets of the cluster, as `talosctl gen secrets` made them. */
  readonly bundle: Secret;
  /** Which configuration a member is to run. */
  digestOf(member: TalosMember): string;
}

const MOMENT = Duration.minutes(2);

/** Brings the secrets of the cluster, and its client's credentials, to the private folder. */
export function credentialSteps(source: ConfigurationSource): Step[] {
  const { cluster, bundle } = source;
  const { source: kept } = bundle;
  if (kept.kind !== 'sops') return [];
  const secrets = privateFile(cluster.name, 'secrets.yaml');
  const client = privateFile(cluster.name, 'talosconfig');
  return [
    {
      id: 'secrets',
      title: `Decrypt the secrets of ${cluster.name}`,
      action: { run: [['sops', '--decrypt', '--extract', `["${kept.key}"]`, '--output', secrets, `../${kept.file}`]] },
      check: { command: ['talosctl', ...generate(source, 'talosconfig', '/dev/null')] },
      undo: { byHand: `Delete ${secrets}.` },
      budget: MOMENT,
      secrets: [bundle],
    },
    {
      id: 'client',
      title: `Make the credentials of a client of ${cluster.name}`,
      action: { run: [['talosctl', ...generate(source, 'talosconfig', client)]] },
      check: { command: ['talosctl', '--talosconfig', client, 'config', 'info'] },
      undo: { byHand: `Delete ${client}.` },
      budget: MOMENT,
      secrets: [bundle],
    },
  ];
}

/** Makes the configuration of a member, with its secrets, in the private folder. */
export function configurationOf(source: ConfigurationSource, { node, controlPlane }: TalosMember): Command {
  const { name } = source.cluster;
  const patches = [`talos/${name}/${node.hostName}.yaml`, tuningPatchOf(node)].flatMap(file =>
    file ? ['--config-patch', `@${file}`] : [],
  );
  const target = privateFile(name, `${node.hostName}.yaml`);
  return ['talosctl', ...generate(source, controlPlane ? 'controlplane' : 'worker', target), ...patches];
}

/** Gives a machine that waits for it its first configuration. Its disk is written. */
export function firstConfiguration(source: ConfigurationSource, member: TalosMember): Step {
  const { node, address } = member;
  const file = privateFile(source.cluster.name, `${node.hostName}.yaml`);
  const apply: Command = ['talosctl', 'apply-config', '--insecure', '--nodes', address.ip, '--file', file];
  return {
    id: `configure-${node.hostName}`,
    title: `Configure ${node.hostName}, which installs itself`,
    action: { run: [configurationOf(source, member), apply] },
    check: { command: talosctl(source, member, 'version') },
    undo: {
      run: [
        talosctl(
          source,
          member,
          'reset',
          '--graceful=false',
          '--reboot',
          '--system-labels-to-wipe',
          'STATE',
          '--system-labels-to-wipe',
          'EPHEMERAL',
        ),
      ],
    },
    budget: Duration.minutes(10),
    secrets: [source.bundle],
  };
}

/** Gives a member that runs the configuration that the program says. */
export function configureAgain(source: ConfigurationSource, member: TalosMember, health: Command): Step {
  const { node } = member;
  const file = privateFile(source.cluster.name, `${node.hostName}.yaml`);
  return {
    id: `configure-${node.hostName}`,
    title: `Configure ${node.hostName} as the program says`,
    action: { run: [health, configurationOf(source, member), talosctl(source, member, 'apply-config', '--file', file), health] },
    check: { command: nodeSays(source, member, `.metadata.annotations.${CONFIGURATION.replaceAll('.', '\\.')}`, source.digestOf(member)) },
    undo: { byHand: 'Check out the program as it was, and upgrade to that.' },
    budget: Duration.minutes(15),
    secrets: [source.bundle],
  };
}

/** Arguments of `talosctl` that make a file of a kind. */
function generate({ cluster, endpoint, talos }: ConfigurationSource, kind: string, output: string): string[] {
  return [
    'gen',
    'config',
    cluster.name,
    endpoint.url,
    '--with-secrets',
    privateFile(cluster.name, 'secrets.yaml'),
    '--talos-version',
    `v${minorOf(talos)}`,
    '--kubernetes-version',
    plain(cluster.version),
    '--with-docs=false',
    '--with-examples=false',
    '--output-types',
    kind,
    '--output',
    output,
    '--force',
  ];
}

/** Adds the cluster to the kubeconfig, as the context of its name. */
export function kubeconfigStep(target: TalosTarget): Step {
  const [first] = target.members as [TalosMember];
  const { name } = target.cluster;
  return {
    id: 'kubeconfig',
    title: `Get access to the cluster ${name}`,
    action: { run: [talosctl(target, first, 'kubeconfig', '../.ashlar/kubeconfig', '--merge', '--force', '--force-context-name', name)] },
    check: { command: ready(name) },
    undo: { run: [['kubectl', 'config', 'delete-context', name]] },
    budget: Duration.minutes(5),
  };
}
