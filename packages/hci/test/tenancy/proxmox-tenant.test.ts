import { Secret, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { TerraformWorkspace } from '@ashlar/terraform';
import { LocalBackend } from 'cdktf';
import { ProxmoxTenant, ProxmoxVm } from '../../src';
import { GUEST, lab } from '../lab';

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
const TOKEN = Secret.fromTerraformVariable('proxmox_api_token');

function shared() {
  const parts = lab();
  const workspace = (id: string) =>
    new TerraformWorkspace(parts.site, id, { backend: stack => new LocalBackend(stack, { path: 'terraform.tfstate' }) });
  const tenant = (id: string) => new ProxmoxTenant(workspace(`dev-${id}`).stack, id, { cluster: parts.pve, apiToken: TOKEN });
  const resources = (state: string): Resources =>
    JSON.parse(Testing.files(parts.site)[`terraform/${state}/cdk.tf.json`] as string).resource;
  return { ...parts, workspace, tenant, resources };
}

test('a tenant keeps its guests in a state of its own, in its pool', () => {
  const { tenant, debian, servers, resources } = shared();
  const vm = new ProxmoxVm(tenant('alice'), 'alice', {
    ...GUEST,
    host: servers.host('alice', 30),
    template: debian,
    node: 'pve-01',
    stateful: false,
  });
  const own = resources('dev-alice');
  expect(Object.keys(own)).toEqual([
    'proxmox_virtual_environment_file',
    'proxmox_virtual_environment_firewall_options',
    'proxmox_virtual_environment_firewall_rules',
    'proxmox_virtual_environment_vm',
  ]);
  const [machine] = Object.values(own.proxmox_virtual_environment_vm ?? {});
  expect(machine).toMatchObject({ vm_id: vm.vmId, pool_id: 'alice', tags: ['alice', 'ashlar'], clone: { vm_id: debian.for(vm).vmId } });
  expect(machine?.depends_on).toEqual([expect.stringMatching(/^proxmox_virtual_environment_file\./)]);
  const pools = Object.values(resources('hypervisors').proxmox_virtual_environment_pool ?? {});
  expect(pools).toEqual([expect.objectContaining({ pool_id: 'alice' })]);
});

test('the template of a tenant is in the state of the cluster, which is applied first', () => {
  const { tenant, debian, servers, resources } = shared();
  new ProxmoxVm(tenant('alice'), 'alice', { ...GUEST, host: servers.host('alice', 30), template: debian, node: 'pve-01', stateful: false });
  const templates = Object.values(resources('hypervisors').proxmox_virtual_environment_vm ?? {});
  expect(templates).toEqual([expect.objectContaining({ name: 'debian-13', template: true })]);
});

test('VM ids, names and addresses are shared with everybody else on the cluster', () => {
  const { tenant, debian, servers } = shared();
  const vm = (of: ProxmoxTenant, id: string, number: number) =>
    new ProxmoxVm(of, id, { ...GUEST, host: servers.host(id, number), template: debian, node: 'pve-01', vmId: 150 });
  vm(tenant('alice'), 'alice', 30);
  expect(() => vm(tenant('bob'), 'bob', 31)).toThrow(
    '[lab/dev-bob/bob/bob] vmId 150 is already that of lab/dev-alice/alice/alice; choose another one, or none to have one allocated (PROXMOX_VMID_TAKEN)',
  );
});

test('a disk of an image that a tenant alone uses is downloaded by the cluster', () => {
  const { tenant, image, servers, resources } = shared();
  new ProxmoxVm(tenant('alice'), 'alice', { ...GUEST, disk: Size.gibibytes(20), host: servers.host('alice', 30), image, node: 'pve-02' });
  expect(Object.keys(resources('dev-alice'))).not.toContain('proxmox_download_file');
  expect(Object.keys(resources('hypervisors'))).toContain('proxmox_download_file');
});

test('two tenants do not share a state, and none is in that of the cluster', () => {
  const { workspace, pve, site } = shared();
  const { stack } = workspace('dev-all');
  new ProxmoxTenant(stack, 'alice', { cluster: pve, apiToken: TOKEN });
  expect(() => new ProxmoxTenant(stack, 'bob', { cluster: pve, apiToken: TOKEN })).toThrow(
    '[lab/dev-all/bob] shares the state dev-all with lab/dev-all/alice; give each tenant a TerraformWorkspace of its own, and create it with workspace.stack as scope (TENANT_STATE)',
  );
  expect(() => new ProxmoxTenant(pve, 'carol', { cluster: pve, apiToken: TOKEN })).toThrow(
    '[lab/hypervisors/pve/carol] shares the state hypervisors with lab/hypervisors/pve; give each tenant a TerraformWorkspace of its own, and create it with workspace.stack as scope (TENANT_STATE)',
  );
  expect(() => new ProxmoxTenant(site, 'dave', { cluster: pve, apiToken: TOKEN })).toThrow(
    '[lab/dave] is in no Terraform state; give each tenant a TerraformWorkspace of its own, and create it with workspace.stack as scope (TENANT_STATE)',
  );
});

test('a pool has one tenant', () => {
  const { workspace, pve } = shared();
  new ProxmoxTenant(workspace('one').stack, 'alice', { cluster: pve, apiToken: TOKEN });
  expect(() => new ProxmoxTenant(workspace('two').stack, 'alice', { cluster: pve, apiToken: TOKEN })).toThrow(
    '[lab/two/alice] the pool alice is already that of lab/one/alice; choose another id (TENANT_NAME)',
  );
});

test('a tenant names its cluster', () => {
  const { workspace } = shared();
  expect(() => new ProxmoxTenant(workspace('one').stack, 'alice', { cluster: 'pve' as never, apiToken: TOKEN })).toThrow(
    '[lab/one/alice] cluster must be a ProxmoxCluster, got "pve"; write cluster: pve (PROP_TYPE)',
  );
});
