import { Check } from '@ashlar/core';
import { Host } from '@ashlar/network';
import type { Construct } from 'constructs';

/** Where a storage is reached: the address of a host of the model, or what was written. @throws PROP_FORMAT */
export function serverAddress(storage: Construct, server: Host | string): string {
  if (Host.isHost(server)) return server.ip;
  return new Check(storage).text('server', server, /^[a-z0-9.:-]+$/, 'an IP address or a DNS name', 'nas.example.net');
}

/** What the storage is lost with, when its server is in the model. */
export function serverHost(server: Host | string): { readonly standsOn?: readonly Host[] } {
  return Host.isHost(server) ? { standsOn: [server] } : {};
}
