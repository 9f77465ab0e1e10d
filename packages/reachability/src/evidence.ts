import type { Output } from '@ashlar/core';
import { readPfSense } from './pfsense/read-pfsense';
import { readProxmox } from './proxmox/read-proxmox';
import type { HostFirewall, Router } from './router';
import { readVyos } from './vyos/read-vyos';

/** What the rendered files of a site say about who passes. */
export interface Evidence {
  readonly routers: readonly Router[];
  readonly hostFirewalls: readonly HostFirewall[];
}

/** Where gateways stand in the output, and who reads them. */
const GATEWAYS = [
  [/^devices\/vyos\/[^/]+\/config\.boot$/, readVyos],
  [/^devices\/pfsense\/[^/]+\.xml$/, readPfSense],
] as const;

const WORKSPACE = /^terraform\/[^/]+\/cdk\.tf\.json$/;

/** @throws REACH_UNJUDGED */
export function evidenceIn(output: Output): Evidence {
  const files = output.entries();
  return {
    routers: GATEWAYS.flatMap(([pattern, read]) => files.filter(([path]) => pattern.test(path)).map(([path, text]) => read(path, text))),
    hostFirewalls: files.filter(([path]) => WORKSPACE.test(path)).flatMap(([path, text]) => readProxmox(path, text)),
  };
}
