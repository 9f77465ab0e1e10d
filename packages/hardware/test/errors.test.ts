import { Bandwidth, Power, Site, Size } from '@ashlar/core';
import { Machine, MachineModel, type MachineModelProps, PowerFeed, Rack, Switch } from '../src';
import { StubVlan } from './stub-vlan';

const props: MachineModelProps = {
  vendor: 'Dell',
  name: 'OptiPlex 7040',
  cores: 4,
  threads: 8,
  memory: Size.gibibytes(32),
  disks: { nvme: Size.gigabytes(512) },
  nics: { eno1: Bandwidth.gigabits(1), eno2: Bandwidth.gigabits(1) },
  power: Power.watts(240),
  height: 2,
};
const any = (value: unknown) => value as never;

function parts() {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const rack = new Rack(site, 'rack', { units: 12 });
  const feed = new PowerFeed(rack, 'mains', { capacity: Power.watts(2300) });
  const base = { model: MachineModel.of(props), feeds: [feed] };
  const machine = (id: string, more: object = {}) => new Machine(rack, id, { ...base, ...more });
  const lan = new Switch(rack, 'lan', { ports: 8, portSpeed: Bandwidth.gigabits(1), power: Power.watts(12), feeds: [feed] });
  const management = new StubVlan(site, 'management', 10);
  const servers = new StubVlan(site, 'servers', 20);
  return { site, rack, feed, base, machine, lan, management, servers };
}

