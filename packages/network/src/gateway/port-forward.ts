import { Check, Claims, ConfigError, type IConnectable, isConnectable, Port, pathOf, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import { Host } from '../segments/host';
import { Internet } from '../segments/internet';
import { DynamicUplink } from './dynamic-uplink';
import { type IGateway, isGateway } from './gateway';

export interface PortForwardProps {
  /** Who answers. */
  readonly to: IConnectable;
  /** Port or ports at the public address. */
  readonly port: Port;
  /** Public address of the segment of the gateway's uplink. @default - the gateway's own */
  readonly address?: Host;
  /** Port at which `to` answers; of a range, the first one is mapped to the first. @default - the same */
  readonly targetPort?: Port;
}

/**
 * A port of a public IPv4 address that leads to a host inside, also for who asks from inside (hairpin NAT). It is a flow from the
 * Internet too; a flow alone leads from the same port of the gateway's own address.
 */
export class PortForward extends Construct {
  public static isPortForward(x: unknown): x is PortForward {
    return typeof x === 'object' && x !== null && FORWARD in x;
  }

  public readonly gateway: IGateway;
  public readonly to: IConnectable;
  public readonly port: Port;
  public readonly address?: Host;
  public readonly targetPort: Port;

  /** @throws PORT_FORWARD_PORT, PORT_FORWARD_ADDRESS, PORT_FORWARD_TWICE */
  constructor(gateway: IGateway & Construct, id: string, props: PortForwardProps) {
    super(vacant(gateway, id), id);
    Object.defineProperty(this, FORWARD, { value: true });
    const check = new Check(this);
    check.known(props, ['to', 'port', 'address', 'targetPort']);
    this.gateway = check.instance('scope', gateway, { name: 'gateway', is: isGateway }, 'gateway');
    this.to = check.instance('to', props.to, { name: 'construct with connections', is: isConnectable }, 'web');
    this.port = check.instance('port', props.port, Port, 'Port.tcp(443)');
    this.targetPort = check.instance('targetPort', props.targetPort ?? props.port, Port, 'Port.tcp(8443)');
    if (props.address !== undefined) this.address = this.onUplink(check, props.address);
    this.refuseUnmappable();
    this.refuseLongShift();
    for (let port = this.port.from; port <= this.port.to; port++) {
      Claims.of(this).claim(`port of ${this.address?.ip ?? gateway.node.path}`, `${port}/${this.port.protocol}`, this, holder => {
        return new ConfigError(this, 'PORT_FORWARD_TWICE', `${port}/${this.port.protocol} already leads elsewhere by ${pathOf(holder)}`, {
          fix: 'choose another port, or another address',
        });
      });
    }
    this.to.connections.allowFrom(Internet.of(this), this.targetPort);
  }

  private refuseUnmappable(): void {
    const { port, targetPort } = this;
    if (port.protocol === 'icmp') {
      throw new ConfigError(this, 'PORT_FORWARD_PORT', 'icmp has no port to forward', { fix: 'write Port.tcp(443)' });
    }
    if (port.protocol !== targetPort.protocol || port.to - port.from !== targetPort.to - targetPort.from) {
      throw new ConfigError(this, 'PORT_FORWARD_PORT', `${port} cannot lead to ${targetPort}`, {
        fix: 'use one protocol, and as many ports on either side',
      });
    }
  }

  private refuseLongShift(): void {
    const count = this.port.to - this.port.from + 1;
    if (String(this.port) === String(this.targetPort) || count <= 100) return;
    throw new ConfigError(this, 'PORT_FORWARD_PORT', `${count} ports are moved to others, one by one`, {
      got: `${this.port} to ${this.targetPort}`,
      fix: 'use the same ports on either side, or 100 at most',
    });
  }

  private onUplink(check: Check, address: Host): Host {
    const { wan } = this.gateway;
    check.instance('address', address, { name: 'Host', is: Host.isHost }, "wan.host('mail', 4)");
    if (DynamicUplink.is(wan)) {
      throw new ConfigError(this, 'PORT_FORWARD_ADDRESS', `${pathOf(this.gateway)} has an address that its provider gives, and no other`, {
        got: address.ip,
        fix: 'leave address out',
      });
    }
    if (address.vlan !== wan.vlan) {
      throw new ConfigError(this, 'PORT_FORWARD_ADDRESS', `${address.ip} is not on the uplink ${pathOf(wan.vlan)}`, {
        fix: `reserve it there: ${wan.vlan.name}.host('${address.name}')`,
      });
    }
    return address;
  }
}

const FORWARD = Symbol.for('@ashlar/network.PortForward');
