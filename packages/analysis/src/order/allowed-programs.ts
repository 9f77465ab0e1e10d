/** What a step may do with a program. */
export interface AllowedProgram {
  readonly names: readonly string[];
  /** Flags whose value is the next word. Any other is written as `--flag=value`. */
  readonly valued?: readonly string[];
  /** Sub-commands that may be used, as their first words. @default - all */
  readonly verbs?: readonly string[];
  /** More sub-commands, in checks only: they change nothing. @default - none; when there are no verbs either, all */
  readonly reads?: readonly string[];
  /** Flags that are never used, and why. */
  readonly refused?: { readonly flags: RegExp; readonly because: string };
  /** Flags that name files which are applied, which are part of the output. */
  readonly files?: readonly string[];
  /** Used in checks only, where it reads. */
  readonly readsOnly?: boolean;
}

/** Programs that apply what is in Git, move load and data, switch power, or read; and what they may do. */
export const ALLOWED_PROGRAMS: readonly AllowedProgram[] = [
  { names: ['ashlar'] },
  {
    names: ['kubectl'],
    valued: [
      '--context',
      '--namespace',
      '-n',
      '--kubeconfig',
      '--selector',
      '-l',
      '--filename',
      '-f',
      '--kustomize',
      '-k',
      '--output',
      '-o',
    ],
    verbs: ['apply', 'delete', 'drain', 'cordon', 'uncordon', 'wait', 'get', 'rollout status', 'config'],
    reads: ['diff', 'describe', 'logs', 'top', 'version', 'cluster-info', 'api-resources', 'auth can-i'],
    files: ['--filename', '-f', '--kustomize', '-k'],
  },
  {
    names: ['talosctl'],
    valued: ['--talosconfig', '--context', '--nodes', '-n', '--endpoints', '-e', '--file', '-f'],
    verbs: [
      'apply-config',
      'bootstrap',
      'upgrade',
      'upgrade-k8s',
      'health',
      'kubeconfig',
      'reset',
      'reboot',
      'shutdown',
      'rollback',
      'config',
      'gen',
    ]
      .concat(['etcd members', 'etcd status', 'etcd snapshot', 'etcd leave', 'etcd forfeit-leadership', 'etcd remove-member'])
      .concat(['get', 'version', 'service', 'image']),
    reads: ['list', 'read', 'time', 'dmesg', 'disks', 'etcd alarm list', 'validate'],
    files: ['--file', '-f'],
  },
  {
    names: ['helm'],
    valued: ['--kube-context', '--namespace', '-n', '--kubeconfig', '--values', '-f', '--repo', '--version', '--timeout'],
    verbs: ['upgrade', 'uninstall', 'status', 'list', 'get'],
    refused: { flags: /^--set/, because: 'a value on the command line is not in Git' },
    files: ['--values', '-f'],
  },
  {
    names: ['terraform', 'tofu'],
    verbs: [],
    reads: ['plan', 'show', 'output', 'validate', 'state list', 'version'],
  },
  { names: ['argocd'], verbs: ['app get', 'app wait', 'app sync', 'app diff', 'app list'] },
  { names: ['clusterctl'], verbs: ['move', 'describe', 'get', 'version', 'upgrade plan'] },
  { names: ['velero'], verbs: ['backup create', 'backup get', 'backup describe', 'restore create', 'restore get', 'restore describe'] },
  {
    names: ['docker'],
    valued: ['--context', '-c', '--host', '-H', '--compose-file', '--config'],
    verbs: [
      'stack deploy',
      'stack rm',
      'stack ps',
      'stack services',
      'node ls',
      'node ps',
      'node inspect',
      'node update',
      'node rm',
      'node demote',
    ]
      .concat(['node promote', 'swarm init', 'swarm join', 'swarm leave', 'service ls', 'service ps', 'service inspect', 'info', 'version'])
      .concat(['secret ls', 'secret inspect', 'config ls']),
    files: ['--compose-file', '-c'],
  },
  { names: ['bao', 'vault'], verbs: ['status', 'operator init', 'operator unseal', 'operator raft', 'operator step-down'] },
  { names: ['patronictl'], verbs: ['list', 'switchover', 'failover', 'restart', 'reinit', 'topology'] },
  { names: ['etcdctl', 'etcdutl'], verbs: ['endpoint', 'member list', 'snapshot'] },
  { names: ['k3s'], verbs: ['etcd-snapshot'] },
  { names: ['restic'], verbs: ['restore', 'snapshots', 'check'] },
  { names: ['proxmox-backup-client'], verbs: ['restore', 'list', 'snapshot list', 'status'] },
  { names: ['qmrestore'] },
  {
    names: ['qm', 'pct'],
    verbs: ['start', 'shutdown', 'stop', 'reboot', 'restore', 'migrate', 'status', 'list'],
    reads: ['config', 'agent'],
  },
  { names: ['ha-manager'], verbs: ['crm-command', 'status'] },
  { names: ['pvecm', 'pveceph'], verbs: ['status', 'nodes'] },
  { names: ['pvesh'], verbs: ['get'] },
  { names: ['pvesr'], verbs: ['status', 'list', 'run'] },
  { names: ['drbdadm'], verbs: ['status', 'dstate', 'cstate', 'role', 'verify'] },
  { names: ['linstor'], verbs: ['node list', 'resource list', 'volume list', 'storage-pool list', 'controller version'] },
  { names: ['zpool', 'zfs'], verbs: ['status', 'list', 'get', 'receive', 'send'] },
  { names: ['systemctl'], verbs: ['poweroff', 'reboot', 'start', 'stop', 'restart', 'is-active', 'is-system-running', 'status', 'show'] },
  { names: ['shutdown', 'poweroff', 'reboot'] },
  {
    names: ['sops'],
    valued: ['--extract', '--output', '--output-type', '--input-type'],
    refused: {
      flags: /^(-e|--encrypt|-i|--in-place|--set|-r|--rotate)$/,
      because: 'secrets are changed by people, and only read by a step',
    },
    files: ['--output'],
  },
  { names: ['ansible-playbook'], refused: { flags: /^(-e|--extra-vars)/, because: 'a variable on the command line is not in Git' } },
  { names: ['scp', 'rsync'] },
  { names: ['ipmipower', 'ipmitool', 'redfishtool', 'wakeonlan', 'etherwake'] },
  {
    names: ['aws'],
    verbs: ['eks update-kubeconfig', 'eks wait', 'eks describe-cluster', 'ec2 describe-instances', 'sts get-caller-identity'],
  },
  { names: ['az'], verbs: ['aks get-credentials', 'aks show', 'aks wait'] },
  { names: ['gcloud'], verbs: ['container clusters get-credentials', 'container clusters describe'] },
  { names: ['hcloud'], verbs: ['server list', 'server describe', 'network describe', 'load-balancer describe'] },
  {
    names: ['curl', 'wget'],
    refused: {
      flags: /^(-d|--data.*|--json|-F|--form.*|-T|--upload-file.*|--post-.*|--method.*|-X|--request.*)$/,
      because: 'it sends something, and may only read',
    },
  },
  { names: ['ping', 'ping6', 'dig', 'host', 'nslookup', 'nc', 'openssl', 'pg_isready', 'ssh-keyscan'] },
  { names: ['true', 'test', '[', 'grep', 'cat', 'echo', 'printf', 'head', 'tail', 'wc', 'cut', 'tr', 'sort', 'jq'], readsOnly: true },
];
