import { tool } from '../tool';
import { Machine } from './machine';
import type { Device } from './sites';

/** Where the Internet of the test routes nothing by itself: the /27 leads to the provider of transit. */
const CABLES: readonly (readonly [port: string, addresses: readonly string[], machine: string, toPort: string, toAddresses: string[]])[] = [
  ['isp', ['192.0.2.1/26'], 'home', 'eth0', ['192.0.2.2/26', '192.0.2.3/26']],
  ['office', ['192.0.2.65/26'], 'office', 'eth0', ['192.0.2.66/26']],
  ['hotel', ['192.0.2.129/26'], 'laptop', 'eth0', ['192.0.2.130/26']],
  ['carrier', ['198.51.100.254/24'], 'transit', 'eth0', ['198.51.100.1/24']],
  ['world', ['203.0.113.129/26'], 'world', 'eth0', ['203.0.113.130/26']],
];

const LAN: readonly (readonly [port: string, addresses: readonly string[], machine: string, toAddresses: string[], routes: string])[] = [
  ['lan', ['10.10.0.1/24', '10.10.0.5/24', '2001:db8:0:10::5/64'], 'desk', ['10.10.0.9/24', '2001:db8:0:10::9/64'], '10.10.0.5'],
  ['dmz', ['203.0.113.33/27'], 'web', ['203.0.113.34/27'], '203.0.113.33'],
];

/** Port on which desk, web and world answer. */
export const PORT = 7000;

/** A home with two segments, an office, a laptop, a provider of transit, and somebody on the Internet, each a machine. */
export class Tunnels {
  public static async boot(): Promise<Tunnels> {
    const names = ['internet', 'home', 'office', 'laptop', 'transit', 'world', 'desk', 'web'];
    const machines = await Promise.all(names.map(name => Machine.boot(name)));
    const tunnels = new Tunnels(new Map(machines.map(machine => [machine.name, machine])));
    try {
      tunnels.connect();
    } catch (error) {
      tunnels.stop();
      throw error;
    }
    return tunnels;
  }

  private constructor(private readonly machines: ReadonlyMap<string, Machine>) {}

  public machine(name: string): Machine {
    const machine = this.machines.get(name);
    if (!machine) throw new Error(`there is no machine ${name}`);
    return machine;
  }

  /** Puts files and keys where the configuration expects them, and starts the interface. */
  public up({ machine: name, tunnel, files }: Device): void {
    const machine = this.machine(name);
    for (const [file, text] of Object.entries(files)) machine.write(`/etc/wireguard/${file}`, `${text}\n`);
    machine.do(`wg-quick up ${tunnel}`, { WG_QUICK_USERSPACE_IMPLEMENTATION: tool('wireguard-go') });
  }

  public stop(): void {
    for (const machine of this.machines.values()) machine.stop();
  }

  private connect(): void {
    const internet = this.machine('internet');
    for (const [port, addresses, name, toPort, toAddresses] of CABLES) {
      const machine = this.machine(name);
      internet.cable(port, addresses, machine, toPort, toAddresses);
      machine.do(`ip route add default via ${addresses[0]?.split('/')[0]}`);
    }
    const home = this.machine('home');
    for (const [port, addresses, name, toAddresses, gateway] of LAN) {
      const machine = this.machine(name);
      home.cable(port, addresses, machine, 'eth0', toAddresses);
      machine.do(`ip route add default via ${gateway}`);
      for (const v6 of addresses.filter(address => address.includes(':'))) machine.do(`ip route add default via ${v6.split('/')[0]}`);
    }
    const forward = 'sysctl -q -w net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1';
    // The home's provider takes nothing from addresses that it has not given, and counts it.
    internet.do(`${forward}\niptables -A FORWARD -i isp ! -s 192.0.2.0/26 -j DROP\nip route add 203.0.113.32/27 via 198.51.100.1`);
    this.machine('transit').do(forward);
    // As strict as Linux can be told to be; the rest is the business of the tunnel that routes a segment.
    home.do('sysctl -q -w net.ipv4.conf.all.rp_filter=1 net.ipv4.conf.default.rp_filter=1 net.ipv6.conf.all.forwarding=1');
    // The second address of each family is nobody's, as far as the model knows.
    for (const ip of ['192.168.50.10/32', '192.168.60.10/32', '2001:db8:0:50::10/128', '2001:db8:0:60::10/128'])
      this.machine('office').do(`ip address add ${ip} dev lo`);
    for (const name of ['desk', 'web', 'world']) this.machine(name).listen(PORT);
  }
}
