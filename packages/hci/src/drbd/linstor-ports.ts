import { Port } from '@ashlar/core';

/** TCP ports of LINSTOR. @see https://linbit.com/drbd-user-guide/linstor-guide-1_0-en/#s-linstor-ports */
export const LINSTOR_PORTS = {
  /** Of its volumes, above those of plain DRBD volumes. */
  volumes: Port.range('tcp', 7100, 7999),
  /** Of the REST API. It asks for no password, so that only the nodes reach it. */
  api: Port.tcp(3370),
  /** On which satellites listen to the controller. */
  satellite: Port.tcp(3366),
} as const;
