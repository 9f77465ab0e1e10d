import { ProxmoxAclResource, ProxmoxHagroupResource, ProxmoxHostsResource, ProxmoxProvider, ProxmoxVmResource } from '../src';
import { stack } from './stack';

/** What a caller without types may write. */
type Untyped = new (scope: unknown, id: string, props?: unknown) => unknown;

function messageOf(type: unknown, props?: unknown): string {
  try {
    new (type as Untyped)(stack(), 'web', props);
    return 'no error';
  } catch (error) {
    return (error as Error).message;
  }
}

const VM_DOCS = 'https://registry.terraform.io/providers/bpg/proxmox/0.111.1/docs/resources/virtual_environment_vm';

describe('a key that does not exist', () => {
  test.each([
    [{ nodeNam: 'pve1' }, 'ProxmoxVmResource has no key nodeNam, got "pve1"; did you mean nodeName?'],
    [{ node_name: 'pve1' }, 'ProxmoxVmResource has no key node_name, got "pve1"; did you mean nodeName?'],
    [{ nodeName: 'pve1', dependOn: [] }, 'ProxmoxVmResource has no key dependOn, got []; did you mean dependsOn?'],
    [{ nodeName: 'pve1', cpu: { core: 4 } }, 'cpu has no key core, got 4; did you mean cores?'],
    [
      { nodeName: 'pve1', disk: [{ interface: 'scsi0', importFromAttribute: 'x' }] },
      'disk[0] has no key importFromAttribute, got "x"; its keys are aio, backup, cache, datastoreId, discard, fileFormat, fileId, importFrom, interface, ' +
        `iothread, pathInDatastore, queues, replicate, serial, size, speed, ssd, see ${VM_DOCS}`,
    ],
    [
      { nodeName: 'pve1', initialization: { ipConfig: [{}, { ipv4: { adress: 'dhcp' } }] } },
      'initialization.ipConfig[1].ipv4 has no key adress, got "dhcp"; did you mean address?',
    ],
    [{ nodeName: 'pve1', networkDevice: [{ brigde: 'vmbr0' }] }, 'networkDevice[0] has no key brigde, got "vmbr0"; did you mean bridge?'],
  ])('%j', (props, told) => {
    expect(messageOf(ProxmoxVmResource, props)).toBe(`[metal/web] ${told} (PROXMOX_UNKNOWN_KEY)`);
  });
});

describe('a key that is missing', () => {
  test.each([
    [{}, `nodeName is missing; set it to a string, see ${VM_DOCS}`],
    [{ nodeName: undefined }, `nodeName is missing; set it to a string, see ${VM_DOCS}`],
    [{ nodeName: null }, `nodeName is missing; set it to a string, see ${VM_DOCS}`],
    [{ nodeName: 'pve1', disk: [{ size: 8 }] }, `disk[0].interface is missing; set it to a string, see ${VM_DOCS}`],
    [{ nodeName: 'pve1', clone: {} }, `clone.vmId is missing; set it to a number, see ${VM_DOCS}`],
  ])('%j', (props, told) => {
    expect(messageOf(ProxmoxVmResource, props)).toBe(`[metal/web] ${told} (PROXMOX_MISSING_KEY)`);
  });

  test('a list of objects', () => {
    expect(messageOf(ProxmoxHostsResource, { nodeName: 'pve1' })).toBe(
      '[metal/web] entry is missing; set it to a list of objects, see https://registry.terraform.io/providers/bpg/proxmox/0.111.1/docs/resources/virtual_environment_hosts (PROXMOX_MISSING_KEY)',
    );
  });
});

