import { Check, ConfigError, Secret, type Size, warn } from '@ashlar/core';
import type { Host } from '@ashlar/network';
import { ProxmoxStoragePbsResource } from '@ashlar/provider-proxmox';
import { secretVariable } from '@ashlar/terraform';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import type { ProxmoxNode } from '../proxmox-node';
import { knownProps, ProxmoxStorage } from './proxmox-storage';
import { serverAddress, serverHost } from './storage-server';

export interface PbsStorageProps {
  /** The Proxmox Backup Server: its host, or its IP address or name. */
  readonly server: Host | string;
  /** Datastore on it. */
  readonly datastore: string;
  /** API token that writes there and may not remove, e.g. `pve@pbs!cluster`. */
  readonly tokenId: string;
  /** The secret of that token. */
  readonly token: Secret;
  /** SHA-256 fingerprint of its certificate: 32 pairs of hex digits with colons. @default - its certificate is one that the nodes trust */
  readonly fingerprint?: string;
  /** Namespace in the datastore, so that two clusters with one id do not meet. @default - the root */
  readonly namespace?: string;
  /** The JSON that `proxmox-backup-client key create --kdf none` writes; without it no copy can be read again. @default - copies lie in plain text */
  readonly encryptionKey?: Secret;
  /** Nodes that back up to it. @default - all of the cluster */
  readonly nodes?: readonly ProxmoxNode[];
  /** Room in the datastore. @default - not known */
  readonly size?: Size;
}

/** A datastore of a Proxmox Backup Server: each copy takes only what has changed. */
export class PbsStorage extends ProxmoxStorage {
  public override readonly resources: readonly ITerraformDependable[];

  /** @throws PBS_TOKEN */
  constructor(scope: Construct, id: string, props: PbsStorageProps) {
    knownProps(scope, id, props, ['server', 'datastore', 'tokenId', 'token', 'fingerprint', 'namespace', 'encryptionKey', 'nodes', 'size']);
    super(scope, id, { type: 'pbs', content: ['backup'], nodes: props.nodes, size: props.size, ...serverHost(props.server) });
    const check = new Check(this);
    const secret = (name: string, value: Secret) =>
      secretVariable(this, check.instance(name, value, Secret, "Secret.fromTerraformVariable('pbs_token')"));
    const server = serverAddress(this, props.server);
    if (props.encryptionKey === undefined)
      warn(
        this,
        'PBS_NOT_ENCRYPTED',
        'keeps copies that everybody can read who reads the disks of the server',
        "write encryptionKey: Secret.fromTerraformVariable('pbs_key'), and keep the key outside the cluster, or acknowledge it",
      );
    const resource = new ProxmoxStoragePbsResource(this, 'storage', {
      id: this.name,
      server,
      datastore: check.text('datastore', props.datastore, /^[A-Za-z0-9_][\w.-]{2,31}$/, 'the name of a datastore', 'main'),
      username: tokenId(this, props.tokenId),
      password: secret('token', props.token),
      content: [...this.content],
      nodes: this.nodeNames,
      ...(props.fingerprint !== undefined && {
        fingerprint: check.text(
          'fingerprint',
          props.fingerprint,
          /^([0-9a-f]{2}:){31}[0-9a-f]{2}$/,
          'a SHA-256 fingerprint: 32 pairs of lower-case hex digits with colons',
          'proxmox-backup-manager cert info shows it',
        ),
      }),
      ...(props.namespace !== undefined && {
        namespace: check.text(
          'namespace',
          props.namespace,
          /^[\w][\w.-]*(\/[\w][\w.-]*){0,6}$/,
          'the path of a namespace, up to 7 levels',
          'lab/pve',
        ),
      }),
      ...(props.encryptionKey !== undefined && { encryptionKey: secret('encryptionKey', props.encryptionKey) }),
    });
    this.resources = [resource];
  }
}

/** @throws PBS_TOKEN */
function tokenId(storage: PbsStorage, id: string): string {
  if (typeof id === 'string' && /^[\w.-]+@(pbs|pam)![\w.-]+$/.test(id) && !id.startsWith('root@')) return id;
  const root = typeof id === 'string' && id.startsWith('root@');
  throw new ConfigError(
    storage,
    'PBS_TOKEN',
    root ? 'a token of root may remove every copy, and so may who takes over a node' : 'tokenId is the full id of an API token',
    {
      got: id,
      fix: "write 'pve@pbs!cluster', of a user with the role DatastoreBackup",
      see: 'https://pbs.proxmox.com/docs/user-management.html#api-tokens',
    },
  );
}
