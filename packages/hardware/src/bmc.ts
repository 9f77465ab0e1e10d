import { Bandwidth, Check, Claims, ConfigError, type IAddressed, type IVlan, pathOf, Secret, Site } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { isMachine } from './is-machine';
import type { Link } from './link';
import type { Machine } from './machine';
import { Nic } from './nic';
import { BMC_AMONG_GUESTS } from './rules/bmc-among-guests';
import { BMC_NOT_LINKED } from './rules/bmc-not-linked';
import { BMC_SHARED_PORT } from './rules/bmc-shared-port';
import { BMC_VLAN } from './rules/bmc-vlan';

/** The account with which programs sign in to a BMC. */
export interface BmcCredentials {
  readonly username: Secret;
  readonly password: Secret;
}

export interface BmcProps {
  /** Name and address under which it answers. */
  readonly host: IAddressed;
  readonly credentials: BmcCredentials;
  /** How programs talk to it. @default `redfish` */
  readonly protocol?: 'redfish' | 'ipmi';
  /** Six octets, e.g. `02:00:5e:10:01:01`. @default - not known yet */
  readonly mac?: string;
  /** Network port of the machine whose cable it uses too (shared LOM, NC-SI). @default - it has a jack of its own */
  readonly sharedWith?: Nic;
}

/**
 * The small computer in a machine that switches it on and off, shows its console and boots it from elsewhere, while the
 * machine itself is off. It has a network port of its own, which is cabled like any other:
 * `oob.port(1).connect(bmc, { native: outOfBand })`.
 *
 * @see https://www.dmtf.org/standards/redfish
 */
export class Bmc extends Nic {
  public static isBmc(x: unknown): x is Bmc {
    return typeof x === 'object' && x !== null && BMC in x;
  }

  public readonly host: IAddressed;
  /** Segment that it answers in. */
  public readonly vlan: IVlan;
  /** Address that it answers at; that of IPv4 when it has both. */
  public readonly ip: string;
  public readonly credentials: BmcCredentials;
  public readonly protocol: 'redfish' | 'ipmi';
  public readonly sharedWith?: Nic;

  /** @throws BMC_SECOND, BMC_HOST, BMC_HOST_TAKEN, BMC_SHARED, MAC_FORMAT, MAC_TAKEN */
  constructor(machine: Machine, id: string, props: BmcProps) {
    super(free(machine, id, props), id, { speed: Bandwidth.gigabits(1), mac: props.mac });
    Object.defineProperty(this, BMC, { value: true });
    const check = new Check(this);
    this.host = check.instance('host', props.host, { name: 'Host', is: hasAddresses }, `outOfBand.host('${machine.name}-bmc')`);
    const [first] = this.host.addresses;
    if (first === undefined || this.host.addresses.some(address => address.vlan !== first.vlan)) {
      throw new ConfigError(this, 'BMC_HOST', `${pathOf(this.host)} must have an address in one segment`, {
        got: this.host.addresses.map(address => `${address.ip} in ${address.vlan.name}`),
        fix: `write host: outOfBand.host('${machine.name}-bmc')`,
      });
    }
    this.vlan = first.vlan;
    this.ip = first.ip;
    Claims.of(this).claim('bmc address', this.ip, this, holder => {
      return new ConfigError(this, 'BMC_HOST_TAKEN', `${this.ip} is already that of ${pathOf(holder)}`, {
        fix: 'give it a host of its own',
      });
    });
    this.credentials = credentials(this, props.credentials);
    this.protocol = check.choice('protocol', props.protocol ?? 'redfish', ['redfish', 'ipmi']);
    if (props.sharedWith !== undefined) this.sharedWith = ownPort(this, props.sharedWith);
    Site.find(this)?.addRules(BMC_VLAN, BMC_NOT_LINKED, BMC_SHARED_PORT, BMC_AMONG_GUESTS);
  }

  /** The cable that it uses, if any. */
  public override get link(): Link | undefined {
    return this.sharedWith ? this.sharedWith.link : super.link;
  }

  /** @throws BMC_SHARED */
  public override plug(link: Link): void {
    if (this.sharedWith) {
      throw new ConfigError(link.port, 'BMC_SHARED', `${pathOf(this)} has no jack: it uses the cable of ${pathOf(this.sharedWith)}`, {
        fix: `connect machine.nic('${this.sharedWith.name}'), or leave sharedWith out`,
      });
    }
    super.plug(link);
  }
}

const BMC = Symbol.for('@ashlar/hardware.Bmc');

/** The machine, when it is one that has no BMC yet. */
function free(machine: Machine, id: string, props: BmcProps): Machine {
  const check = new Check(machine === undefined || machine === null ? id : machine);
  check.instance('scope', machine, { name: 'Machine', is: isMachine }, 'machine');
  new Check(`${pathOf(machine)}/${id}`).known(props, ['host', 'credentials', 'protocol', 'mac', 'sharedWith']);
  if (machine.bmc) {
    throw new ConfigError(machine, 'BMC_SECOND', `already has a BMC, ${pathOf(machine.bmc)}`, { fix: 'describe the one that it has' });
  }
  return machine;
}

function hasAddresses(x: unknown): boolean {
  return typeof x === 'object' && x !== null && 'addresses' in x && Array.isArray(x.addresses);
}

function credentials(bmc: IConstruct, given: BmcCredentials): BmcCredentials {
  const example = "{ username: Secret.fromOpenBao('bmc/pve-01', 'username'), password: … }";
  new Check(bmc).present('credentials', given, example);
  const check = new Check(`${pathOf(bmc)}.credentials`);
  check.known(given, ['username', 'password']);
  const secret = (key: 'username' | 'password') => check.instance(key, given[key], Secret, `Secret.fromOpenBao('bmc/pve-01', '${key}')`);
  return { username: secret('username'), password: secret('password') };
}

function ownPort(bmc: Bmc, nic: Nic): Nic {
  const { machine } = bmc;
  new Check(bmc).instance('sharedWith', nic, { name: 'Nic', is: Nic.isNic }, `machine.nic('${machine.nics[0]?.name}')`);
  if (machine.nics.includes(nic)) return nic;
  throw new ConfigError(bmc, 'BMC_SHARED', `sharedWith must be a network port of ${pathOf(machine)}, and ${pathOf(nic)} is none`, {
    fix: `write sharedWith: machine.nic('${machine.nics[0]?.name}')`,
  });
}
