/** Hosting from a house, on two nodes that mirror each other, behind a changing address, with a public /27 over a tunnel. Read top to bottom; `npm run synth` writes what it means to ./out. */
import { join } from 'node:path';
import { BootstrapPlan, SiteReport } from '@ashlar/analysis';
import { Bandwidth, Duration, environment, Ledger, Port, Secret, Site, Size } from '@ashlar/core';
import * as hci from '@ashlar/hci';
import { CloudflareZone, IspConfigClient, IspConfigMailDomain, IspConfigServer, IspConfigWebsite } from '@ashlar/hosting';
import * as net from '@ashlar/network';
import { ReachabilityProof } from '@ashlar/reachability';
import { TerraformWorkspace } from '@ashlar/terraform';
import { S3Backend } from 'cdktf';
import { hypervisorsOf } from './hypervisors';
import { DEBIAN_13_CLOUD, DEBIAN_13_CONTAINER, VYOS } from './images';
import { ADMIN_SSH, DKIM_2026, WIREGUARD } from './keys';
import { shelfOf } from './shelf';

/** Size of a guest: virtual processors, GiB of memory, GiB of disk. */
const size = (cores: number, memory: number, disk: number) => ({ cores, memory: Size.gibibytes(memory), disk: Size.gibibytes(disk) });
const kv = (path: string, key: string) => Secret.fromOpenBao(`kv/${path}`, key);

