import { Claims, Duration, type Lifecycle, type NameUse, type Replacement, type Step } from '@ashlar/core';
import { BootHardware } from '@ashlar/hardware';
import { ready } from '@ashlar/kubernetes';
import type { HarvesterCluster } from '../harvester-cluster';
import type { HarvesterNode } from '../harvester-node';

/** How a node comes into its cluster: the first makes it, the others join it. */
export function nodeLifecycle(cluster: HarvesterCluster, node: HarvesterNode): Lifecycle {
  const first = cluster.nodes[0] as HarvesterNode;
  return {
    startsAfter: node === first ? [] : [{ on: first, for: 'the cluster that it joins' }],
    uses: usesOf(cluster, node),
    start: node === first ? [serveFiles(cluster), install(cluster, node), access(cluster)] : [install(cluster, node)],
    stop: [shutDown(node)],
    replace: machine => (machine === node.machine ? replacement(cluster, node) : undefined),
  };
}

function usesOf(cluster: HarvesterCluster, { host, dhcp }: HarvesterNode): NameUse[] {
  const { install } = cluster;
  const files = [install.configUrl, ...Object.values(install.release)].map(url => new URL(url).hostname);
  const uses: NameUse[] = [
    ...files.map(name => ({ name, for: 'its installation files' })),
    ...(dhcp ? [{ name: host.vlan.gateway, for: 'its address' }] : []),
    ...install.ntpServers.map(name => ({ name, for: 'its time' })),
    ...(cluster.givenResolvers ?? host.vlan.gateways).map(name => ({ name, for: 'names' })),
  ];
  return [...new Map([...uses].reverse().map(use => [use.name, use])).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The token is in no file of the output, so that somebody puts it into the copy that is served. */
function serveFiles({ name, nodes, install, token }: HarvesterCluster): Step {
  const urls = nodes.map(node => `${install.configUrl}/${node.name}.yaml`);
  return {
    id: 'files',
    title: `Serve the installation files of ${name}`,
    action: { byHand: `Copy devices/harvester/${name}/ with the token put in, and the release, to where ${install.configUrl} is served` },
    check: { command: ['curl', '--fail', '--fail-early', '--silent', '--show-error', '--head', '--max-time', '10', ...urls] },
    undo: { byHand: `Remove the files of ${name} from there: the token is in them` },
    budget: Duration.minutes(20),
    secrets: [token],
  };
}

/** @param rejoins whether it is installed again, into a cluster that goes on */
function install(cluster: HarvesterCluster, node: HarvesterNode, rejoins = false): Step {
  const { name, machine, installDisk } = node;
  const first = node === cluster.nodes[0];
  const booted = BootHardware.isBootHardware(Claims.of(node).holder('boot hardware', machine.name));
  const last = first && rejoins ? `Put ${machine.name} last in the nodes of the program, so that its file joins; then boot` : 'Boot';
  return {
    id: 'install',
    title: `Install Harvester ${cluster.version} on ${name}`,
    action:
      booted && !rejoins
        ? { waits: `The installer that ${machine.name} has booted from the network runs` }
        : { byHand: `${last} ${machine.name} from the network with devices/harvester/${cluster.name}/${name}.ipxe` },
    check: {
      command:
        first && !rejoins
          ? ['curl', '--insecure', '--fail', '--silent', '--output', '/dev/null', '--max-time', '5', `https://${cluster.vip.ip}/ping`]
          : kubectl(cluster, 'wait', `node/${name}`, '--for=condition=Ready', '--timeout=10s'),
    },
    undo:
      first && !rejoins ? { nothing: 'it is installed again' } : { run: [kubectl(cluster, 'delete', 'node', name, '--ignore-not-found')] },
    budget: Duration.minutes(45),
    destroys: `what is on ${installDisk.device ?? `the disk ${installDisk.node.id}`} of ${machine.name}`,
  };
}

/** @see https://docs.harvesterhci.io/v1.7/faq#how-can-i-access-the-kubeconfig-file-of-the-harvester-cluster */
function access({ name, vip }: HarvesterCluster): Step {
  return {
    id: 'access',
    title: `Get access to ${name}`,
    action: { byHand: `Log in at https://${vip.ip}, download the KubeConfig under Support, and add it to $KUBECONFIG as context ${name}` },
    check: { command: ready(name) },
    undo: { byHand: `Remove the context ${name} from $KUBECONFIG` },
    budget: Duration.minutes(10),
  };
}

/** Root has no password there, and the account for people asks for it. */
function shutDown({ name, host }: HarvesterNode): Step {
  return {
    id: 'shut-down',
    title: `Shut ${name} down`,
    action: { byHand: `On ${name}, run \`sudo systemctl poweroff\` as rancher` },
    check: { command: ['sh', '-c', `! ping -c 1 -W 2 ${host.ip}`] },
    undo: { byHand: `Switch ${name} on` },
    budget: Duration.minutes(10),
  };
}

/** @see https://docs.harvesterhci.io/v1.7/host/#node-maintenance and https://docs.harvesterhci.io/v1.7/host/#remove-a-node */
function replacement(cluster: HarvesterCluster, node: HarvesterNode): Replacement {
  const { name } = node;
  const maintenance: Step = {
    id: 'maintenance',
    title: `Move the guests off ${name}`,
    action: {
      byHand: `Hosts > ${name} > Enable Maintenance Mode at https://${cluster.vip.ip}, and wait until its volumes are healthy elsewhere`,
    },
    check: {
      command: kubectl(
        cluster,
        'wait',
        `node/${name}`,
        '--for=jsonpath={.metadata.annotations.harvesterhci\\.io/maintain-status}=completed',
        '--timeout=10s',
      ),
    },
    undo: { byHand: `Hosts > ${name} > Disable Maintenance Mode` },
    budget: Duration.hours(1),
  };
  const remove: Step = {
    id: 'remove',
    title: `Remove ${name} from ${cluster.name}`,
    action: { run: [kubectl(cluster, 'delete', 'node', name, '--ignore-not-found')] },
    check: { command: kubectl(cluster, 'wait', `node/${name}`, '--for=delete', '--timeout=10s') },
    undo: { nothing: 'it joins again when it is installed' },
    budget: Duration.minutes(10),
    destroys: `the copies of volumes that are on ${name} alone`,
  };
  return { leave: [maintenance, remove], join: [install(cluster, node, true)] };
}

function kubectl({ name }: HarvesterCluster, ...args: readonly string[]): readonly [string, ...string[]] {
  return ['kubectl', '--context', name, ...args];
}
