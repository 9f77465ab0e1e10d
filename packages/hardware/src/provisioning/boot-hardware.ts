import { type Address, Check, Claims, ConfigError, Duration, type IAddressed, Port, pathOf, vacant } from '@ashlar/core';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Bmc } from '../bmc';
import type { Disk } from '../disk';
import type { Machine } from '../machine';
import { Nic } from '../nic';
import { bmcMachine } from './bmc-machine';
import type { BootWorkflow } from './boot-workflow';
import { hardwareManifest } from './hardware-manifest';
import { BOOT_HARDWARE, isBootHardware } from './is-boot-hardware';
import { ProvisioningStack } from './provisioning-stack';
import { bootAddress } from './segment-address';
import { ARTIFACTS_PORT } from './stack-values';

export interface BootHardwareProps {
  /** Network port that it boots from. */
  readonly nic: Nic;
  /** Name and address that it is given in the segment of the stack. */
  readonly address: IAddressed;
  /** Disk that an operating system is written to. */
  readonly disk: Disk;
  /** Whether an operating system is on it, so that nothing may be written to its disk. */
  readonly installed: boolean;
  /** Why it is installed once more, which destroys what is on the disk. @default - it is not */
  readonly reinstall?: string;
  /** Whether the firmware boots by UEFI. @default true */
  readonly uefi?: boolean;
  /** How long it keeps its address: a minute to 30 days. @default Duration.days(1) */
  readonly leaseTime?: Duration;
  /** What the operating system does at its first boot, as cloud-init reads it. Never a secret: all in the segment can read it. @default - nothing */
  readonly userData?: string;
  /**
   * URL of the iPXE script that it runs instead of Tinkerbell's installation environment: an operating system with an installer of its
   * own. No workflow runs then. @default - none
   */
  readonly ipxeUrl?: string;
  /** Accepts whatever certificate the BMC shows, which most make themselves. @default false */
  readonly insecureTLS?: boolean;
}

/**
 * A machine that a stack boots: Tinkerbell's Hardware, and the BMC's account beside it.
 *
 * It may boot from the network while nothing is installed on it, and never after: `installed: true` turns that off.
 *
 * @see https://github.com/tinkerbell/tinkerbell/blob/main/api/v1alpha1/tinkerbell/hardware.go
 */
export class BootHardware extends Construct {
  public static isBootHardware(x: unknown): x is BootHardware {
    return isBootHardware(x);
  }

  public readonly name: string;
  public readonly stack: ProvisioningStack;
  public readonly machine: Machine;
  public readonly nic: Nic;
  public readonly mac: string;
  public readonly address: Address;
  /** Path that names the disk at every boot. */
  public readonly device: string;
  public readonly bmc?: Bmc;
  public readonly uefi: boolean;
  public readonly leaseTime: Duration;
  public readonly installed: boolean;
  public readonly reinstall?: string;
  /** Of the iPXE script of its own installer, if it has one. */
  public readonly ipxeUrl?: string;
  public readonly insecureTLS: boolean;

