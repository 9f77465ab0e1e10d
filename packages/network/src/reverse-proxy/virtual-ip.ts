import { Check, Claims, ConfigError, pathOf, warn } from '@ashlar/core';
import type { Construct } from 'constructs';
import { Host } from '../segments/host';

export interface VirtualIpProps {
  /** Name and address, best out of a pool of the segment with the use `vip`. */
  readonly host: Host;
  /** Network interface of the hosts on the segment, e.g. `eth0`. */
  readonly interface: string;
  /** VRRP's number of the group on its segment, 1–255. @default - the host number of `host`, when it is up to 255 */
  readonly virtualRouterId?: number;
}

/** An address that one of several hosts has at a time, passed between them by VRRP. @see https://www.rfc-editor.org/rfc/rfc9568 */
export class VirtualIp {
  public readonly host: Host;
  public readonly interface: string;
  public readonly virtualRouterId: number;

  /** @throws PROXY_VIP_SEGMENT, PROXY_VIP_HOST, PROXY_VIP_ROUTER_ID */
  constructor(owner: Construct, hosts: readonly Host[], props: VirtualIpProps) {
    const check = new Check(owner);
    check.known(props, ['host', 'interface', 'virtualRouterId']);
    this.host = check.instance('vip.host', props.host, { name: 'Host', is: Host.isHost }, "vips.host('lb', 50)");
    this.interface = check.text('vip.interface', props.interface, /^[a-z][\w.-]{0,14}$/, 'the name of a network interface', 'eth0');
    const { vlan } = this.host;
    const stranger = hosts.find(host => host.vlan !== vlan);
    if (stranger) {
      throw new ConfigError(
        owner,
        'PROXY_VIP_SEGMENT',
        `the virtual address ${this.host.ip} is on ${pathOf(vlan)}, and ${pathOf(stranger)} is on ${pathOf(stranger.vlan)}`,
        { fix: 'take an address of the segment of the hosts' },
      );
    }
    if (hosts.includes(this.host)) {
      throw new ConfigError(owner, 'PROXY_VIP_HOST', `the virtual address ${this.host.ip} is that of ${pathOf(this.host)} already`, {
        fix: 'reserve one that none of the hosts has',
      });
    }
    this.virtualRouterId = check.integer('vip.virtualRouterId', props.virtualRouterId ?? this.host.number, 1, 255);
    Claims.of(owner).claim(`virtual router of ${vlan.node.path}`, this.virtualRouterId, owner, holder => {
      const got = `virtualRouterId ${this.virtualRouterId} is already that of ${pathOf(holder)} on ${pathOf(vlan)}`;
      return new ConfigError(owner, 'PROXY_VIP_ROUTER_ID', got, { fix: 'choose another' });
    });
    if (hosts.length < 2) {
      const alone = `the virtual address ${this.host.ip} has one host, and goes down with it`;
      warn(owner, 'PROXY_VIP_ALONE', alone, 'name a second host, or leave the virtual address out');
    }
  }
}
