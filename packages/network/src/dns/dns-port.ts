import { Claims, ConfigError, pathOf } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import type { Host } from '../segments/host';

/** Makes `server` the one that answers at port 53 of a host. @throws DNS_PORT_TAKEN */
export function claimDnsPort(server: IConstruct, host: Host): void {
  Claims.of(server).claim('dns port', pathOf(host), server, holder => {
    return new ConfigError(server, 'DNS_PORT_TAKEN', `port 53 of ${pathOf(host)} is already that of ${pathOf(holder)}`, {
      fix: 'choose another host, so that each answers at an address of its own',
    });
  });
}
