import { Size } from '@ashlar/core';
import type { ProxmoxGuest } from '../guests/proxmox-guest';
import { copyOf } from './backup-estimate';
import type { BackupJob } from './backup-job';

/** How to show that copies can be restored: each to an id that nobody has, without a network, and away again. */
export function restoreRunbook(job: BackupJob): string {
  const { cluster, storage } = job;
  const guests = cluster.guests.filter(guest => guest.stateful && job.covers(guest)).sort((a, b) => a.vmId - b.vmId);
  const largest = guests.map(copyOf).sort((a, b) => b.toBytes() - a.toBytes())[0] ?? Size.bytes(0);
  const drills = guests.map(guest => drill(job, guest));
  return `# Restore from ${job.name}

Copies of ${guests.length} ${guests.length === 1 ? 'guest' : 'guests'} on ${storage.type} storage ${storage.name} of ${cluster.name}; at most ${job.schedule.period} are lost.
A drill once a quarter takes a free id and ${largest} on the storage of the guest. It touches nothing that runs.

1. \`pvesm status --storage ${storage.name}\` says \`active\`. \`pvesm list ${storage.name} --content backup\` shows a copy of each guest below that is not
   older than ${job.schedule.period}.
2. \`SPARE=$(pvesh get /cluster/nextid)\`, and \`VOLUME\` is the newest copy of the guest from that list.
3. Restore it with the command of the guest. \`--unique\` gives it another MAC address.
4. Take its network away before it starts, start it, log in on its console, and look at its data, not only at its login.
5. Destroy it by its spare id, and write down how long it took: that is the time that a restore takes.
${drills.length === 0 ? '' : `\n${drills.join('\n\n')}\n`}${storage.type === 'pbs' ? `\n${FILES}\n` : ''}`;
}

function drill({ storage }: BackupJob, guest: ProxmoxGuest): string {
  const [tool, restore] =
    guest.kind === 'vm'
      ? ['qm', `qmrestore "$VOLUME" "$SPARE" --storage ${guest.storage.name} --unique 1`]
      : ['pct', `pct restore "$SPARE" "$VOLUME" --storage ${guest.storage.name} --unique 1`];
  const list =
    storage.type === 'pbs' ? `backup/${guest.kind}/${guest.vmId}/` : `vzdump-${guest.kind === 'vm' ? 'qemu' : 'lxc'}-${guest.vmId}-`;
  return `## ${guest.hostName} (${guest.vmId}), on ${guest.homeNode.name}

    VOLUME=$(pvesm list ${storage.name} --vmid ${guest.vmId} | awk '$1 ~ "${list}" { newest = $1 } END { print newest }')
    ${restore}
    ${guest.nics.map((_, i) => `${tool} set "$SPARE" --delete net${i}`).join('\n    ')}
${guest.protection ? `    ${tool} set "$SPARE" --protection 0\n` : ''}    ${tool} start "$SPARE"
    ${tool} stop "$SPARE" && ${tool} destroy "$SPARE" --purge 1`;
}

const FILES = `## Single files

    proxmox-backup-client snapshot list --repository "$PBS_REPOSITORY"
    proxmox-backup-client catalog shell "$SNAPSHOT" root.pxar --repository "$PBS_REPOSITORY"

\`PBS_REPOSITORY\` is \`<token id>@<server>:<datastore>\`; the token is asked for. An encrypted copy wants \`--keyfile\` too: the key lies outside
the cluster, because a cluster that is gone cannot give it back.`;
