import { Check, ConfigError, type IInstance, pathOf } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** A worker with more to say than which machine it is. */
export interface K3sAgent {
  readonly machine: IInstance;
  /** Labels by which workloads choose their nodes. @default - that of its host, `topology.kubernetes.io/zone` */
  readonly labels?: Readonly<Record<string, string>>;
  /** What keeps others away, as `key=value:NoSchedule`. @default - none */
  readonly taints?: readonly string[];
}

/** What was given as an agent, the same for both forms. @throws K3S_LABEL, PROP_* */
export function agentOf(scope: IConstruct, given: IInstance | K3sAgent): K3sAgent {
  if (!('machine' in given)) return { machine: given };
  const check = new Check(scope);
  check.known(given, ['machine', 'labels', 'taints']);
  const path = pathOf(given.machine);
  for (const [key, value] of Object.entries(given.labels ?? {})) {
    check.text(`a label of ${path}`, `${key}=${value}`, LABEL, 'key=value as Kubernetes writes labels', 'example.net/disk=nvme');
    if (!RESERVED.test(key)) continue;
    throw new ConfigError(scope, 'K3S_LABEL', `${key} is a label of Kubernetes itself, and the API server lets no node set it`, {
      got: path,
      fix: 'choose a key of your own, such as example.net/disk',
      see: 'https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction',
    });
  }
  for (const taint of given.taints ?? []) {
    check.text(`a taint of ${path}`, taint, TAINT, 'key=value:NoSchedule, PreferNoSchedule or NoExecute', 'dedicated=database:NoSchedule');
  }
  return given;
}

const NAME = '[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?';
const KEY = `([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?${NAME}`;
const LABEL = new RegExp(`^${KEY}=(${NAME})?$`);
const TAINT = new RegExp(`^${KEY}=(${NAME})?:(NoSchedule|PreferNoSchedule|NoExecute)$`);
/** Keys of Kubernetes, but for those that a kubelet may set. */
const RESERVED = /^(?!(.*\.)?(kubelet|node)\.kubernetes\.io\/)(.*\.)?(kubernetes|k8s)\.io\//;
