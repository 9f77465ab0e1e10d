import { Port, Secret, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Vlan } from '@ashlar/network';
import { NodePool } from '../../src';
import { HetznerLoadBalancer } from '../../src/hetzner';
import { type CloudName, lab } from './lab';

const gib = Size.gibibytes;

describe('a size', () => {
  test('that the vendor does not have', () => {
    expect(() => lab().pool({ size: 'ccx54' })).toThrow(
      '[lab/hetzner/cloud/web] Hetzner Cloud has no server type of that name, got "ccx54"; use one of ccx13, ccx23, ccx33, ccx43, ccx53, ccx63, cx23, cx33, cx43, cx53, cax11, cax21, cax31, cax41, see https://docs.hetzner.com/cloud/servers/overview/ (NODE_POOL_SIZE)',
    );
  });

  test('that the vendor does not have there', () => {
    expect(() => lab('hetzner', { location: 'ash' }).pool({ size: 'cax41' })).toThrow(
      '[lab/hetzner/cloud/web] Hetzner Cloud has no cax41 in ash; choose fsn1 or nbg1 or hel1, or one of ccx13, ccx23, ccx33, ccx43, ccx53, ccx63, see https://docs.hetzner.com/cloud/servers/overview/ (NODE_POOL_SIZE)',
    );
  });

  test('that nobody rents', () => {
    expect(() => lab().pool({ size: { threads: 64, memory: gib(512) } })).toThrow(
      '[lab/hetzner/cloud/web] no x86 server type of Hetzner Cloud in fsn1 has 64 threads and 512 GiB of memory; ask for less, or use one of ccx13, ccx23, ccx33, ccx43, ccx53, ccx63, cx23, cx33, cx43, cx53, cax11, cax21, cax31, cax41 in a larger number, see https://docs.hetzner.com/cloud/servers/overview/ (NODE_POOL_SIZE)',
    );
  });

  test('is the smallest that fits, of the right architecture', () => {
    const type = (name: CloudName, architecture?: 'arm') =>
      lab(name).pool({ size: { threads: 8, memory: gib(16), ...(architecture && { architecture }) } }).type.name;
    expect(['hetzner', 'aws', 'google', 'azure'].map(name => type(name as CloudName))).toEqual([
      'cx43',
      'm7i.2xlarge',
      'n2-standard-8',
      'Standard_D8s_v5',
    ]);
    expect(['hetzner', 'aws', 'azure'].map(name => type(name as CloudName, 'arm'))).toEqual(['cax31', 'm7g.2xlarge', 'Standard_D8ps_v5']);
  });
});

describe('a disk', () => {
  test('larger than that of the size', () => {
    expect(() => lab().pool({ disk: gib(200) })).toThrow(
      '[lab/hetzner/cloud/web] disk is 200 GiB, and ccx23 of lab/hetzner/cloud has 160 GiB; choose a larger size, or ask for less (NODE_POOL_DISK)',
    );
  });

  test('of half a GiB', () => {
    expect(() => lab('aws').pool({ disk: Size.mebibytes(512) })).toThrow(
      '[lab/aws/cloud/web] disk must be a whole number of GiB, got "512 MiB"; write Size.gibibytes(80) (NODE_POOL_DISK)',
    );
  });
});

