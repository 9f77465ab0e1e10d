import type { LinstorCluster } from './linstor-cluster';

/** Files of LINSTOR, by path: those of each node in a folder of its name, and those that are the same on all of them. */
export function linstorFiles(linstor: LinstorCluster): Record<string, string> {
  const { nodes, votes } = linstor.cluster;
  return {
    'all/linstor-client.conf': `# /etc/linstor/linstor-client.conf: the client asks each until one answers.
[global]
controllers = ${linstor.controllers.join(',')}
`,
    'all/satellite-keeps-database.conf': `# /etc/systemd/system/linstor-satellite.service.d/: the database of the controller outlives a restart of the satellite.
[Service]
Environment=LS_KEEP_RES=linstor_db
`,
    'all/var-lib-linstor.mount': DATABASE_MOUNT,
    'all/linstor_db.toml': PROMOTER,
    ...Object.fromEntries(votes.map(vote => [`${vote.name}/linstor_satellite.toml`, satellite(vote.host.ip)])),
    ...Object.fromEntries(nodes.map(node => [`${node.name}/linstor.toml`, controller(node.host.ip)])),
  };
}

/** @see https://linbit.com/drbd-user-guide/linstor-guide-1_0-en/#s-linstor_ha */
const DATABASE_MOUNT = `# /etc/systemd/system/var-lib-linstor.mount: drbd-reactor mounts it where the controller is to run; it is never enabled.
[Unit]
Description=Mirrored database of the LINSTOR controller

[Mount]
What=/dev/drbd/by-res/linstor_db/0
Where=/var/lib/linstor
`;

/** @see https://linbit.com/man/v9/?linbitman=drbd-reactor.promoter.5.html */
const PROMOTER = `# /etc/drbd-reactor.d/linstor_db.toml: the controller runs where its database is primary.
[[promoter]]
[promoter.resources.linstor_db]
start = ["var-lib-linstor.mount", "linstor-controller.service"]
`;

/** The API asks for no password: it listens on the segment of the copies only. */
function controller(ip: string): string {
  return `# /etc/linstor/linstor.toml
[db]
connection_url = "jdbc:h2:/var/lib/linstor/linstordb"

[http]
enabled = true
listen_addr = "${ip}"
port = 3370
`;
}

function satellite(ip: string): string {
  return `# /etc/linstor/linstor_satellite.toml
[netcom]
type = "plain"
bind_address = "${ip}"
port = 3366
`;
}