describe('a value of another type', () => {
  test.each([
    [undefined, 'props must be an object, got undefined; pass an object'],
    ['pve1', 'props must be an object, got "pve1"; pass an object'],
    [{ nodeName: 1 }, "nodeName must be a string, got 1; write '1'"],
    [{ nodeName: 'pve1', vmId: '111' }, 'vmId must be a number, got "111"; write 111'],
    [{ nodeName: 'pve1', vmId: Number.NaN }, 'vmId must be a number, got NaN; pass a number'],
    [{ nodeName: 'pve1', started: 'false' }, 'started must be true or false, got "false"; write false'],
    [{ nodeName: 'pve1', started: 'yes' }, 'started must be true or false, got "yes"; pass true or false'],
    [{ nodeName: 'pve1', tags: 'web' }, 'tags must be a list of strings, got "web"; put it into a list'],
    [{ nodeName: 'pve1', tags: ['web', 5] }, "tags[1] must be a string, got 5; write '5'"],
    [{ nodeName: 'pve1', tags: { web: true } }, 'tags must be a list of strings, got an object with web; pass a list of strings'],
    [{ nodeName: 'pve1', cpu: 4 }, 'cpu must be an object, got 4; pass an object'],
    [
      { nodeName: 'pve1', cpu: [{ cores: 4 }] },
      'cpu must be an object, got [an object with cores]; write the object without a list around it',
    ],
    [{ nodeName: 'pve1', cpu: { cores: '4' } }, 'cpu.cores must be a number, got "4"; write 4'],
    [
      { nodeName: 'pve1', disk: { interface: 'scsi0' } },
      'disk must be a list of objects, got an object with interface; put the object into a list',
    ],
    [{ nodeName: 'pve1', disk: ['scsi0'] }, 'disk[0] must be an object, got "scsi0"; pass an object'],
    [{ nodeName: 'pve1', memory: { dedicated: new Date(0) } }, 'memory.dedicated must be a number, got a Date; pass a number'],
    [{ nodeName: 'pve1', dependsOn: 'x' }, 'dependsOn must be a list of constructs, got "x"; put it into a list'],
  ])('%j', (props, told) => {
    expect(messageOf(ProxmoxVmResource, props)).toBe(`[metal/web] ${told} (PROXMOX_WRONG_TYPE)`);
  });

  test('in a map', () => {
    expect(messageOf(ProxmoxHagroupResource, { group: 'a', nodes: { pve1: 'first' } })).toBe(
      '[metal/web] nodes.pve1 must be a number, got "first"; pass a number (PROXMOX_WRONG_TYPE)',
    );
    expect(messageOf(ProxmoxHagroupResource, { group: 'a', nodes: ['pve1'] })).toBe(
      '[metal/web] nodes must be an object of numbers, got ["pve1"]; pass an object of numbers (PROXMOX_WRONG_TYPE)',
    );
  });
});

test('what only the provider can tell cannot be set', () => {
  expect(messageOf(ProxmoxAclResource, { path: '/', roleId: 'PVEAuditor', id: 'x' })).toBe(
    '[metal/web] id is set by the provider, got "x"; leave it out, and read it from the construct where it is needed (PROXMOX_COMPUTED_KEY)',
  );
});

test('a list has a limit', () => {
  const disk = Array.from({ length: 32 }, (_, i) => ({ interface: `scsi${i}` }));
  expect(messageOf(ProxmoxVmResource, { nodeName: 'pve1', disk })).toBe(
    '[metal/web] disk takes at most 31 entries, got 32; give at most 31 (PROXMOX_WRONG_COUNT)',
  );
  expect(messageOf(ProxmoxVmResource, { nodeName: 'pve1', disk: disk.slice(1) })).toBe('no error');
  expect(messageOf(ProxmoxHostsResource, { nodeName: 'pve1', entry: [] })).toBe(
    '[metal/web] entry takes at least 1 entry, got 0; give at least 1 (PROXMOX_WRONG_COUNT)',
  );
});

test('the provider is checked in the same way', () => {
  expect(messageOf(ProxmoxProvider, { endpont: 'https://pve:8006/' })).toBe(
    '[metal/web] ProxmoxProvider has no key endpont, got "https://pve:8006/"; did you mean endpoint? (PROXMOX_UNKNOWN_KEY)',
  );
  expect(messageOf(ProxmoxProvider, { ssh: { node: [{ name: 'pve1' }] } })).toBe(
    '[metal/web] ssh.node[0].address is missing; set it to a string, see https://registry.terraform.io/providers/bpg/proxmox/0.111.1/docs (PROXMOX_MISSING_KEY)',
  );
});
