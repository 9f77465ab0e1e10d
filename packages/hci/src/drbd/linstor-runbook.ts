import type { Size } from '@ashlar/core';
import type { LinstorCluster } from './linstor-cluster';

/** How LINSTOR comes up, with its controller on the volume that it makes itself. @see https://linbit.com/drbd-user-guide/linstor-guide-1_0-en/#s-linstor_ha */
export function linstorSteps(linstor: LinstorCluster): string {
  const { cluster, pool } = linstor;
  const [first] = cluster.nodes;
  const nodes = cluster.nodes.map(node => node.name).join(' and ');
  const votes = cluster.votes.map(vote => vote.name).join(', ');
  const listing = pool.driver === 'lvmthin' ? `lvs ${pool.name}` : `zfs list ${pool.name}`;
  const making = pool.driver === 'lvmthin' ? thinPool(pool.name, pool.size) : `zfs create ${pool.name}`;
  return `## LINSTOR

1. On ${votes}: install \`linstor-satellite\`, copy \`linstor/<node>/linstor_satellite.toml\` to \`/etc/linstor/\` and
   \`linstor/all/satellite-keeps-database.conf\` to \`/etc/systemd/system/linstor-satellite.service.d/\`; \`systemctl enable --now linstor-satellite\`.
   Check: \`ss -ltn\` shows port 3366 on the address of the table. Undo: \`systemctl disable --now linstor-satellite\`.
2. On ${nodes}: install \`linstor-controller linstor-client drbd-reactor jq\`, copy \`linstor/<node>/linstor.toml\` and
   \`linstor/all/linstor-client.conf\` to \`/etc/linstor/\`, \`linstor/all/var-lib-linstor.mount\` to \`/etc/systemd/system/\`;
   \`systemctl daemon-reload && systemctl disable --now linstor-controller\`. Make the pool, \`<disk>\` being a link below \`/dev/disk/by-id\`
   of a disk that holds nothing: \`${making}\`. Check: \`${listing}\` shows a pool of ${pool.size}.
3. On ${first?.name}: \`systemctl start linstor-controller && sh linstor/create.sh\`.
   Check: \`linstor node list\` shows ${votes} online, \`linstor storage-pool list\` the pools, \`linstor resource list\` linstor_db with
   ${cluster.nodes.length} copies${cluster.tiebreaker ? ` and ${cluster.tiebreaker.name} as TieBreaker` : ''}. Undo: \`linstor resource-definition delete linstor_db\`, \`linstor node delete <node>\`.
4. On ${first?.name}, the database moves onto its volume:

       systemctl stop linstor-controller
       mv /var/lib/linstor /var/lib/linstor.before
       mkdir /var/lib/linstor
       chattr +i /var/lib/linstor
       drbdadm primary linstor_db
       mkfs.ext4 /dev/drbd/by-res/linstor_db/0
       systemctl start var-lib-linstor.mount
       cp -r /var/lib/linstor.before/. /var/lib/linstor/
       systemctl start linstor-controller

   Check: \`linstor resource list\` says the same as before. Undo: stop both, \`chattr -i\`, and move \`linstor.before\` back.
5. On the other${cluster.nodes.length > 2 ? 's' : ''}: \`mkdir -p /var/lib/linstor && chattr +i /var/lib/linstor\`, so that nothing is written below the mount.
6. On ${nodes}: copy \`linstor/all/linstor_db.toml\` to \`/etc/drbd-reactor.d/\`; \`systemctl enable --now drbd-reactor\`.
   Check: \`drbd-reactorctl status linstor_db\` names one node as active; \`drbd-reactorctl evict linstor_db\` there moves it to another, and
   \`linstor node list\` answers again within a minute. Undo: \`systemctl disable --now drbd-reactor\` everywhere, then start the controller by hand.
7. Where ${nodes} run Proxmox VE: install \`linstor-proxmox\` on each node of the cluster, and on one of them put the entries that are in
   \`storage.cfg.d/\` of its folder at the end of \`/etc/pve/storage.cfg\`, which all nodes share; then, on each,
   \`systemctl restart pvedaemon pveproxy pvestatd pve-ha-lrm\`. Check: \`pvesm status\` says \`active\`. Undo: take the entries out again.`;
}

function thinPool(name: string, size: Size): string {
  const [group, thin] = name.split('/');
  return `vgcreate ${group} <disk> && lvcreate --type thin-pool --size ${size.toBytes()}b --name ${thin} ${group}`;
}
