import { Port, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { type GuestProps, type IHypervisor, Software } from '../../src';
import { lab as proxmox } from '../lab';
import { lab as harvester, IMAGE } from './lab';

/** A guest, and what it does at its first boot, without a word about what runs it. */
function orders(hypervisor: IHypervisor, props: Pick<GuestProps, 'host'>) {
  const guest = hypervisor.guest('orders', {
    ...props,
    image: IMAGE,
    cores: 2,
    memory: Size.gibibytes(4),
    disk: Size.gibibytes(32),
    dataDisks: { data: Size.gibibytes(50) },
    notBackedUpBecause: 'a test, which nobody misses',
    software: [Software.git()],
  });
  guest.firstBoot.install('postgresql');
  return guest;
}

test('the same declaration of a guest runs on Harvester and on Proxmox VE', () => {
  const onHarvester = harvester();
  const onProxmox = proxmox({}, 1);
  const guests = [
    orders(onHarvester.hci, { host: onHarvester.servers.host('orders', 20) }),
    orders(onProxmox.pve, { host: onProxmox.servers.host('orders', 20) }),
  ];
  for (const guest of guests) {
    guest.connections.allowFrom(guest, Port.tcp(5432));
    expect(guest).toMatchObject({ hostName: 'orders', fqdn: 'orders.lab.example.net' });
    expect(guest.addresses.map(address => address.ip)).toEqual(['10.20.0.20', 'fd20:0:0:20::14']);
    expect(guest.dataDisks.map(({ name, size }) => [name, String(size)])).toEqual([['data', '50 GiB']]);
    expect(guest.consumption).toMatchObject({ threads: 2 });
    expect(guest.backup).toEqual({ waived: 'a test, which nobody misses' });
    expect(guest.firstBoot.packages).toEqual(['git', 'postgresql']);
  }
  expect(Testing.files(onHarvester.site)['kubernetes/hci/guests/VirtualMachine-orders.yaml']).toContain('hostname: orders');
  expect(Testing.files(onProxmox.site)['terraform/hypervisors/cdk.tf.json']).toContain('"name": "orders"');
});

test('what both refuse, both refuse in one way', () => {
  const props = (site: ReturnType<typeof harvester> | ReturnType<typeof proxmox>) => ({
    host: site.servers.host('orders', 20),
    image: IMAGE,
    cores: 2,
    memory: Size.gibibytes(4),
    disk: Size.gibibytes(32),
    ram: 4,
  });
  const [onHarvester, onProxmox] = [harvester(), proxmox({}, 1)];
  const known = 'host, otherNics, image, cores, memory, disk, dataDisks, stateful, notBackedUpBecause, placement, software';
  expect(() => onHarvester.hci.guest('orders', props(onHarvester))).toThrow(
    new Error(`[lab/hci/orders] there is no property ram; use one of ${known} (PROP_UNKNOWN)`),
  );
  expect(() => onProxmox.pve.guest('orders', props(onProxmox))).toThrow(
    new Error(`[lab/hypervisors/pve/orders] there is no property ram; use one of ${known} (PROP_UNKNOWN)`),
  );
});
