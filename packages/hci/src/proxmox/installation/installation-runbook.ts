import type { ProxmoxNode } from '../proxmox-node';
import { PASSWORD_MARK } from './answer-file';
import type { ProxmoxInstallation } from './proxmox-installation';

/** What somebody does, in order, with a check after each step and the way back. */
export function installationRunbook(installation: ProxmoxInstallation): string {
  const { cluster } = installation;
  const [first, ...others] = cluster.nodes as readonly [ProxmoxNode, ...ProxmoxNode[]];
  const steps = [
    ...cluster.nodes.map(node => install(installation, node)),
    ...(others.length > 0 ? [create(installation, first), ...others.map(node => join(installation, node))] : []),
    ...(installation.qdeviceAddress ? [thirdVote(installation, first)] : []),
    watchdog(installation, first),
  ];
  return [
    `# From bare machines to the Proxmox VE cluster ${cluster.name}`,
    '',
    `The hash of root's password is kept in ${installation.passwordSource}. Copy this folder to each node, as \`/root/install\`, once it is up.`,
    ...steps.map((step, i) => `\n## ${i + 1}. ${step}`),
    '',
  ].join('\n');
}

function install({ cluster }: ProxmoxInstallation, node: ProxmoxNode): string {
  return [
    `Install ${node.name}`,
    '',
    '**This destroys what is on its boot disks.** On a machine with `proxmox-auto-install-assistant` and the ISO of Proxmox VE:',
    '',
    '```sh',
    'hash=$(mkpasswd --method=yescrypt)   # or from where it is kept',
    `sed "s|${PASSWORD_MARK}|$hash|" ${node.name}/answer.toml > answer.toml`,
    'proxmox-auto-install-assistant validate-answer answer.toml',
    'proxmox-auto-install-assistant prepare-iso proxmox-ve.iso --fetch-from iso --answer-file answer.toml',
    'rm answer.toml',
    '```',
    '',
    `Boot ${node.name} from it.`,
    '',
    `- Check: \`ssh root@${node.address} pveversion\` says ${cluster.version}.`,
    '- Undo: nothing else knows of it yet; install it again.',
  ].join('\n');
}

function create({ cluster }: ProxmoxInstallation, node: ProxmoxNode): string {
  return [
    `Make the cluster on ${node.name}`,
    '',
    '```sh',
    `ssh -t root@${node.address} sh /root/install/${node.name}/cluster.sh`,
    '```',
    '',
    `- Check: \`pvecm status\` says \`Name: ${cluster.name}\` and \`Quorate: Yes\`.`,
    '- Undo, while no other node has joined and no guest is on it: `systemctl stop pve-cluster corosync; pmxcfs -l; rm -r /etc/pve/corosync.conf /etc/corosync/*; killall pmxcfs; systemctl start pve-cluster`.',
  ].join('\n');
}

function join({ cluster }: ProxmoxInstallation, node: ProxmoxNode): string {
  const [first] = cluster.nodes;
  return [
    `${node.name} joins`,
    '',
    'A node that joins must be without guests: their ids could be taken.',
    '',
    '```sh',
    `ssh -t root@${node.address} sh /root/install/${node.name}/cluster.sh`,
    '```',
    '',
    `- Check: \`pvecm nodes\` on ${first?.name} lists ${node.name}.`,
    `- Undo: shut ${node.name} down for good, then \`pvecm delnode ${node.name}\` on ${first?.name}; it must be installed again before it returns.`,
  ].join('\n');
}

function thirdVote({ cluster, qdeviceAddress }: ProxmoxInstallation, first: ProxmoxNode): string {
  return [
    'Add the third vote',
    '',
    'Every node must have joined, and be up.',
    '',
    '```sh',
    `ssh root@${qdeviceAddress} apt-get install --yes corosync-qnetd`,
    `ssh -t root@${first.address} sh /root/install/qdevice.sh`,
    '```',
    '',
    `- Check: \`pvecm status\` says \`Expected votes: ${cluster.nodes.length + 1}\` and lists a Qdevice that is \`A,V\`.`,
    '- Undo: `pvecm qdevice remove`.',
  ].join('\n');
}

function watchdog({ watchdog: kind }: ProxmoxInstallation, first: ProxmoxNode): string {
  return [
    'See that a lost node is fenced',
    '',
    `A node under HA that loses the majority is restarted by its watchdog, ${kind}, after 60 seconds; only then are its guests started elsewhere.`,
    ...(kind === 'softdog'
      ? []
      : [`The watchdog is loaded at boot: restart the node after \`/etc/default/pve-ha-manager\` names ${kind}.`]),
    '',
    `- Check: \`journalctl -b -u watchdog-mux\` on each node names ${kind === 'softdog' ? '`Software Watchdog`' : `the timer of ${kind}`}; \`ha-manager status\` on ${first.name} says \`quorum OK\`.`,
    '- Undo: write `softdog` into `/etc/default/pve-ha-manager`, and restart the node.',
  ].join('\n');
}