/** The text of the ConfigError that `act` throws. */
function message(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if ((error as Error).name !== 'ConfigError') throw error;
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

describe('models', () => {
  it('a model has at least as many threads as cores', () => {
    expect(
      message(() => {
        MachineModel.of({ ...props, threads: 2 });
      }),
    ).toBe(
      '[MachineModel Dell OptiPlex 7040] threads must be at least the 4 cores, got 2; leave it out when a core runs one thread (MODEL_THREADS)',
    );
  });

  it('a size is a Size', () => {
    expect(
      message(() => {
        MachineModel.of({ ...props, memory: any(32) });
      }),
    ).toBe('[MachineModel Dell OptiPlex 7040] memory must be a Size, got 32; write memory: Size.gibibytes(32) (PROP_TYPE)');
  });

  it('the size of a disk is a Size', () => {
    expect(
      message(() => {
        MachineModel.of({ ...props, disks: { nvme: any('512GB') } });
      }),
    ).toBe('[MachineModel Dell OptiPlex 7040] disks.nvme must be a Size, got "512GB"; write disks.nvme: Size.gigabytes(512) (PROP_TYPE)');
  });

  it('the speed of a network port is a Bandwidth', () => {
    expect(
      message(() => {
        MachineModel.of({ ...props, nics: { eno1: any(1000) } });
      }),
    ).toBe('[MachineModel Dell OptiPlex 7040] nics.eno1 must be a Bandwidth, got 1000; write nics.eno1: Bandwidth.gigabits(1) (PROP_TYPE)');
  });

  it('a model has cores', () => {
    expect(
      message(() => {
        MachineModel.of(any({ vendor: 'Dell', name: 'OptiPlex 7040' }));
      }),
    ).toBe('[MachineModel Dell OptiPlex 7040] cores is missing; write cores: 1 (PROP_MISSING)');
  });

  it('half a core is none', () => {
    expect(
      message(() => {
        MachineModel.of({ ...props, cores: 0.5 });
      }),
    ).toBe('[MachineModel Dell OptiPlex 7040] cores must be a whole number, got 0.5; write cores: 1 (PROP_TYPE)');
  });

  it('a model is described', () => {
    expect(
      message(() => {
        MachineModel.of(any(undefined));
      }),
    ).toBe('[MachineModel undefined undefined] props must be an object, got undefined; write { vendor: … } (PROP_TYPE)');
  });
});

describe('machines', () => {
  it('a name belongs to one machine, in whichever rack', () => {
    expect(
      message(() => {
        const { site, machine, base } = parts();
        machine('pve-01');
        new Machine(new Rack(site, 'other', { units: 6 }), 'pve-01', base);
      }),
    ).toBe('[lab/other/pve-01] there is already a machine pve-01, lab/rack/pve-01; choose another id (MACHINE_NAME)');
  });

  it('a name belongs to one machine of a rack', () => {
    expect(
      message(() => {
        const { machine } = parts();
        machine('pve-01');
        machine('pve-01');
      }),
    ).toBe('[lab/rack] already holds a Machine pve-01, [lab/rack/pve-01]; choose another id (ID_TAKEN)');
  });

  it('a name is a DNS label', () => {
    expect(
      message(() => {
        parts().machine('PVE 01');
      }),
    ).toBe(
      '[lab/rack/PVE 01] the name of a machine must be a DNS label: up to 63 lower-case letters, digits and dashes, got "PVE 01"; write it like web-1 (PROP_FORMAT)',
    );
  });

  it('a model is needed', () => {
    expect(
      message(() => {
        parts().machine('pve-01', { model: undefined });
      }),
    ).toBe('[lab/rack/pve-01] model is missing; write model: MachineModel.of({ … }) (PROP_MISSING)');
  });

  it('a model is a MachineModel', () => {
    expect(
      message(() => {
        parts().machine('pve-01', { model: 'OptiPlex 7040' });
      }),
    ).toBe('[lab/rack/pve-01] model must be a MachineModel, got "OptiPlex 7040"; write model: MachineModel.of({ … }) (PROP_TYPE)');
  });

  it('a machine hangs on a feed', () => {
    expect(
      message(() => {
        parts().machine('pve-01', { feeds: [] });
      }),
    ).toBe('[lab/rack/pve-01] feeds is empty; write feeds: [mains] (PROP_EMPTY)');
  });

  it('a feed is a PowerFeed', () => {
    expect(
      message(() => {
        parts().machine('pve-01', { feeds: ['mains'] });
      }),
    ).toBe('[lab/rack/pve-01] feeds must be a PowerFeed, got "mains"; write feeds: [mains] (PROP_TYPE)');
  });

  it('a misspelt property is not dropped', () => {
    expect(
      message(() => {
        parts().machine('pve-01', { mac: '02:00:5e:10:00:01' });
      }),
    ).toBe('[lab/rack/pve-01] there is no property mac; use one of model, feeds, macs, disks, position, firmware (PROP_UNKNOWN)');
  });

  it('a MAC address belongs to one network port', () => {
    expect(
      message(() => {
        const { machine } = parts();
        machine('pve-01', { macs: { eno1: '02:00:5e:10:00:01' } });
        machine('pve-02', { macs: { eno2: '02-00-5E-10-00-01' } });
      }),
    ).toBe(
      '[lab/rack/pve-02/eno2] MAC address 02:00:5e:10:00:01 is already that of lab/rack/pve-01/eno1; read it from ip link on the machine (MAC_TAKEN)',
    );
  });

  it('a malformed MAC address', () => {
    expect(
      message(() => {
        parts().machine('pve-01', { macs: { eno1: '02:00:5e:10:00:zz' } });
      }),
    ).toBe(
      '[lab/rack/pve-01/eno1] a MAC address is six octets in hexadecimal, got "02:00:5e:10:00:zz"; write it like 02:00:5e:10:00:01 (MAC_FORMAT)',
    );
  });

  it('a MAC address of a port that the model lacks', () => {
    expect(
      message(() => {
        parts().machine('pve-01', { macs: { eth0: '02:00:5e:10:00:01' } });
      }),
    ).toBe('[lab/rack/pve-01.macs] there is no property eth0; use one of eno1, eno2 (PROP_UNKNOWN)');
  });

  it('an unstable disk name', () => {
    expect(
      message(() => {
        parts().machine('pve-01', { disks: { nvme: '/dev/sda' } });
      }),
    ).toBe(
      '[lab/rack/pve-01/nvme] a disk is named by a path that stays the same at every boot, got "/dev/sda"; use the link below /dev/disk/by-id that ls -l shows for it, see https://wiki.archlinux.org/title/Persistent_block_device_naming (DISK_UNSTABLE)',
    );
  });

  it('a disk that the model lacks', () => {
    expect(
      message(() => {
        parts().machine('pve-01', { disks: { sata: '/dev/disk/by-id/ata-1' } });
      }),
    ).toBe('[lab/rack/pve-01.disks] there is no property sata; use one of nvme (PROP_UNKNOWN)');
  });

  it('a disk belongs to one machine', () => {
    expect(
      message(() => {
        const { machine } = parts();
        const disks = { nvme: '/dev/disk/by-id/nvme-SAMSUNG_1' };
        machine('pve-01', { disks });
        machine('pve-02', { disks });
      }),
    ).toBe(
      '[lab/rack/pve-02/nvme] /dev/disk/by-id/nvme-SAMSUNG_1 is already lab/rack/pve-01/nvme; read the id from the machine itself (DISK_TAKEN)',
    );
  });

  it('a network port that the model lacks', () => {
    expect(
      message(() => {
        parts().machine('pve-01').nic('eth0');
      }),
    ).toBe('[lab/rack/pve-01] a Dell OptiPlex 7040 has no such network port, got "eth0"; use one of eno1, eno2 (NIC_UNKNOWN)');
  });

  it('a disk slot that the model lacks', () => {
    expect(
      message(() => {
        parts().machine('pve-01').disk('sata');
      }),
    ).toBe('[lab/rack/pve-01] a Dell OptiPlex 7040 has no such disk, got "sata"; use one of nvme (DISK_UNKNOWN)');
  });

  it('a tag is no segment', () => {
    expect(
      message(() => {
        const { machine, site } = parts();
        machine('pve-01').carry(any(20), site);
      }),
    ).toBe('[lab/rack/pve-01] what lab needs must be a Vlan, got 20; pass the Vlan itself, not its tag (PROP_TYPE)');
  });
});

describe('racks and feeds', () => {
  it('a rack has units', () => {
    expect(
      message(() => {
        new Rack(parts().site, 'r', { units: 0 });
      }),
    ).toBe('[lab/r] units must be from 1 to 60, got 0; choose a value inside the range (PROP_RANGE)');
  });

  it('two machines in overlapping units', () => {
    expect(
      message(() => {
        const { machine } = parts();
        machine('pve-01', { position: 3 });
        machine('pve-02', { position: 4 });
      }),
    ).toBe('[lab/rack/pve-02] unit 4 of lab/rack is already that of lab/rack/pve-01; choose another position (RACK_UNITS_TAKEN)');
  });

  it('a position above the top', () => {
    expect(
      message(() => {
        parts().machine('pve-01', { position: 12 });
      }),
    ).toBe(
      '[lab/rack/pve-01] a device of 2 units does not fit at this position of lab/rack, which has units 1 to 12, got 12; choose a position from 1 to 11 (RACK_POSITION)',
    );
  });

  it('a machine that is higher than the rack', () => {
    expect(
      message(() => {
        const { site, base } = parts();
        new Machine(new Rack(site, 'low', { units: 1 }), 'pve-01', { ...base, position: 1 });
      }),
    ).toBe(
      '[lab/low/pve-01] a device of 2 units does not fit at this position of lab/low, which has units 1 to 1, got 1; choose a higher rack (RACK_POSITION)',
    );
  });

  it('a position outside any rack', () => {
    expect(
      message(() => {
        const { site, base } = parts();
        new Machine(site, 'pve-01', { ...base, position: 1 });
      }),
    ).toBe('[lab/pve-01] is at unit 1 of no rack; create it inside a Rack, or leave the position out (RACK_MISSING)');
  });

  it('the capacity of a feed is a Power', () => {
    expect(
      message(() => {
        new PowerFeed(parts().site, 'ups', { capacity: any(2300) });
      }),
    ).toBe('[lab/ups] capacity must be a Power, got 2300; write capacity: Power.watts(2300) (PROP_TYPE)');
  });
});

describe('switches', () => {
  it('a port beyond the last', () => {
    expect(
      message(() => {
        parts().lan.port(9);
      }),
    ).toBe('[lab/rack/lan] a port is a whole number from 1 to 8, got 9; use a number that is printed on the front (PORT_NUMBER)');
  });

  it('a port before the first', () => {
    expect(
      message(() => {
        parts().lan.port(0);
      }),
    ).toBe('[lab/rack/lan] a port is a whole number from 1 to 8, got 0; use a number that is printed on the front (PORT_NUMBER)');
  });

  it('a port that is connected already', () => {
    expect(
      message(() => {
        const { lan, machine, management } = parts();
        lan.port(1).connect(machine('pve-01').nic('eno1'), { native: management });
        lan.port(1).connect(machine('pve-02').nic('eno1'), { native: management });
      }),
    ).toBe(
      '[lab/rack/lan/port-1] cannot be connected to lab/rack/pve-02 eno1, it is already connected to pve-01 eno1; choose another port (PORT_CONNECTED)',
    );
  });

  it('a port that leads elsewhere already', () => {
    expect(
      message(() => {
        const { lan, management } = parts();
        lan.port(8).access(management, 'Internet provider');
        lan.port(8).trunk({ tagged: [management] }, 'access point');
      }),
    ).toBe(
      '[lab/rack/lan/port-8] cannot be connected to access point, it is already connected to Internet provider; choose another port (PORT_CONNECTED)',
    );
  });

  it('a network port that is connected already', () => {
    expect(
      message(() => {
        const { lan, machine, management } = parts();
        const nic = machine('pve-01').nic('eno1');
        lan.port(1).connect(nic, { native: management });
        lan.port(2).connect(nic, { native: management });
      }),
    ).toBe(
      '[lab/rack/lan/port-2] lab/rack/pve-01/eno1 is already connected to lab/rack/lan/port-1; choose another network port of the machine (NIC_CONNECTED)',
    );
  });

  it('a port that carries nothing', () => {
    expect(
      message(() => {
        const { lan, machine } = parts();
        lan.port(1).connect(machine('pve-01').nic('eno1'), {});
      }),
    ).toBe('[lab/rack/lan/port-1] carries no segment; write native: management, or tagged: [servers] (PORT_VLAN)');
  });

  it('a port that carries a segment twice', () => {
    expect(
      message(() => {
        const { lan, machine, management } = parts();
        lan.port(1).connect(machine('pve-01').nic('eno1'), { native: management, tagged: [management] });
      }),
    ).toBe('[lab/rack/lan/port-1] carries lab/management twice; name it once, as native or as tagged (PORT_VLAN)');
  });

  it('a tag where a segment is due', () => {
    expect(
      message(() => {
        parts().lan.port(1).access(any(10));
      }),
    ).toBe('[lab/rack/lan/port-1] a segment of a port must be a Vlan, got 10; pass the Vlan itself, not its tag (PORT_VLAN)');
  });

  it('a list where a segment is due', () => {
    expect(
      message(() => {
        const { lan, servers } = parts();
        lan.port(1).trunk({ tagged: any(servers) });
      }),
    ).toBe('[lab/rack/lan/port-1] tagged must be a list, got a StubVlan; write tagged: [servers] (PROP_TYPE)');
  });

  it('a machine where its network port is due', () => {
    expect(
      message(() => {
        const { lan, machine, management } = parts();
        lan.port(1).connect(any(machine('pve-01')), { native: management });
      }),
    ).toBe(
      `[lab/rack/lan/port-1] what is connected must be a Nic or a SwitchPort, got a Machine; write connect(machine.nic('eno1'), { native: management }) (PROP_TYPE)`,
    );
  });

  it('a port connected to itself', () => {
    expect(
      message(() => {
        const { lan, management } = parts();
        lan.port(1).connect(lan.port(1), { native: management });
      }),
    ).toBe('[lab/rack/lan/port-1] is connected to itself; connect it to another port (PORT_LOOP)');
  });

  it('a switch with the name of another', () => {
    expect(
      message(() => {
        const { site, feed } = parts();
        new Switch(site, 'lan', { ports: 8, portSpeed: Bandwidth.gigabits(1), power: Power.watts(12), feeds: [feed] });
      }),
    ).toBe('[lab/lan] there is already a switch lan, lab/rack/lan; choose another id (SWITCH_NAME)');
  });
});
