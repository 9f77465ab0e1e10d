import type { PfSense } from './pfsense';
import type { PfSenseSettings } from './pfsense-settings';
import { firewallRequests } from './rest-requests-firewall';
import { interfaceRequests } from './rest-requests-interfaces';
import { serviceRequests } from './rest-requests-services';

/** A request to the REST API package. */
export interface RestRequest {
  readonly method: 'POST' | 'PATCH' | 'PUT';
  readonly endpoint: string;
  readonly body: object;
}

/**
 * What makes a pfSense of the factory this gateway, in an order in which each request names only what is there. Interfaces are named by
 * their descriptions, as the package does by default. Lists are replaced (`PUT`), so that those can be sent again at any time; what is
 * made one by one (`POST`) is there already the second time.
 *
 * The package has no field for a PPPoE uplink, router advertisements, DHCPv6 and SCTP: `config.xml` has.
 * @see https://pfrest.org/ENDPOINT_TYPES/
 */
export function restRequests(gateway: PfSense, settings: PfSenseSettings): RestRequest[] {
  return [...interfaceRequests(gateway), ...firewallRequests(settings), ...serviceRequests(gateway, settings)];
}

export function renderRestRequests(requests: readonly RestRequest[]): string {
  return `${JSON.stringify(requests, undefined, 2)}\n`;
}
