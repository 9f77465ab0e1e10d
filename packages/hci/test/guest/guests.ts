import { Testing } from '@ashlar/core/testing';
import type { Host } from '@ashlar/network';
import { ProxmoxContainer, ProxmoxVm } from '../../src';
import { GUEST, type lab } from '../lab';

export type Lab = ReturnType<typeof lab>;

export const VM = 'proxmox_virtual_environment_vm';
export const CT = 'proxmox_virtual_environment_container';

type Resource = Record<string, unknown> & { readonly '//': { readonly metadata: { readonly path: string } } };

/** The only resource of a type whose path below the cluster ends so. */
export function resource(all: Lab, type: string, path: string): Record<string, unknown> {
  const { resource: types } = JSON.parse(Testing.files(all.site)['terraform/hypervisors/cdk.tf.json'] as string);
  const found = Object.values(types[type] as Record<string, Resource>).filter(({ '//': { metadata } }) => metadata.path.endsWith(path));
  if (found.length !== 1) throw new Error(`${found.length} resources ${type} at ${path}`);
  return found[0] as Resource;
}

/** The user data of a guest, as Terraform writes it. */
export function userData(all: Lab, path: string): string {
  return (resource(all, 'proxmox_virtual_environment_file', path).source_raw as { data: string }).data;
}

export function vm({ pve, servers, debian }: Lab, props: object = {}, name = 'web'): ProxmoxVm {
  const because = { notBackedUpBecause: 'only a test of others' };
  const host = 'host' in props ? (props.host as Host) : servers.host(name);
  return new ProxmoxVm(pve, name, { ...GUEST, ...because, node: 'pve-01', template: debian, ...props, host });
}

export function container({ pve, servers, rootfs }: Lab, props: object = {}, name = 'dns'): ProxmoxContainer {
  const because = { notBackedUpBecause: 'only a test of others' };
  return new ProxmoxContainer(pve, name, { ...GUEST, ...because, node: 'pve-01', host: servers.host(name), image: rootfs, ...props });
}

/** What `build` throws, or that it throws nothing. */
export function refusal(build: () => unknown): string {
  try {
    build();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing is refused';
}
