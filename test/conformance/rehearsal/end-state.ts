import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { KubernetesObject } from '../kubernetes/api-client';
import { filesBelow } from '../tool';
import type { RehearsedApp } from './rehearsed-app';

// biome-ignore lint/suspicious/noExplicitAny: bodies of the API server
type Body = any;

/** What a run has left behind, without what differs from run to run: times, and identities that servers choose. */
export interface EndState {
  readonly states: Readonly<Record<string, unknown>>;
  readonly objects: Readonly<Record<string, unknown>>;
  readonly steps: string;
}

export async function endState(app: RehearsedApp): Promise<EndState> {
  const objects = await Promise.all(
    manifests(app).map(async object => {
      const { kind, metadata } = object;
      return [`${kind} ${metadata.namespace ?? ''}/${metadata.name}`, comparable(await read(app, object))] as const;
    }),
  );
  const nodes = (await app.plane.client.call('GET', '/api/v1/nodes')).body.items as Body[];
  const open = nodes.map(({ metadata, spec }) => [`Node ${metadata.name}`, { open: spec.unschedulable !== true }] as const);
  return {
    states: undrawn(states(app)),
    objects: Object.fromEntries([...objects, ...open].sort(([a], [b]) => (a < b ? -1 : 1))),
    steps: (await app.ashlar('status')).said,
  };
}

/** What every state holds. */
export function states(app: RehearsedApp): Readonly<Record<string, unknown>> {
  return Object.fromEntries(readdirSync(join(app.folder, 'out/terraform')).map(name => [name, app.store.resources(name)]));
}

/** Without the identities that Terraform draws by lot for what is in no product. */
function undrawn(held: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return JSON.parse(JSON.stringify(held).replaceAll(/"id":"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"/g, '"id":"drawn"'));
}

/** Versions of every object, which change with every write. */
export async function versions(app: RehearsedApp): Promise<Readonly<Record<string, string>>> {
  const found = await Promise.all(manifests(app).map(async object => [JSON.stringify(object.metadata), await read(app, object)] as const));
  return Object.fromEntries(found.map(([name, body]) => [name, body.metadata.generation ?? JSON.stringify(body.data ?? body.rules)]));
}

function manifests(app: RehearsedApp): KubernetesObject[] {
  return filesBelow(join(app.folder, 'out/kubernetes'), file => file.endsWith('.yaml')).map(file => parse(readFileSync(file, 'utf8')));
}

async function read(app: RehearsedApp, object: KubernetesObject): Promise<Body> {
  const path = await app.plane.client.pathOf(object);
  const { status, body } = await app.plane.client.call('GET', path as string);
  if (status !== 200) throw new Error(`${object.kind} ${object.metadata.name} is not there`);
  return body;
}

function comparable({ metadata, spec, data, rules, subjects, roleRef, status }: Body): unknown {
  const { clusterIP: _, clusterIPs: __, ...kept } = spec ?? {};
  const { labels, annotations } = metadata;
  return {
    labels,
    annotations,
    spec: kept,
    data,
    rules,
    subjects,
    roleRef,
    available: status?.availableReplicas,
    health: status?.health?.status,
  };
}
