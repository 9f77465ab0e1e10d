import type { Output } from '@ashlar/core';
import type { ClaimKind } from './claim-kinds';
import type { EnvironmentClaim } from './environment-claim';

type Fields = Readonly<Record<string, unknown>>;

interface Configuration {
  readonly terraform?: { readonly backend?: Readonly<Record<string, Fields>> };
  readonly provider?: Readonly<Record<string, readonly Fields[]>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Fields>>>>;
}

/**
 * What names a state, of each kind of backend; the first is where the others are unique. A local state is in the output folder of its
 * environment, and is that of nobody else.
 * @see https://developer.hashicorp.com/terraform/language/backend
 */
const BACKENDS: Readonly<Record<string, readonly string[]>> = {
  local: [],
  s3: ['bucket', 'key'],
  gcs: ['bucket', 'prefix'],
  azurerm: ['storage_account_name', 'container_name', 'key'],
  http: ['address'],
  consul: ['address', 'path'],
  cos: ['bucket', 'prefix', 'key'],
  oss: ['bucket', 'prefix', 'key'],
  kubernetes: ['config_context', 'namespace', 'secret_suffix'],
  pg: ['conn_str', 'schema_name'],
  remote: ['hostname', 'organization', 'workspaces'],
};

/** Resources that take something, the field that says what, and the provider whose endpoint it is unique at. */
const RESOURCES: readonly { readonly type: string; readonly field: string; readonly kind: ClaimKind; readonly at?: string }[] = [
  { type: 'proxmox_virtual_environment_vm', field: 'vm_id', kind: 'VM id', at: 'proxmox' },
  { type: 'proxmox_virtual_environment_container', field: 'vm_id', kind: 'VM id', at: 'proxmox' },
  { type: 'proxmox_virtual_environment_pool', field: 'pool_id', kind: 'VM pool', at: 'proxmox' },
  { type: 'hcloud_network', field: 'ip_range', kind: 'segment' },
  { type: 'aws_vpc', field: 'cidr_block', kind: 'segment' },
  { type: 'google_compute_subnetwork', field: 'ip_cidr_range', kind: 'segment' },
  { type: 'azurerm_virtual_network', field: 'address_space', kind: 'segment' },
];

/** What the Terraform states of a rendered site take: the states themselves, ids and pools of guests, networks of clouds. */
export function terraformClaims(output: Output): EnvironmentClaim[] {
  const owners = output.owners();
  return output.entries().flatMap(([file, text]) => {
    const [, name] = /^terraform\/([^/]+)\/cdk\.tf\.json$/.exec(file) ?? [];
    if (name === undefined) return [];
    const path = owners[file] as string;
    const configuration = JSON.parse(text) as Configuration;
    return [...stateClaim(configuration, path), ...resourceClaims(configuration, path)];
  });
}

function stateClaim({ terraform }: Configuration, path: string): EnvironmentClaim[] {
  return Object.entries(terraform?.backend ?? {}).flatMap(([kind, fields]): EnvironmentClaim[] => {
    const names = BACKENDS[kind] ?? Object.keys(fields).sort();
    const value = names.flatMap(field => (fields[field] === undefined ? [] : textOf(fields[field]))).join('/');
    return value ? [{ kind: 'state', value, at: endpointOf(fields) ?? kind, path }] : [];
  });
}

/** An S3 store of somebody other than AWS: a bucket is unique in one store. */
function endpointOf(fields: Fields): string | undefined {
  const endpoint = (fields.endpoints as Fields | undefined)?.s3 ?? fields.endpoint;
  return typeof endpoint === 'string' ? endpoint : undefined;
}

function resourceClaims({ provider, resource }: Configuration, path: string): EnvironmentClaim[] {
  return RESOURCES.flatMap(({ type, field, kind, at }) => {
    const endpoint = at === undefined ? undefined : provider?.[at]?.[0]?.endpoint;
    return Object.values(resource?.[type] ?? {}).flatMap(fields =>
      [fields[field]].flat().flatMap((value): EnvironmentClaim[] => {
        if (typeof value !== 'string' && typeof value !== 'number') return [];
        return [{ kind, value: String(value), ...(typeof endpoint === 'string' && { at: endpoint }), path: pathIn(path, fields) }];
      }),
    );
  });
}

/** Path of the construct that a resource belongs to: cdktf notes it with the name of the state first, and the resource last. */
function pathIn(workspace: string, fields: Fields): string {
  const noted = (fields['//'] as { readonly metadata?: { readonly path?: string } } | undefined)?.metadata?.path;
  return [workspace, ...(noted ?? '').split('/').slice(1, -1)].join('/');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
