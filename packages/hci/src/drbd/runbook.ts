import type { DrbdCluster } from './drbd-cluster';
import { SECRET_PLACE } from './global-common';
import { linstorSteps } from './linstor-runbook';

/** What people do, in order, with a check after each step and the way back. */
export function runbook(cluster: DrbdCluster): string {
  const votes = cluster.votes.map(
    vote => `| ${vote.name} | ${vote.nodeId} | ${vote.host.ip} | ${vote.hasDisk ? 'a copy' : 'no copy, third vote'} |`,
  );
  const sections = [intro(cluster, votes), install(cluster)];
  if (cluster.volumes.length > 0) sections.push(volumes(cluster));
  if (cluster._linstor) sections.push(linstorSteps(cluster._linstor));
  return `${[...sections, losses(cluster)].join('\n\n')}\n`;
}

function intro(cluster: DrbdCluster, votes: readonly string[]): string {
  return `# DRBD ${cluster.name}

| Node | Id | Address | Holds |
|---|---|---|---|
${votes.join('\n')}

Copies go over ${cluster.segment.name}. A write is done when ${cluster.protocol === 'C' ? 'every connected copy has it' : 'it has left for the other copies'}. A side
without a majority of votes ${cluster.onNoQuorum === 'suspend-io' ? 'waits until it has one again' : 'fails its writes'}.`;
}

function install(cluster: DrbdCluster): string {
  const names = cluster.votes.map(vote => vote.name).join(', ');
  return `## Software and files, on ${names}

1. Install the DRBD 9 kernel module and its tools: \`drbd-dkms drbd-utils\` from the vendor's repository.
   Check: \`cat /proc/drbd\` says version 9; the 8.4 module of the stock kernel has no quorum.
2. Check that \`uname -n\` says the name of the node as it is in the table.
3. Copy \`drbd.d/\` to \`/etc/drbd.d/\`, and put the shared secret in, from ${cluster.secretSource}. It stands in no other file:

       umask 077
       read -r DRBD_SHARED_SECRET && export DRBD_SHARED_SECRET
       perl -pi -e 's/${SECRET_PLACE.replace(/@/g, '\\@')}/$ENV{DRBD_SHARED_SECRET}/' /etc/drbd.d/global_common.conf
       chmod 600 /etc/drbd.d/global_common.conf

   Check: \`drbdadm dump all\` ends without an error. Undo: remove the files; nothing has been written to a disk yet.`;
}

function volumes(cluster: DrbdCluster): string {
  const [first] = cluster.nodes;
  const list = cluster.volumes.map(
    volume =>
      `| ${volume.name} | ${volume.size} | ${volume.device} | ${volume.port} | ${cluster.nodes.map((node, i) => `${node.name} \`${volume.backing[i]}\``).join(', ')} |`,
  );
  const names = cluster.volumes.map(volume => volume.name).join(' ');
  return `## Volumes

| Volume | Size | Device | Port | Copies |
|---|---|---|---|---|
${list.join('\n')}

**This destroys what is on those disks.** Look at each first: \`lsblk --fs\` and \`wipefs --no-act\` must show nothing that is wanted.

1. On ${cluster.nodes.map(node => node.name).join(' and ')}: \`for v in ${names}; do drbdadm create-md --max-peers 7 "$v"; done\`
   It asks before it overwrites anything that it recognises; answer no, and find out what it is. Undo: \`drbdadm wipe-md\`.
2. On all of ${cluster.votes.map(vote => vote.name).join(', ')}: \`for v in ${names}; do drbdadm up "$v"; done\`
   Check: \`drbdadm status\` shows every peer, with \`disk:Inconsistent\`${cluster.tiebreaker ? ` and ${cluster.tiebreaker.name} with \`disk:Diskless\`` : ''}. Undo: \`drbdadm down\`.
3. On ${first?.name}, once and never again: \`for v in ${names}; do drbdadm primary --force "$v"; drbdadm secondary "$v"; done\`
   It makes this copy the one that the others follow. Check: \`drbdadm status\` shows \`disk:UpToDate\` everywhere when the copy is complete,
   and \`quorum:yes\` in \`drbdadm status --verbose\`.
4. \`systemctl enable drbd.service\`. Once a month, at a quiet hour: \`drbdadm verify all\`, then look for out-of-sync blocks in \`drbdsetup status --statistics\`.`;
}

function losses(cluster: DrbdCluster): string {
  const rows = cluster.votes.map(vote => {
    const left = cluster.votes.filter(v => v !== vote && v.hasDisk).map(v => v.name);
    const what = cluster.survives(vote)
      ? `none; ${left.join(' and ')} ${left.length === 1 ? 'goes' : 'go'} on with every write`
      : `what ${left.join(' and ')} had not received`;
    return `| ${vote.name} | ${what} |`;
  });
  return `## What a loss takes

| Lost | Data that is lost with it |
|---|---|
${rows.join('\n')}

- A node comes back: it connects and catches up by itself. Check: \`drbdadm status\`.
- A disk is replaced: \`drbdadm create-md --max-peers 7 <volume>\` on that node only, then \`drbdadm adjust <volume>\`; it copies everything.
- Two votes are lost for good: \`drbdadm status\` shows \`quorum:no\`. Be sure that the others are off, and stay off. Then, on the copy that is left:
  \`drbdsetup resource-options --quorum=off <volume>\`. Set it back with \`drbdadm adjust <volume>\` when a second vote is there again.
- Both sides went on alone (\`StandAlone\`): nothing is thrown away by itself. On the side whose writes are given up:
  \`drbdadm disconnect <volume> && drbdadm connect --discard-my-data <volume>\`, then \`drbdadm connect <volume>\` on the other.`;
}
