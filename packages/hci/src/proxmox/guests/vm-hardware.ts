import { Check, ConfigError, pathOf } from '@ashlar/core';
import type { ProxmoxVmResourceProps } from '@ashlar/provider-proxmox';
import type { ProxmoxGuest } from './proxmox-guest';
import { asRoot } from './root-settings';
import type { VmTemplate } from './vm-template';

/** What a virtual machine is made of besides processors, memory, disks and network ports. */
export interface VmHardwareProps {
  /** Processor that it sees. `host` is fastest, and moves between equal machines only. @default `x86-64-v2-AES` */
  readonly cpuType?: string;
  /** @default - that of the template, or `seabios`; for Windows 11 `ovmf` */
  readonly firmware?: 'seabios' | 'ovmf';
  /** What Proxmox VE expects in it: Linux, something else, or Windows 11. @default `l26`, with an installer `other` */
  readonly osType?: 'l26' | 'other' | 'win11';
  /** Whether it has a TPM 2.0; its state is a small disk beside that of the guest. @default - for Windows 11 */
  readonly tpm?: boolean;
  /** Whether it sees which memory is near which processor. @default - with `hugePages` */
  readonly numa?: boolean;
  /** Size of the pages that its memory is made of; its nodes keep as many free. Set by root, see {@link asRoot}. @default - ordinary ones */
  readonly hugePages?: '2 MiB' | '1 GiB';
  /** Threads of the node that it runs on, and on no other, e.g. `0-3,8`. Set by root, see {@link asRoot}. @default - any */
  readonly cpuAffinity?: string;
  /** PCI devices of its node, by the names of their mappings in Proxmox VE. @default - none */
  readonly pciDevices?: readonly string[];
  /** USB devices of its node, by the names of their mappings in Proxmox VE. @default - none */
  readonly usbDevices?: readonly string[];
}

export const VM_HARDWARE_PROPS = [
  'cpuType',
  'firmware',
  'osType',
  'tpm',
  'numa',
  'hugePages',
  'cpuAffinity',
  'pciDevices',
  'usbDevices',
] as const satisfies readonly (keyof VmHardwareProps)[];

/** A virtual machine that has hardware. */
type Machine = ProxmoxGuest & { readonly template?: VmTemplate };

/** @throws VM_FIRMWARE, VM_TPM, VM_NUMA, VM_HUGE_PAGES, VM_AFFINITY, VM_PASSTHROUGH, PROP_FORMAT, PROP_CHOICE */
export function vmHardware(vm: Machine, props: VmHardwareProps, installed: boolean): Partial<ProxmoxVmResourceProps> {
  const check = new Check(vm);
  const osType = check.choice('osType', props.osType ?? (installed ? 'other' : 'l26'), ['l26', 'other', 'win11']);
  const firmware = chooseFirmware(vm, check, props);
  const tpm = check.boolean('tpm', props.tpm ?? osType === 'win11');
  if (osType === 'win11' && !tpm) {
    throw new ConfigError(vm, 'VM_TPM', 'is to run Windows 11, which refuses to start without a TPM', { fix: 'leave tpm out' });
  }
  const datastoreId = vm.storage.name;
  const hugepages = hugePages(vm, check, props);
  const affinity = props.cpuAffinity === undefined ? undefined : cpuAffinity(vm, check, props.cpuAffinity);
  asRoot(vm, { ...(affinity !== undefined && { affinity }), ...(hugepages !== undefined && { hugepages }) });
  const pci = passedThrough(vm, check, 'pciDevices', props.pciDevices);
  const usb = passedThrough(vm, check, 'usbDevices', props.usbDevices);
  return {
    machine: 'q35',
    bios: firmware,
    ...(firmware === 'ovmf' && { efiDisk: { datastoreId, type: '4m', ...(osType === 'win11' && { preEnrolledKeys: true }) } }),
    ...(tpm && { tpmState: { datastoreId, version: 'v2.0' } }),
    operatingSystem: { type: osType },
    cpu: {
      cores: vm.cores,
      sockets: 1,
      type: check.text('cpuType', props.cpuType ?? 'x86-64-v2-AES', /^[\w.-]+$/, 'a CPU type of Proxmox VE', 'x86-64-v2-AES'),
      ...((props.numa ?? hugepages !== undefined) && { numa: true }),
    },
    memory: { dedicated: vm.memory.toMebibytes(), floating: 0 },
    ...(pci.length > 0 && { hostpci: pci.map((mapping, i) => ({ device: `hostpci${i}`, mapping, pcie: true })) }),
    ...(usb.length > 0 && { usb: usb.map(mapping => ({ mapping })) }),
  };
}

