import type { Network } from '../network';
import type { Reachability } from '../reachability';
import { common } from '../space/box';
import { intersect, subtract } from '../space/interval-set';
import type { ClusterInside } from './cluster-inside';
import type { PodPassage } from './pod-passages';

/** Whether something says where packets of the machines get to. */
export function isWayKnown({ machines }: ClusterInside, network: Network): boolean {
  return machines !== undefined && network.routers.length > 0;
}

/**
 * What of `passages` to the outside also gets through from the machines of the cluster, under whose addresses pods leave it. On the way to
 * a machine of the cluster nothing but policies decides, because a pod may run there. Where no router is, or the machines are not known,
 * policies are all that is known.
 */
export function wayOut(
  passages: readonly PodPassage[],
  inside: ClusterInside,
  network: Network,
  reachability: Reachability,
): readonly PodPassage[] {
  const { machines } = inside;
  if (!machines || !isWayKnown(inside, network)) return passages;
  const onward = reachability.passages.filter(({ source, family }) => intersect(source, machines[family]).length > 0);
  return passages.flatMap(passage => {
    if (passage.to) return [passage];
    const near = intersect(passage.destination, machines[passage.family]);
    const far = { ...passage, destination: subtract(passage.destination, near) };
    const passed = onward
      .filter(({ family, protocol }) => family === passage.family && protocol === passage.protocol)
      .flatMap(one => {
        const box = common(far, { ...one, source: far.source });
        return box ? [{ ...box, source: intersect(one.source, machines[one.family]), through: [...far.through, ...one.through] }] : [];
      });
    return near.length > 0 ? [{ ...passage, destination: near }, ...passed] : passed;
  });
}
