/** One thing that happens in a move, in the order in which it does. */
export type MoveEvent =
  /** The two private networks reach each other. */
  | { readonly kind: 'connect' }
  /** The servers of the new side are made. */
  | { readonly kind: 'make' }
  /** A new member is one of etcd, and its node is ready. */
  | { readonly kind: 'join'; readonly member: string }
  /** No new pods come onto an old node. */
  | { readonly kind: 'close'; readonly member: string }
  /** Every pod of an old node is elsewhere. */
  | { readonly kind: 'empty'; readonly member: string }
  /** Copies of data are complete again. */
  | { readonly kind: 'settle'; readonly after: string }
  /** Names lead to the new side. */
  | { readonly kind: 'switch' }
  /** An old member is one of etcd no more, and its node is gone. */
  | { readonly kind: 'remove'; readonly member: string }
  /** The servers of the old side are given back. */
  | { readonly kind: 'release' };

/**
 * The order of a move: the new side joins whole before anything leaves, so that etcd grows first and always has members to spare; old nodes
 * are closed together, so that each pod moves once; they are emptied one at a time, and each leaves when copies are complete.
 */
export function moveOrder(from: readonly string[], to: readonly string[]): MoveEvent[] {
  return [
    { kind: 'connect' },
    { kind: 'make' },
    ...to.map((member): MoveEvent => ({ kind: 'join', member })),
    ...from.map((member): MoveEvent => ({ kind: 'close', member })),
    ...from.flatMap((member): MoveEvent[] => [
      { kind: 'empty', member },
      { kind: 'settle', after: member },
    ]),
    { kind: 'switch' },
    ...from.map((member): MoveEvent => ({ kind: 'remove', member })),
    { kind: 'release' },
  ];
}
