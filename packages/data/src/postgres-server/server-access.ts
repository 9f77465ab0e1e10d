import { ConfigError, hostPrefix, type IConnectable, type IGuest } from '@ashlar/core';
import { usersOf } from './postgres-databases';
import type { PostgresServer } from './postgres-server';
import type { HbaEntry } from './server-plan';

/** The guest's addresses as prefixes. */
export function addressesOf(guest: IGuest): string[] {
  return guest.addresses.map(({ ip }) => hostPrefix(ip));
}

/** Peers that connect to the database, each once, without the replicas. */
export function peersOf(server: PostgresServer): IConnectable[] {
  const replicas: readonly IConnectable[] = server.replicas.map(replica => replica.guest);
  const flows = server.connections.ingress.filter(({ port }) => port.protocol === 'tcp' && port.from <= 5432 && port.to >= 5432);
  return [...new Set(flows.map(({ from }) => from))].filter(peer => !replicas.includes(peer));
}

/** Who may connect as whom from where: every role of every database for a peer, unless it was let in as certain roles. */
export function hbaEntries(server: PostgresServer): HbaEntry[] {
  const peers = peersOf(server).flatMap(peer =>
    server.databases.flatMap(database =>
      usersOf(database)
        .filter(role => server._rolesOf(peer)?.has(role) ?? true)
        .flatMap(role => peer.connections.endpoint.addresses().map(address => ({ database: database.name, role, address }))),
    ),
  );
  const replicas = server.replicas.flatMap(replica => addressesOf(replica.guest));
  return [...peers, ...replicas.map(address => ({ database: 'replication', role: 'replicator', address }))];
}

/** Firewalls see the guest, not what runs in it: it takes over the flows. */
export function carryFlows(server: IConnectable, guest: IGuest): void {
  for (const { from, port } of server.connections.ingress) guest.connections.allowFrom(from, port);
  for (const { to, port } of server.connections.egress) to.connections.allowFrom(guest, port);
}

/** @throws POSTGRES_ROLE_UNKNOWN */
export function checkRole(server: PostgresServer, role: string): void {
  if (server.roles.some(({ name }) => name === role)) return;
  throw new ConfigError(server, 'POSTGRES_ROLE_UNKNOWN', 'allowFrom names a role that is not declared', {
    got: role,
    fix: `use one of ${server.roles.map(({ name }) => name).join(', ')}, or declare it in roles`,
  });
}