function chooseFirmware(vm: Machine, check: Check, props: VmHardwareProps): 'seabios' | 'ovmf' {
  const { template } = vm;
  const windows = props.osType === 'win11';
  const wanted = check.choice('firmware', props.firmware ?? template?.firmware ?? (windows ? 'ovmf' : 'seabios'), ['seabios', 'ovmf']);
  if (template && wanted !== template.firmware) {
    throw new ConfigError(
      vm,
      'VM_FIRMWARE',
      `has firmware ${wanted}, and its template ${pathOf(template)} was made for ${template.firmware}`,
      { fix: 'leave firmware out, or change that of the template' },
    );
  }
  if (windows && wanted !== 'ovmf') {
    throw new ConfigError(vm, 'VM_FIRMWARE', 'is to run Windows 11, which starts from UEFI only', {
      got: wanted,
      fix: template ? "give the template firmware: 'ovmf'" : "write firmware: 'ovmf', or leave it out",
    });
  }
  return wanted;
}

/** MiB of a page, as Proxmox VE calls the kinds. @see https://pve.proxmox.com/wiki/Manual:_qm.conf */
function hugePages(vm: ProxmoxGuest, check: Check, { hugePages: pages, numa }: VmHardwareProps): string | undefined {
  if (numa !== undefined) check.boolean('numa', numa);
  if (pages === undefined) return undefined;
  check.choice('hugePages', pages, ['2 MiB', '1 GiB']);
  if (numa === false) {
    throw new ConfigError(vm, 'VM_NUMA', 'has hugePages, which Proxmox VE takes from the memory near a processor, and numa: false', {
      fix: 'leave numa out',
    });
  }
  const mebibytes = pages === '1 GiB' ? 1024 : 2;
  if (vm.memory.toMebibytes() % mebibytes !== 0) {
    throw new ConfigError(vm, 'VM_HUGE_PAGES', `memory is ${vm.memory}, which pages of ${pages} do not fill`, {
      fix: `give it a multiple of ${pages}, or smaller pages`,
    });
  }
  return String(mebibytes);
}

/** @throws VM_AFFINITY */
function cpuAffinity(vm: ProxmoxGuest, check: Check, list: string): string {
  check.text('cpuAffinity', list, /^\d{1,4}(-\d{1,4})?(,\d{1,4}(-\d{1,4})?)*$/, 'numbers and ranges of threads', '0-3,8');
  const threads = new Set<number>();
  for (const part of list.split(',')) {
    const [from, to] = part.split('-').map(Number) as [number, number?];
    for (let thread = from; thread <= (to ?? from); thread++) threads.add(thread);
  }
  if (threads.size < vm.cores) {
    throw new ConfigError(
      vm,
      'VM_AFFINITY',
      `has ${vm.cores} cores on ${threads.size} ${threads.size === 1 ? 'thread' : 'threads'} of its node, which wait for each other`,
      {
        got: list,
        fix: `name ${vm.cores} threads or more in cpuAffinity`,
      },
    );
  }
  for (const node of vm.nodes) {
    const { threads: there } = node.capacity;
    const last = Math.max(...threads);
    if (there === undefined || last < there) continue;
    throw new ConfigError(vm, 'VM_AFFINITY', `is to run on thread ${last}, and node ${node.name} has threads 0 to ${there - 1}`, {
      got: list,
      fix: 'choose others',
    });
  }
  return list;
}

/**
 * Devices by the names of their mappings, which say where the device is on each node; an address is taken from root alone, and
 * not from a token. @see https://pve.proxmox.com/wiki/QEMU/KVM_Virtual_Machines#resource_mapping
 */
function passedThrough(
  vm: ProxmoxGuest,
  check: Check,
  name: 'pciDevices' | 'usbDevices',
  given: readonly string[] | undefined,
): readonly string[] {
  if (given === undefined) return [];
  const mappings = check.list(name, given, "'gpu'").map(mapping => {
    if (typeof mapping === 'string' && /^[0-9a-f]{4}:/i.test(mapping)) {
      throw new ConfigError(
        vm,
        'VM_PASSTHROUGH',
        `${name} are named by their mappings: Proxmox VE takes an address from root alone, and not from a token`,
        {
          got: mapping,
          fix: 'make a mapping of the device under Datacenter, Resource Mappings, and write its name',
        },
      );
    }
    return check.text(name, mapping, /^[a-zA-Z][\w-]+$/, 'names of resource mappings', 'gpu');
  });
  const twice = mappings.find((mapping, i) => mappings.indexOf(mapping) < i);
  if (twice !== undefined)
    throw new ConfigError(vm, 'VM_PASSTHROUGH', `${name} names ${twice} twice, which one device cannot be`, { fix: 'name each once' });
  if (vm.nodes.length > 1) {
    throw new ConfigError(
      vm,
      'VM_PASSTHROUGH',
      `is highly available, and what is passed through to it, ${mappings.join(', ')}, does not move`,
      {
        fix: 'leave highAvailability out, and name its node',
      },
    );
  }
  return mappings;
}