describe('a place', () => {
  test('in a segment outside the network', () => {
    const { site, pool } = lab();
    const other = new Vlan(site, 'other', { tag: 20, ipv4: '10.20.0.0/24' });
    expect(() => pool({ vlan: other })).toThrow(
      '[lab/hetzner/cloud/web] lab/other has no IPv4 prefix inside the network 10.10.0.0/16 of lab/hetzner/cloud, got "10.20.0.0/24"; choose another segment, or widen the network (NODE_POOL_VLAN)',
    );
  });

  test('in a segment without IPv4', () => {
    const { site, pool } = lab();
    const other = new Vlan(site, 'other', { tag: 20, ipv6: 'fd20:0:0:20::/64' });
    expect(() => pool({ vlan: other })).toThrow(
      '[lab/hetzner/cloud/web] lab/other has no IPv4 prefix inside the network 10.10.0.0/16 of lab/hetzner/cloud, got "fd20:0:0:20::/64"; choose another segment, or widen the network (NODE_POOL_VLAN)',
    );
  });

  test('at addresses that the vendor keeps', () => {
    expect(() => lab('aws').pool({ from: 3 })).toThrow(
      '[lab/aws/cloud/web] member 1 would have number 3 of 10.10.1.0/26 in lab/nodes, where AWS gives out 4 to 62; write another from, or a wider segment, see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html (NODE_POOL_ADDRESS)',
    );
    expect(() => lab('google').pool({ from: 252 })).toThrow(
      '[lab/google/cloud/web] member 3 would have number 254 of 10.10.1.0/24 in lab/nodes, where Google Cloud gives out 2 to 253; write another from, or a wider segment, see https://cloud.google.com/vpc/docs/subnets (NODE_POOL_ADDRESS)',
    );
  });

  test('at the address of somebody else', () => {
    const { nodes, pool } = lab();
    nodes.host('printer', 12);
    expect(() => pool()).toThrow(
      '[lab/nodes/web-2] number 12 (10.10.1.12) is already that of lab/nodes/printer; choose another number, or none to have one allocated (HOST_NUMBER_TAKEN)',
    );
  });

  test('in a network that is full', () => {
    const { pool } = lab();
    pool({ count: 60 });
    expect(() => pool({ count: 41, from: 101 }, 'more')).toThrow(
      '[lab/hetzner/cloud/more] a private network of Hetzner Cloud has at most 100 servers, and this makes 101; make a second cloud with a network of its own, or choose larger servers, see https://docs.hetzner.com/cloud/networks/overview/ (CLOUD_NETWORK_FULL)',
    );
    expect(() => pool({ count: 40, from: 101 }, 'most')).not.toThrow();
  });

  test('in no cloud', () => {
    const { site, nodes } = lab();
    const props = { count: 1, size: 'ccx13', disk: gib(20), image: 'debian-13', vlan: nodes, from: 11 } as const;
    expect(() => new NodePool(site as never, 'web', props)).toThrow(
      "[lab/web] a pool is made in a cloud, got a Site; write new NodePool(new HetznerCloud(workspace.stack, 'hetzner', { … }), …) (NODE_POOL_CLOUD)",
    );
  });
});

describe('a region', () => {
  test.each<[CloudName, object, string]>([
    [
      'hetzner',
      { location: 'fsn2' },
      '[lab/hetzner/cloud] Hetzner Cloud has no region that the library knows of that name, got "fsn2"; use one of fsn1, nbg1, hel1, ash, hil, sin, see https://docs.hetzner.com/cloud/general/locations/ (CLOUD_REGION)',
    ],
    [
      'google',
      { region: 'europe-west1', zones: ['a'] },
      '[lab/google/cloud] europe-west1 has no zone of that name, got "a"; use some of b, c, d, each once (CLOUD_ZONE)',
    ],
    [
      'aws',
      { zones: ['a', 'b', 'a'] },
      '[lab/aws/cloud] zone a of eu-central-1 is listed twice; use some of a, b, c, each once (CLOUD_ZONE)',
    ],
    [
      'azure',
      { adminUser: 'admin' },
      '[lab/azure/cloud] Azure lets no account have that name, got "admin"; write adminUser: \'ops\', see https://learn.microsoft.com/azure/virtual-machines/linux/faq (CLOUD_ADMIN_USER)',
    ],
    [
      'azure',
      { subscription: 'mine' },
      '[lab/azure/cloud] subscription must be the id of a subscription, got "mine"; write it like 00000000-0000-0000-0000-000000000000 (PROP_FORMAT)',
    ],
    [
      'hetzner',
      { networks: 1 },
      '[lab/hetzner/cloud] there is no property networks; use one of location, token, network, sshKeys, adminUser (PROP_UNKNOWN)',
    ],
    [
      'aws',
      { network: '10.10.0.1/16' },
      '[lab/aws/cloud] network has bits set right of its prefix, got "10.10.0.1/16"; write 10.10.0.0/16 (SUBNET_HOST_BITS)',
    ],
  ])('of %s', (name, props, told) => {
    expect(() => lab(name, props)).toThrow(told);
  });
});