  /**
   * @throws HARDWARE_STACK, HARDWARE_TWICE, NIC_WITHOUT_MAC, HARDWARE_ADDRESS, HARDWARE_ADDRESS_TAKEN, DISK_WITHOUT_PATH, DISK_ELSEWHERE,
   * REINSTALL_OF_NOTHING, LEASE_TIME, PROP_*
   */
  constructor(stack: ProvisioningStack, id: string, props: BootHardwareProps) {
    super(vacant(stack, id), id);
    Object.defineProperty(this, BOOT_HARDWARE, { value: true });
    if (!ProvisioningStack.isProvisioningStack(stack)) {
      throw new ConfigError(this, 'HARDWARE_STACK', 'must be made in the stack that boots it', {
        fix: "write new BootHardware(stack, 'pve-01', …)",
      });
    }
    const check = new Check(this);
    check.known(props, ['nic', 'address', 'disk', 'installed', 'reinstall', 'uefi', 'leaseTime', 'userData', 'ipxeUrl', 'insecureTLS']);
    this.stack = stack;
    this.name = check.label('the name of hardware', id);
    this.nic = check.instance('nic', props.nic, { name: 'Nic', is: isOwnPort }, "machine.nic('eno1')");
    this.machine = this.nic.machine;
    Claims.of(this).claim('boot hardware', this.machine.name, this, holder => {
      return new ConfigError(this, 'HARDWARE_TWICE', `${pathOf(this.machine)} is already booted by ${pathOf(holder)}`, {
        fix: 'keep one of them',
      });
    });
    this.mac = this.macOf();
    this.address = bootAddress(this, check.present('address', props.address, `${stack.vlan.name}.host('${id}')`), stack.vlan);
    this.device = this.deviceOf(check.present('disk', props.disk, "machine.disk('nvme')"));
    this.bmc = this.machine.bmc;
    this.uefi = check.boolean('uefi', props.uefi ?? true);
    this.installed = check.boolean('installed', check.present('installed', props.installed, 'false'));
    this.insecureTLS = check.boolean('insecureTLS', props.insecureTLS ?? false);
    this.leaseTime = this.leaseOf(check.instance('leaseTime', props.leaseTime ?? Duration.days(1), Duration, 'Duration.days(1)'));
    this.reinstall = this.reasonOf(check, props.reinstall);
    if (props.userData !== undefined)
      check.text('userData', props.userData, /^#(cloud-config|!)/, 'cloud-config or a script', '#cloud-config');
    if (props.ipxeUrl !== undefined) {
      const example = `http://${stack.address.ip}:${ARTIFACTS_PORT}/${id}.ipxe`;
      this.ipxeUrl = check.text('ipxeUrl', props.ipxeUrl, /^https?:\/\/\S+$/, 'an address over http or https', example);
    }
    if (stack.dhcpMode !== 'reservation') this.tellGateway(props.address);

    new ApiObject(stack.unit, `hardware-${id}`, hardwareManifest(this, props.userData));
    if (!this.bmc) return;
    new ApiObject(stack.unit, `bmc-${id}`, bmcMachine(this, this.bmc));
    stack._reach(this.bmc.host, this.bmc.protocol === 'redfish' ? Port.tcp(443) : Port.udp(623));
  }

  /** What installs it, if anything but an installer of its own does. */
  public get workflow(): BootWorkflow | undefined {
    return Claims.of(this).holder('boot workflow', this.node.path) as BootWorkflow | undefined;
  }

  /** Whether it may boot from the network, and have its disk written. */
  public get allowNetboot(): boolean {
    return !this.installed || this.reinstall !== undefined;
  }

  private macOf(): string {
    if (this.nic.mac !== undefined) return this.nic.mac;
    throw new ConfigError(this, 'NIC_WITHOUT_MAC', `${pathOf(this.nic)} has no MAC address, by which Tinkerbell knows a machine`, {
      fix: `write macs: { ${this.nic.name}: '02:00:5e:10:00:01' } in ${pathOf(this.machine)}`,
    });
  }

  private deviceOf(disk: Disk): string {
    if (!this.machine.disks.includes(disk)) {
      throw new ConfigError(this, 'DISK_ELSEWHERE', `disk must be one of ${pathOf(this.machine)}`, {
        got: Construct.isConstruct(disk) ? pathOf(disk) : disk,
        fix: `write disk: machine.disk('${this.machine.disks[0]?.node.id}')`,
      });
    }
    if (disk.device !== undefined) return disk.device;
    throw new ConfigError(
      this,
      'DISK_WITHOUT_PATH',
      `nothing says which disk ${pathOf(disk)} is, and an image would be written to the wrong one`,
      {
        fix: `write disks: { ${disk.node.id}: '/dev/disk/by-id/…' } in ${pathOf(this.machine)}`,
        see: 'https://wiki.archlinux.org/title/Persistent_block_device_naming',
      },
    );
  }

  /** Tinkerbell takes a length that it cannot use for a week, and zero for zero. */
  private leaseOf(time: Duration): Duration {
    const seconds = time.toSeconds();
    if (seconds >= 60 && seconds <= 30 * 86_400) return time;
    throw new ConfigError(this, 'LEASE_TIME', 'leaseTime must be from 60s to 720h', {
      got: String(time),
      fix: 'write leaseTime: Duration.days(1)',
    });
  }

  private reasonOf(check: Check, reason: string | undefined): string | undefined {
    if (reason === undefined) return undefined;
    if (!this.installed) {
      throw new ConfigError(this, 'REINSTALL_OF_NOTHING', 'has a reason to be installed again, and nothing is installed on it', {
        got: reason,
        fix: 'leave reinstall out, or write installed: true',
      });
    }
    return check.text('reinstall', reason, /\S.{8,}\S/, 'a reason of 10 characters or more', 'the disk was replaced');
  }

  /** The gateway gives the address by MAC address then. */
  private tellGateway(host: IAddressed): void {
    if ('useMac' in host && typeof host.useMac === 'function') host.useMac(this.mac);
  }
}

/** A BMC has a network port too, and no operating system boots from it. */
function isOwnPort(x: unknown): boolean {
  return Nic.isNic(x) && x.machine.nics.includes(x);
}
