import { pathOf } from '@ashlar/core';
import type { ITunnel } from '../gateway/tunnel';
import { refreshCommand } from '../wireguard/endpoint-refresh';
import { isNamed } from '../wireguard/wireguard-endpoint';
import { WireGuardInterface } from '../wireguard/wireguard-interface';
import type { WireGuardPeer } from '../wireguard/wireguard-peer';
import { type Tagged, tagged, type VyosNode } from './vyos-config';

/** Interfaces with their peers; keys are added on the device. @see https://docs.vyos.io/en/latest/configuration/interfaces/wireguard.html */
export function wireguardInterfaces(tunnels: readonly ITunnel[]): Tagged | undefined {
  return tagged(
    tunnels.filter(WireGuardInterface.isWireGuardInterface).map((tunnel): [string, VyosNode] => [tunnel.name, interfaceOf(tunnel)]),
  );
}

/** VyOS wants an address for a peer, so that one with a name is set by this script, and again when it falls silent. */
export function endpointScript(tunnels: readonly ITunnel[]): string | undefined {
  const commands = tunnels
    .filter(WireGuardInterface.isWireGuardInterface)
    .flatMap(tunnel => namedPeers(tunnel).map(peer => refreshCommand(tunnel.name, peer)));
  if (commands.length === 0) return undefined;
  return [
    '#!/bin/sh',
    '# Sets the endpoint of each WireGuard peer that has been silent for too long; its name is resolved then.',
    ...commands,
    '',
  ].join('\n');
}

function interfaceOf(tunnel: WireGuardInterface): VyosNode {
  return {
    address: [...tunnel.addresses],
    description: pathOf(tunnel),
    mtu: tunnel.mtu,
    port: tunnel.listenPort,
    // A written size, because the way back may be another, whose size is not known here.
    ip: { 'adjust-mss': tunnel.mtu - 40 },
    ipv6: { 'adjust-mss': tunnel.mtu - 60 },
    peer: tagged(tunnel.peers.map((peer): [string, VyosNode] => [peer.node.id, peerOf(peer)])),
  };
}

function peerOf({ publicKey, allowedIps, endpoint, persistentKeepalive }: WireGuardPeer): VyosNode {
  const fixed = endpoint && !isNamed(endpoint) ? endpoint : undefined;
  return {
    'public-key': publicKey,
    'allowed-ips': [...allowedIps],
    address: fixed?.host,
    port: fixed?.port,
    'persistent-keepalive': persistentKeepalive,
  };
}

function namedPeers(tunnel: WireGuardInterface): readonly WireGuardPeer[] {
  return tunnel.peers.filter(peer => peer.endpoint && isNamed(peer.endpoint));
}