test('a token that Terraform does not read', () => {
  expect(() => lab('hetzner', { token: Secret.fromOpenBao('kv/hcloud', 'token') })).toThrow(
    '[lab/hetzner/cloud] Terraform reads secrets from sensitive variables only, got "openbao:kv/hcloud#token"; write Secret.fromTerraformVariable(\'name\'), and set TF_VAR_name from where it is kept (SECRET_KIND)',
  );
});

describe('when all is built', () => {
  test('user data that AWS does not pass on', () => {
    const { site, pool } = lab('aws');
    const [member] = pool().members;
    // Hexadecimal digits of a counter: they hardly compress.
    const noise = Array.from({ length: 4000 }, (_, i) => ((i * 2_654_435_761) % 4_294_967_296).toString(16)).join('');
    member?.firstBoot.file('/etc/noise', noise);
    expect(Testing.findings(site)).toEqual([
      expect.stringMatching(
        /^error \[lab\/aws\/cloud\/web\/web-1\] its first boot is \d{5} bytes of user data, compressed, and AWS takes 16384; put less into its first boot, see https:\/\/docs\.aws\.amazon\.com\/AWSEC2\/latest\/UserGuide\/instancedata-add-user-data\.html \(USER_DATA_TOO_LARGE\)$/,
      ),
    ]);
  });

  test('more rules than a security group holds; one less is none too many', () => {
    const openings = (count: number) => {
      const { site, pool } = lab('aws');
      const [member] = pool().members;
      const office = new Vlan(site, 'office', { tag: 30, ipv4: '10.30.0.0/24' });
      for (let port = 1; port <= count; port++) member?.connections.allowFrom(office, Port.tcp(port));
      return Testing.findings(site);
    };
    expect(openings(60)).toEqual([]);
    expect(openings(61)).toEqual([
      'error [lab/aws/cloud/web] its firewall has 61 rules for what comes in, and one of AWS holds 60; let whole segments in instead of single hosts, see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html (NODE_POOL_FIREWALL_FULL)',
    ]);
  });

  test('a protocol that a firewall cannot name', () => {
    const sctp = (name: CloudName) => {
      const { site, pool } = lab(name);
      const [member] = pool().members;
      member?.connections.allowFrom(new Vlan(site, 'office', { tag: 30, ipv4: '10.30.0.0/24' }), Port.range('sctp', 36_412, 36_412));
      return Testing.findings(site);
    };
    expect(sctp('google')).toEqual([]);
    expect(sctp('hetzner')).toEqual([
      'error [lab/hetzner/cloud/web] lets 36412/sctp in from lab/office, and firewalls of Hetzner Cloud know no SCTP; carry it in UDP, or run it in another cloud (NODE_POOL_PROTOCOL)',
    ]);
  });
});

describe('a load balancer of Hetzner', () => {
  const balanced = (props: object) => {
    const { site, cloud, nodes, pool } = lab();
    const host = nodes.host('api', 5);
    return () => new HetznerLoadBalancer(cloud as never, 'api', { host, pool: pool(), ports: [Port.tcp(6443)], ...props } as never) && site;
  };

  test('listens on single TCP ports', () => {
    expect(balanced({ ports: [Port.udp(53)] })).toThrow(
      '[lab/hetzner/cloud/api] a load balancer of Hetzner listens on single TCP ports, got "53/udp"; write Port.tcp(443), see https://docs.hetzner.com/cloud/load-balancers/overview/ (LOAD_BALANCER_PORT)',
    );
  });

  test('is in the cloud of its servers, and in their segment', () => {
    const other = lab('hetzner');
    const elsewhere = other.pool();
    expect(balanced({ pool: elsewhere })).toThrow(
      '[lab/hetzner/cloud/api] is in lab/hetzner/cloud, and lab/hetzner/cloud/web in lab/hetzner/cloud; make it in the cloud of its servers (LOAD_BALANCER_CLOUD)',
    );
    expect(balanced({ host: new Vlan(other.site, 'other', { tag: 40, ipv4: '10.10.2.0/24' }).host('api', 5) })).toThrow(
      "[lab/hetzner/cloud/api] host is in other, and its servers in nodes; write nodes.host('api', …) (LOAD_BALANCER_ADDRESS)",
    );
  });
});
