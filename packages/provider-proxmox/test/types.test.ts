import type { IResolvable } from 'cdktf';
import { ProxmoxBackupJobResource, ProxmoxVmResource, type ProxmoxVmResourceDisk, type ProxmoxVmResourceProps } from '../src';
import { stack } from './stack';

/** The compiler reads these lines in `npm run types`: an expected error that does not come is itself an error. */
export function refusedByTheCompiler(): void {
  const s = stack();
  // @ts-expect-error nodeName is required
  new ProxmoxVmResource(s, 'a', { vmId: 1 });
  // @ts-expect-error there is no nodeNam
  new ProxmoxVmResource(s, 'a', { nodeName: 'pve1', nodeNam: 'pve1' });
  // @ts-expect-error a number is not a string
  new ProxmoxVmResource(s, 'a', { nodeName: 'pve1', vmId: '1' });
  // @ts-expect-error interface is required
  new ProxmoxVmResource(s, 'a', { nodeName: 'pve1', disk: [{ size: 8 }] });
  // @ts-expect-error one cpu block, not a list
  new ProxmoxVmResource(s, 'a', { nodeName: 'pve1', cpu: [{ cores: 4 }] });
  // @ts-expect-error the provider's own answer
  new ProxmoxVmResource(s, 'a', { nodeName: 'pve1', ipv4Addresses: [] });
}

test('a reference has the type of its attribute, and props can be taken apart', () => {
  const s = stack();
  const vm = new ProxmoxVmResource(s, 'a', { nodeName: 'pve1' });
  const references: [number, string, IResolvable, string[]] = [vm.vmId, vm.id, vm.started, vm.macAddresses];
  const disk: ProxmoxVmResourceDisk = { interface: 'scsi0', importFrom: 'local:import/debian.qcow2' };
  const props: ProxmoxVmResourceProps = { nodeName: 'pve1', disk: [disk] };
  const node: string = new ProxmoxBackupJobResource(s, 'job', { id: 'n', schedule: '02:00', storage: 'pbs' }).nodeAttribute;
  expect([references.length, props.nodeName, typeof node]).toEqual([4, 'pve1', 'string']);
});

test('a class can be extended and named as a type', () => {
  class Web extends ProxmoxVmResource {}
  const web: ProxmoxVmResource = new Web(stack(), 'a', { nodeName: 'pve1' });
  expect(web).toBeInstanceOf(ProxmoxVmResource);
});
