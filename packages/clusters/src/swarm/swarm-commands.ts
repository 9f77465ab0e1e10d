import type { Command, IInstance } from '@ashlar/core';
import type { DockerSwarm } from './docker-swarm';

/** Calls Docker of a machine, over SSH. @see https://docs.docker.com/engine/security/protect-access/#use-ssh-to-protect-the-docker-daemon-socket */
export function docker(swarm: DockerSwarm, machine: IInstance, ...args: string[]): Command {
  return ['docker', '--host', `ssh://${swarm.adminUser}@${addressOf(machine)}`, ...args];
}

/** Where nodes of a swarm reach a machine. */
export function addressOf(machine: IInstance): string {
  return machine.addresses[0]?.ip as string;
}

/** The first manager: whoever asks a swarm asks it. */
export function leaderOf(swarm: DockerSwarm): IInstance {
  return swarm.managers[0] as IInstance;
}

/**
 * Lets a machine join: `join.sh <account> <manager> <machine> manager|worker`. The token is read from the swarm and given to the
 * machine, and kept nowhere.
 */
export const JOIN_SCRIPT = `#!/bin/sh
set -eu
account=$1 manager=$2 machine=$3 role=$4
token=$(docker --host "ssh://$account@$manager" swarm join-token --quiet "$role")
docker --host "ssh://$account@$machine" swarm join --advertise-addr "$machine" --token "$token" "$manager:2377"
`;
