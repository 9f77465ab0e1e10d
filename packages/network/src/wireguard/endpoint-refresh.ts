import { pathOf } from '@ashlar/core';
import { endpointText } from './wireguard-endpoint';
import type { WireGuardInterface } from './wireguard-interface';
import type { WireGuardPeer } from './wireguard-peer';

/**
 * Seconds without a handshake after which a peer counts as lost: with traffic, peers shake hands every two minutes.
 * @see https://www.wireguard.com/papers/wireguard.pdf section 6.1
 */
const SILENCE = 135;

/** A unit that sets the endpoint of each lost peer anew, which resolves its name again; where one fails, the others are not kept waiting. */
export function refreshService(tunnel: WireGuardInterface, peers: readonly WireGuardPeer[]): string {
  return [
    '[Unit]',
    `Description=Endpoints of ${tunnel.name}, asked again when a peer is silent (${pathOf(tunnel)})`,
    `ConditionPathExists=/sys/class/net/${tunnel.name}`,
    `After=wg-quick@${tunnel.name}.service`,
    '',
    '[Service]',
    'Type=oneshot',
    ...peers.map(peer => `ExecStart=-/bin/sh -c '${refreshCommand(tunnel.name, peer, '%%', '$$')}'`),
    '',
  ].join('\n');
}

/** By the clock: a timer that counts from the last run would end with the first run that did not take place. */
export function refreshTimer(tunnel: WireGuardInterface): string {
  return [
    '[Unit]',
    `Description=Endpoints of ${tunnel.name}, twice a minute`,
    '',
    '[Timer]',
    'OnCalendar=*:*:0/30',
    'AccuracySec=1',
    '',
    '[Install]',
    'WantedBy=timers.target',
    '',
  ].join('\n');
}

/**
 * One line of shell: when the last handshake is too long ago, the endpoint is set anew. A name that does not resolve is left for the
 * next time, not waited for.
 * @param percent how a % is written where the line stands
 * @param dollar how a $ is written there
 */
export function refreshCommand(name: string, { publicKey, endpoint }: WireGuardPeer, percent = '%', dollar = '$'): string {
  if (endpoint === undefined) return ':';
  const last = `${dollar}(wg show ${name} latest-handshakes | grep -F ${publicKey} | cut -f 2)`;
  const set = `WG_ENDPOINT_RESOLUTION_RETRIES=0 wg set ${name} peer ${publicKey} endpoint ${endpointText(endpoint)}`;
  return `test ${dollar}((${dollar}(date +${percent}s) - ${last})) -lt ${SILENCE} || ${set}`;
}
