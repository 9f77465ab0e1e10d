import type { Exposure } from '../kubernetes/exposures';
import { isAmong, isUnnamed } from '../kubernetes/pod-group';
import type { PodGroup, PodPolicies } from '../router';
import type { IntervalSet, Protocol } from '../rule-chain';
import { setOf, single } from '../space/interval-set';
import { ALL_PORTS, parsePorts } from '../space/ports';
import { INGRESS_CONTROLLERS, PLATFORM_NEEDS, type PlatformNeed, type PlatformPods } from './platform-needs';

/** Ports that may pass for a need. */
export interface NeededPorts {
  readonly reason: string;
  readonly ports: IntervalSet;
}

/** What may pass from one group of pods to another without a flow. */
export function neededBetween(policies: PodPolicies, from: PodGroup, to: PodGroup, protocol: Protocol): readonly NeededPorts[] {
  return PLATFORM_NEEDS.flatMap(need => {
    if (need.to === 'the same pods') return areOneGroup(from, to) ? [{ reason: need.reason, ports: ALL_PORTS[protocol] }] : [];
    if (need.to === 'pods behind an Ingress') {
      const exposed = policies.exposures.filter(exposure => isBehind(to, exposure) && isController(from, exposure));
      const ports = protocol === 'tcp' ? setOf(exposed.flatMap(({ port }) => single(port))) : [];
      return ports.length > 0 ? [{ reason: need.reason, ports }] : [];
    }
    if (typeof need.to === 'string' || typeof need.from === 'string') return [];
    const holds = (need.from === undefined || isOf(from, need.from)) && isOf(to, need.to);
    return holds ? portsOf(need, protocol) : [];
  });
}

/** What may pass from pods to the machines of their cluster without a flow. */
export function neededOfMachines(policies: PodPolicies, from: PodGroup, protocol: Protocol): readonly NeededPorts[] {
  const needs = policies.hasToken(from) ? PLATFORM_NEEDS.filter(({ to }) => to === 'machines') : [];
  return needs.flatMap(need => portsOf(need, protocol));
}

function portsOf({ reason, ports = '' }: PlatformNeed, protocol: Protocol): NeededPorts[] {
  const own = ports
    .split(',')
    .map(port => port.split('/'))
    .filter(([, of]) => of === protocol);
  const set = setOf(own.flatMap(([port = '']) => parsePorts(port) ?? []));
  return set.length > 0 ? [{ reason, ports: set }] : [];
}

function isOf(group: PodGroup, pods: Partial<PlatformPods> & Pick<PlatformPods, 'labels'>): boolean {
  if (pods.namespace !== undefined && pods.namespace !== group.namespace) return false;
  return Object.entries(pods.labels).every(([key, value]) => (value === null ? key in group.labels : group.labels[key] === value));
}

function areOneGroup(a: PodGroup, b: PodGroup): boolean {
  return !isUnnamed(a) && !isUnnamed(b) && (isAmong(a, b) || isAmong(b, a));
}

function isBehind(group: PodGroup, { namespace, labels }: Exposure): boolean {
  return isAmong(group, { cluster: group.cluster, namespace, labels });
}

/** Of a class that is not known by name, pods with labels in another namespace. */
function isController(group: PodGroup, { className, namespace }: Exposure): boolean {
  const known = INGRESS_CONTROLLERS[className];
  return known ? isOf(group, known) : group.namespace !== namespace && !isUnnamed(group);
}
