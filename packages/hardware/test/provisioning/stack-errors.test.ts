import { ProvisioningStack } from '../../src';
import { bootLab } from './boot-lab';
import { type Act, any, message } from './error-lab';

describe('a stack', () => {
  test.each<[statement: string, act: Act, text: string]>([
    [
      'is made in a cluster',
      lab => {
        new ProvisioningStack(any(lab.site), 'x', lab.onServer);
      },
      "[lab/x] must be made in the cluster that it runs in; write new ProvisioningStack(cluster, 'tinkerbell', …) (STACK_CLUSTER)",
    ],
    [
      'is the only one of its cluster',
      lab => {
        new ProvisioningStack(lab.cluster, 'other', { ...lab.onServer, address: lab.servers.host('b', 3), vlan: lab.servers });
      },
      '[lab/boot/other] lab/boot already runs lab/boot/tinkerbell, and both would use the ports of its node; let one stack boot all machines, or run the second in a cluster of its own (STACK_SECOND)',
    ],
    [
      'is the only one in its segment',
      lab => {
        new ProvisioningStack(lab.otherCluster(), 'other', lab.onServer);
      },
      '[lab/two/other] lab/boot/tinkerbell already answers machines that boot in lab/provisioning; give each stack a segment of its own (STACK_SEGMENT_TAKEN)',
    ],
    [
      'has an address where machines boot',
      lab => {
        new ProvisioningStack(lab.otherCluster(), 'other', { ...lab.onServer, vlan: lab.servers });
      },
      `[lab/two/other] lab/provisioning/boot-01 has no IPv4 address in lab/servers, where requests to boot are broadcast, got ["10.30.0.2 in provisioning", "fd20:0:0:30::2 in provisioning"]; write address: servers.host('boot') (STACK_ADDRESS)`,
    ],
    [
      'knows the modes of DHCP',
      () => {
        bootLab({ dhcpMode: any('relay') });
      },
      `[lab/boot/tinkerbell] dhcpMode must be one of reservation, proxy, auto-proxy, got "relay"; write dhcpMode: 'reservation' (PROP_CHOICE)`,
    ],
    [
      'tells machines of servers by their addresses',
      () => {
        bootLab({ nameServers: [any('192.0.2.53')] });
      },
      `[lab/boot/tinkerbell] nameServers are told to machines as IPv4 addresses, and one has none, got "192.0.2.53"; write nameServers: [servers.host('…')] (STACK_SERVER)`,
    ],
    [
      'stands on something',
      () => {
        bootLab({ runsOn: any('boot-01') });
      },
      '[lab/boot/tinkerbell] runsOn must be a Machine, got "boot-01"; write runsOn: bootServer (PROP_TYPE)',
    ],
    [
      'boots in a Vlan, not in a tag',
      () => {
        bootLab({ vlan: any(30) });
      },
      '[lab/boot/tinkerbell] vlan must be a Vlan, got 30; write vlan: provisioning (PROP_TYPE)',
    ],
    [
      'has no options of the chart',
      () => {
        bootLab(any({ dhcpEnabled: false }));
      },
      '[lab/boot/tinkerbell] there is no property dhcpEnabled; use one of runsOn, address, vlan, dhcpMode, nameServers, timeServers (PROP_UNKNOWN)',
    ],
  ])('%s', (_, act, text) => {
    expect(message(act)).toBe(text);
  });
});
