import { Testing } from '@ashlar/core/testing';
import { Machine } from '@ashlar/hardware';
import { DrbdCluster, ProxmoxCluster } from '@ashlar/hci';
import { hosting } from '../lib/main';

/** What the tests of the hypervisors look at: the model, and what is rendered from it. */
const site = hosting();
const files = Testing.files(site);
const found = <T>(is: (x: unknown) => x is T) => (site.findAll() as readonly unknown[]).filter(is);

export const NAMES = ['router', 'node-1', 'node-2'] as const;
export const [pve] = found(ProxmoxCluster.isProxmoxCluster) as [ProxmoxCluster];
export const [drbd] = found(DrbdCluster.isDrbdCluster) as [DrbdCluster];
export const text = (path: string) => files[path] as string;
export const machine = (name: string) => found(Machine.isMachine).find(m => m.name === name) as Machine;

export type Resource = ReturnType<typeof JSON.parse>;
/** Resources of a type in the states of the hypervisors and of their guests. */
export const resources = (type: string): Resource[] =>
  ['hypervisors', 'guests'].flatMap(state => Object.values(JSON.parse(text(`terraform/${state}/cdk.tf.json`)).resource[type] ?? {}));
