import { pathOf } from '@ashlar/core';
import type { DrbdCluster } from './drbd-cluster';

/** Stands where the shared secret belongs, until the file is on the node. The runbook says how it is put in. */
export const SECRET_PLACE = '@DRBD_SHARED_SECRET@';

/** `/etc/drbd.d/global_common.conf`: what holds for each volume. @see https://manpages.debian.org/drbd.conf-9.0.5 */
export function globalCommon(cluster: DrbdCluster): string {
  const kibibytes = Math.floor((cluster.resyncRate.toMegabits() * 1e6) / 8 / 1024);
  return `# ${pathOf(cluster)}: what holds for each volume. The same on all nodes.
global {
    usage-count no;
    udev-always-use-vnr;
}
common {
    options {
        auto-promote yes;
        quorum majority;
        on-no-quorum ${cluster.onNoQuorum};
        on-no-data-accessible ${cluster.onNoQuorum};
        on-suspended-primary-outdated force-secondary;
    }
    net {
        protocol ${cluster.protocol};
        allow-two-primaries no;
        cram-hmac-alg sha256;
        shared-secret "${SECRET_PLACE}";
        verify-alg sha256;
        csums-alg sha256;
        after-sb-0pri disconnect;
        after-sb-1pri disconnect;
        after-sb-2pri disconnect;
        rr-conflict retry-connect;
    }
    disk {
        on-io-error detach;
        c-plan-ahead 20;
        c-max-rate ${kibibytes}K;
    }
}
`;
}
