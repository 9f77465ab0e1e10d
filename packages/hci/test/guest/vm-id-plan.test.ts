import { Ledger, Secret, Site, Version } from '@ashlar/core';
import { Vlan } from '@ashlar/network';
import { TerraformWorkspace } from '@ashlar/terraform';
import { LocalBackend } from 'cdktf';
import { DirectoryStorage, ProxmoxCluster, ProxmoxVm, VmIdPlan } from '../../src';
import { GUEST } from '../lab';
import { refusal } from './guests';

/** One environment of several on the same machines. */
function environment(name: string, plan: () => VmIdPlan, vmId?: number): number {
  const site = new Site(name, { domain: `${name}.example.net` });
  new Ledger(site, 'ledger', { file: '/nowhere/ledger.json' });
  const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24' });
  const { stack } = new TerraformWorkspace(site, 'hypervisors', { backend: s => new LocalBackend(s, { path: 'x.tfstate' }) });
  const pve = new ProxmoxCluster(stack, 'pve', {
    version: Version.of('9.1'),
    nodes: [{ host: servers.host('pve-01', 10) }],
    apiToken: Secret.fromTerraformVariable('token'),
    vmIds: plan(),
  });
  new DirectoryStorage(pve, 'files', { path: '/var/lib/files', content: ['images'] });
  const host = servers.host('web', 20);
  return new ProxmoxVm(pve, 'web', { ...GUEST, notBackedUpBecause: 'only a test', host, ...(vmId !== undefined && { vmId }) }).vmId;
}

const RANGES = { production: { from: 100, to: 199 }, staging: { from: 200, to: 299 }, 'made by hand': { from: 900, to: 999 } };
const sound = () => VmIdPlan.of('rack-1', RANGES);
const overlapping = () => VmIdPlan.of('rack-1', { ...RANGES, staging: { from: 150, to: 299 } });

test('each environment of a plan gives out ids of its own', () => {
  expect([environment('production', sound), environment('staging', sound)]).toEqual([100, 200]);
});

test.each(['production', 'staging'])('overlapping ranges stop %s, whichever is synthesized', name => {
  expect(refusal(() => environment(name, overlapping))).toBe(
    '[VmIdPlan rack-1] production (100 to 199) and staging (150 to 299) would give out the same ids; move one of the ranges; guests that run keep theirs, so move the one with fewer (VM_ID_PLAN)',
  );
});

test.each<[string, () => unknown, string]>([
  [
    'an environment without a range',
    () => environment('testing', sound),
    "[testing/hypervisors/pve] is in testing, which has no range in the plan of rack-1 (made by hand, production, staging); add one for 'testing' to the plan (VM_ID_PLAN)",
  ],
  [
    'an id of another environment',
    () => environment('production', sound, 250),
    '[production/hypervisors/pve/web] vmId is that of staging, outside 100 to 199, which production/hypervisors/pve may give out, got 250; choose one inside, or widen the range in the plan of rack-1 (PROXMOX_VMID_RANGE)',
  ],
  [
    'an id of nobody',
    () => environment('production', sound, 500),
    '[production/hypervisors/pve/web] vmId is outside 100 to 199, which production/hypervisors/pve may give out, got 500; choose one inside, or widen the range in the plan of rack-1 (PROXMOX_VMID_RANGE)',
  ],
  [
    'an empty range',
    () => VmIdPlan.of('rack-1', { production: { from: 200, to: 100 } }),
    '[VmIdPlan rack-1] production.to must be at least production.from (200), got 100; write production: { from: 100, to: 200 } (PROXMOX_VMID_RANGE)',
  ],
  [
    'ids of Proxmox VE itself',
    () => VmIdPlan.of('rack-1', { production: { from: 1, to: 199 } }),
    '[VmIdPlan rack-1] production.from must be from 100 to 999999999, got 1; choose a value inside the range (PROP_RANGE)',
  ],
  [
    'a range in words',
    () => VmIdPlan.of('rack-1', { production: '100-199' as never }),
    '[VmIdPlan rack-1] props must be an object, got "100-199"; write { from: … } (PROP_TYPE)',
  ],
])('%s is refused', (_, build, text) => {
  const message = refusal(build);
  expect(message).toBe(text);
});
