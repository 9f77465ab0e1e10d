import { Check } from '@ashlar/core';
import type { PodPeer } from './network-policy';

const MARKER = Symbol.for('@ashlar/kubernetes.IngressController');

/** What carries HTTP from outside the cluster to services, and the pods that it runs as. */
export class IngressController {
  /** Traefik as K3s brings it. @see https://docs.k3s.io/networking/networking-services */
  public static readonly K3S_TRAEFIK = IngressController.of('traefik', {
    namespace: 'kube-system',
    labels: { 'app.kubernetes.io/name': 'traefik' },
  });

  /** @param className name of the IngressClass */
  public static of(className: string, pods: PodPeer): IngressController {
    return new IngressController(new Check('IngressController.of').label('className', className), pods);
  }

  public static is(x: unknown): x is IngressController {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private constructor(
    public readonly className: string,
    public readonly pods: PodPeer,
  ) {
    Object.defineProperty(this, MARKER, { value: true });
  }
}