export const hosting = environment(module, () => {
  const site = new Site('hosting', { domain: 'hosting.example.net' });
  new Ledger(site, 'ledger', { file: join(__dirname, '../ledger.json') });
  const internet = net.Internet.of(site);

  // ── Networks. The public prefix is ours, and comes in through the tunnel; disks are mirrored on a segment that nothing routes.
  const management = new net.Vlan(site, 'management', { tag: 210, ipv4: '10.2.10.0/24' });
  const customers = new net.Vlan(site, 'customers', { tag: 220, ipv4: '10.2.20.0/22' });
  const dmz = new net.Vlan(site, 'dmz', { tag: 230, ipv4: '203.0.113.32/27' });
  const mirror = new net.Vlan(site, 'mirror', { tag: 240, ipv4: '10.2.40.0/24' });
  const provider = new net.Vlan(site, 'provider', { tag: 202, ipv4: '192.168.178.0/24', outside: true }); // the modem's; it gives the gateway an address

  // ── Four public addresses, one for each kind of service: web, mail, and two name servers.
  const web = dmz.host('web', 2);
  const mail = dmz.host('mail', 3);
  const [ns1, ns2] = [dmz.host('ns1', 4), dmz.host('ns2', 5)];

  // ── The shelf: a router and two nodes. Proxmox VE runs on all three; the two mirror each other, the router is the third vote.
  const { router, first, second } = shelfOf(site, { management, tagged: [provider, customers, dmz], mirror, modem: provider });
  const { pve, mirrored, system, backups, hosts } = hypervisorsOf(site, { router, pair: [first, second], management, mirror });

  // ── Names: ours and our customers' are answered by BIND, with one answer for the inside and one for the Internet.
  const key = (name: string) => net.TsigKey.of(name, { secret: kv('dns', name) });
  const dns = new net.DnsZones(site, 'dns', {
    primary: ns1,
    secondaries: [ns2],
    tsig: key('inside'),
    domains: ['example.com'],
    external: { domains: [site.domain, 'example.com'], tsig: key('outside') },
    dnssec: true,
  });

  // ── The gateway: the provider at home gives an address that changes; the /27 is routed to us through a tunnel that we open.
  const gateway = new net.VyOs(site, 'gateway', {
    version: '1.5',
    wan: net.DynamicUplink.dhcp(),
    wanInterface: 'eth3',
    lanInterface: ['eth0', 'eth1', 'eth2'],
    management,
    segments: [customers, dmz],
    dns,
    admins: [{ name: 'admin', sshKeys: [ADMIN_SSH] }],
  });
  const transit = new net.WireGuardInterface(gateway, 'wg0', {
    addresses: ['10.2.255.2/30'],
    privateKey: kv('wireguard', 'wg0'),
    publicKey: WIREGUARD.transitOwn,
  });
  transit.peer('provider', {
    publicKey: WIREGUARD.provider,
    presharedKey: kv('wireguard', 'provider'),
    endpoint: { host: 'transit.provider.example' },
    allowedIps: ['0.0.0.0/0'],
    routed: [dmz],
  });
  const road = new net.WireGuardInterface(gateway, 'wg1', {
    addresses: ['10.2.254.1/24'],
    listenPort: 51_821,
    endpoint: { host: 'house.dynamic.example' }, // kept current by the router of the provider
    privateKey: kv('wireguard', 'wg1'),
    publicKey: WIREGUARD.roadOwn,
  });
  const admin = road.roaming('admin', { publicKey: WIREGUARD.laptop });

  // ── Guests. The gateway is copied to every machine. Nothing leads to the Internet before it, so that its image is put there by hand.
  const anywhere = { storage: system, highAvailability: {}, stateful: false }; // its configuration is in Git
  const image = hci.CloudImage.byHand(...VYOS);
  const inside = management.host('gateway-vm', 1);
  new hci.ProxmoxVm(pve, 'gateway', { host: inside, otherNics: [customers, dmz, provider], image, ...anywhere, ...size(4, 4, 16) });

  // ── All others come after it, in a state of their own. Web and mail run on either of the two machines that mirror each other.
  const state = (id: string) => {
    const s3 = { bucket: 'terraform', key: `hosting/${id}.tfstate`, region: 'eu-central-1', encrypt: true };
    return new TerraformWorkspace(site, id, { backend: stack => new S3Backend(stack, s3) }).stack;
  };
  const apiToken = Secret.fromTerraformVariable('proxmox_api_token');
  const guests = new hci.ProxmoxTenant(state('guests'), 'guests', { cluster: pve, apiToken, ownImages: true });
  const debian = new hci.VmTemplate(guests, 'debian-13', { image: hci.CloudImage.of(...DEBIAN_13_CLOUD), storage: mirrored });
  const cloned = { storage: mirrored, template: debian };
  new hci.ProxmoxVm(guests, 'web', { host: web, ...cloned, highAvailability: { nodes: [second, first] }, ...size(4, 8, 100) });
  new hci.ProxmoxVm(guests, 'mail', { host: mail, ...cloned, highAvailability: { nodes: [first, second] }, ...size(4, 16, 500) });

  // ── Containers: unprivileged, and each on its node. A name server is lost with it, and the other one answers.
  const contained = { storage: mirrored, image: hci.ContainerImage.of(...DEBIAN_13_CONTAINER) };
  new hci.ProxmoxContainer(guests, 'ns1', { host: ns1, node: first, ...contained, ...size(1, 1, 8) });
  new hci.ProxmoxContainer(guests, 'ns2', { host: ns2, node: second, ...contained, ...size(1, 1, 8) });
  const shop = customers.host('shop', 10);
  const limits = { cpuLimit: 2, nicRate: Bandwidth.megabits(200) };
  new hci.ProxmoxContainer(guests, 'shop', { host: shop, node: first, ...contained, ...limits, ...size(2, 4, 40) });

  // ── The brand's names are answered by Cloudflare.
  new net.DnsRecordSet(site, 'brand', { name: 'www.example.org', type: 'A', values: [web.ip] });
  const clouds = state('cloudflare');
  new CloudflareZone(clouds, 'example-org', {
    domain: 'example.org',
    accountId: '0123456789abcdef0123456789abcdef',
    apiToken: Secret.fromTerraformVariable('cloudflare_api_token'),
    certificateAuthorities: ['letsencrypt.org'],
  });

  // ── Mail.
  const server = new net.MailServer(site, 'mail-server', { host: mail });
  const ownMail = new net.MailDomain(site, 'mail', {
    exchangers: [server],
    dkim: [{ selector: '2026a', publicKey: DKIM_2026, privateKey: kv('mail', 'dkim-2026a') }],
    dmarc: { policy: 'reject', rua: ['dmarc@hosting.example.net'] },
    mtaSts: { server: web, maxAge: Duration.days(14) },
    tlsReports: ['tls@hosting.example.net'],
    access: { imaps: mail, submissions: mail },
  });

  // ── The panel and a customer: a container, a website in front of it, a mailbox's domain.
  const panel = new IspConfigServer(site, 'panel', { host: mail });
  new net.DnsRecordSet(site, 'customer', { name: 'shop.example.com', type: 'A', values: [web.ip] });
  const acme = new IspConfigClient(panel, 'acme', {
    contactName: 'Jo Doe',
    email: 'jo@example.com',
    country: 'DE',
    password: kv('ispconfig', 'acme'),
  });
  new IspConfigMailDomain(acme, 'mail', { mail: ownMail });
  new IspConfigWebsite(acme, 'shop', { domain: 'shop.example.com', quota: Size.gibibytes(10), php: true, behindProxy: true });
  const proxy = new net.NginxProxyManager(site, 'proxy', { host: web });
  const certificate = net.Certificate.letsEncrypt({ challenge: 'http-01' });
  proxy.site('shop', { names: ['shop.example.com'], to: shop, port: Port.tcp(8080), certificate });
  proxy.site('mta-sts', { names: ['mta-sts.hosting.example.net'], to: mail, port: Port.tcp(8080), certificate });

  // ── Who talks to whom. Nothing else does.
  for (const port of [80, 443]) web.connections.allowFrom(internet, Port.tcp(port));
  for (const port of [25, 465, 993]) mail.connections.allowFrom(internet, Port.tcp(port));
  for (const ns of [ns1, ns2]) for (const port of [Port.udp(53), Port.tcp(53)]) ns.connections.allowFrom(internet, port);
  for (const host of [web, mail]) host.connections.allowTo(internet, Port.tcp(443));
  mail.connections.allowTo(internet, Port.tcp(25));
  for (const segment of [management, customers]) segment.connections.allowTo(internet, Port.tcp(443));
  for (const host of hosts) for (const port of [22, 8006]) host.connections.allowFrom(admin, Port.tcp(port));
  for (const host of hosts) if (host !== backups) backups.connections.allowFrom(host, Port.tcp(8007)); // Proxmox Backup Server
  gateway.connections.allowFrom(admin, Port.tcp(22));

  new ReachabilityProof(site, 'reachability');
  new BootstrapPlan(site, 'bootstrap');
  new SiteReport(site, 'report');
  return site;
});
