import { type Command, Duration, type Step } from '@ashlar/core';
import type { MoveEvent } from './move-event';
import type { ProviderMove } from './provider-move';

const DRAIN = Duration.minutes(15);

/** What is done for an event. The states of both sides bring their own steps. */
export function moveSteps(move: ProviderMove, event: MoveEvent): readonly Step[] {
  const { from, to, cluster } = move;
  const on = (...args: string[]): Command => ['kubectl', '--context', cluster.name, ...args];
  switch (event.kind) {
    case 'connect':
      return [
        {
          id: 'connect',
          title: `Connect the networks ${from.cloud.network.cidr} and ${to.cloud.network.cidr}`,
          action: {
            byHand: `Bring up the tunnel between ${from.cloud.facts.vendor} and ${to.cloud.facts.vendor}, with routes on both sides.`,
          },
          check: { ask: `Does ${from.members[0]?.address} answer a ping from the network of ${to.cloud.facts.vendor}?` },
          undo: { byHand: 'Take the tunnel down.' },
          budget: Duration.minutes(60),
        },
      ];
    case 'make':
      return move.toState.steps;
    case 'join':
      return [
        {
          id: `join-${event.member}`,
          title: `Wait for the node ${event.member}`,
          action: { waits: `${event.member} joins by itself; etcd takes one new member at a time.` },
          check: { command: on('wait', `node/${event.member}`, '--for=condition=Ready', '--timeout=10s') },
          undo: { run: [on('delete', 'node', event.member, '--ignore-not-found')] },
          budget: Duration.minutes(10),
        },
      ];
    case 'close':
      return [
        {
          id: `close-${event.member}`,
          title: `Keep new pods from ${event.member}`,
          action: { run: [on('cordon', event.member)] },
          check: { command: on('wait', `node/${event.member}`, '--for=jsonpath={.spec.unschedulable}=true', '--timeout=5s') },
          undo: { run: [on('uncordon', event.member)] },
          budget: Duration.minutes(1),
        },
      ];
    case 'empty':
      return [
        {
          id: `empty-${event.member}`,
          title: `Move the pods of ${event.member}`,
          action: { run: [on('drain', event.member, '--ignore-daemonsets', '--delete-emptydir-data', `--timeout=${DRAIN.toGo()}`)] },
          check: { command: emptied(on, event.member) },
          undo: { run: [on('uncordon', event.member)] },
          budget: Duration.minutes(DRAIN.toMinutes() + 1),
        },
      ];
    case 'settle':
      return [
        {
          id: `settle-${event.after}`,
          title: `Wait until copies are complete without ${event.after}`,
          action: { waits: 'Replicas that moved catch up with the others.' },
          check: {
            command: on(
              'wait',
              'pod',
              '--all-namespaces',
              '--all',
              '--field-selector=status.phase!=Succeeded',
              '--for=condition=Ready',
              '--timeout=10s',
            ),
          },
          undo: { nothing: 'it only waits' },
          budget: Duration.minutes(60),
        },
      ];
    case 'switch':
      return [
        {
          id: 'switch',
          title: `Let names lead to ${to.cloud.facts.vendor}`,
          action: { byHand: `Point ${move.names.join(', ')} at ${to.cloud.facts.vendor}, and wait as long as the records were valid.` },
          check: { ask: `Do ${move.names.join(', ')} lead to ${to.cloud.facts.vendor}, also for a resolver that asked an hour ago?` },
          undo: { byHand: `Point them at ${from.cloud.facts.vendor} again.` },
          budget: Duration.minutes(90),
        },
      ];
    case 'remove':
      return [
        {
          id: `remove-${event.member}`,
          title: `Remove the node ${event.member}, and its member of etcd`,
          action: { run: [on('delete', 'node', event.member, '--ignore-not-found')] },
          check: { command: on('wait', `node/${event.member}`, '--for=delete', '--timeout=5s') },
          undo: { nothing: 'it registers again when it starts' },
          budget: Duration.minutes(5),
        },
      ];
    case 'release':
      return [
        {
          id: 'release',
          title: `Give the servers of ${from.cloud.facts.vendor} back`,
          action: { byHand: `Take the pool ${from.node.id} out of the program, synthesize, review what is destroyed, and commit.` },
          check: { ask: `Has ${from.cloud.facts.vendor} no server of ${from.node.id} any more?` },
          undo: { nothing: 'the servers are gone' },
          budget: Duration.minutes(30),
          destroys: `the servers ${from.members.map(({ hostName }) => hostName).join(', ')} and what is on their disks`,
        },
      ];
  }
}

/** Ends with 0 when nothing is left on the node but the pods of DaemonSets. */
function emptied(on: (...args: string[]) => Command, node: string): Command {
  const selector = `--field-selector=spec.nodeName=${node}`;
  return on('wait', 'pod', '--all-namespaces', '--selector=!pod-template-generation', selector, '--for=delete', '--timeout=10s');
}
