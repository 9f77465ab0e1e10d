// One measured case in a process of its own: `node --expose-gc case.cjs <subject> <contender> <n> [bindings]`, prints JSON.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const [subject, contender, size, bindings] = process.argv.slice(2);
const n = Number(size);
const PER_UNIT = 100;
const LAYERS = 10;

/** What a user writes for one guest; the same for everyone. */
const guest = i => ({
  name: `vm-${i}`,
  nodeName: `pve-0${(i % 3) + 1}`,
  vmId: 1000 + i,
  onBoot: true,
  cpu: { cores: 2, type: 'x86-64-v2-AES' },
  memory: { dedicated: 4096 },
  agent: { enabled: true },
  disk: [{ datastoreId: 'local-zfs', interface: 'scsi0', size: 32 }],
  networkDevice: [{ bridge: 'vmbr0', vlanId: 20, firewall: true }],
  initialization: { ipConfig: [{ ipv4: { address: `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}/8`, gateway: '10.0.0.1' } }] },
});

/** One Kubernetes object, about as large as those in the field. */
const object = i => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: `web-${i}`, labels: { 'app.kubernetes.io/name': `web-${i}`, 'app.kubernetes.io/part-of': 'shop' } },
  spec: {
    replicas: 2,
    selector: { matchLabels: { 'app.kubernetes.io/name': `web-${i}` } },
    template: {
      metadata: { labels: { 'app.kubernetes.io/name': `web-${i}` } },
      spec: { containers: [{ name: 'main', image: `ghcr.io/example/shop:1.${i}.0`, ports: [{ containerPort: 8080 }], env: [{ name: 'PORT', value: '8080' }], resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } } }] },
    },
  },
});

// In memory where there is such a file system: creating 20,000 files on a disk would hide what is compared.
const outdir = fs.mkdtempSync(path.join(fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir(), 'bench-'));
const SUBJECTS = { guests, chart: () => objects([n], false), units: () => objects(chunks(), false), layers: () => objects(chunks(), true), chain: () => objects([n], 'chain'), flows, order };
const start = process.hrtime.bigint();
SUBJECTS[subject]();
const ms = Number(process.hrtime.bigint() - start) / 1e6;
const files = fs.readdirSync(outdir, { recursive: true, withFileTypes: true }).filter(f => f.isFile()).map(f => path.join(f.parentPath ?? f.path, f.name));
const bytes = files.reduce((sum, file) => sum + fs.statSync(file).size, 0);
const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
const floorMs = contender === 'ashlar' ? floor(files) : undefined;
fs.rmSync(outdir, { recursive: true });
console.log(JSON.stringify({ ms, peakMb, files: files.length, bytes, floorMs }));

function chunks() {
  return Array.from({ length: Math.ceil(n / PER_UNIT) }, (_, i) => Math.min(PER_UNIT, n - i * PER_UNIT));
}

function guests() {
  const { App, LocalBackend, TerraformStack } = require('cdktf');
  if (contender === 'ashlar') {
    const { Site } = require('@ashlar/core');
    const { TerraformWorkspace } = require('@ashlar/terraform');
    const { ProxmoxVmResource, ProxmoxProvider } = require('@ashlar/provider-proxmox');
    const site = new Site('bench', { domain: 'bench.example.net' });
    const { stack } = new TerraformWorkspace(site, 'vms', { backend: s => new LocalBackend(s, { path: 'terraform.tfstate' }) });
    new ProxmoxProvider(stack, 'proxmox', { endpoint: 'https://192.0.2.1:8006/' });
    for (let i = 0; i < n; i++) new ProxmoxVmResource(stack, `vm-${i}`, guest(i));
    site.synth(outdir);
    return;
  }
  const app = new App({ outdir, ...(contender === 'cdktf-no-traces' && { stackTraces: false }) });
  const stack = new TerraformStack(app, 'vms');
  new LocalBackend(stack, { path: 'terraform.tfstate' });
  if (contender === 'cdktf-our-bindings') {
    const { ProxmoxVmResource, ProxmoxProvider } = require('@ashlar/provider-proxmox');
    new ProxmoxProvider(stack, 'proxmox', { endpoint: 'https://192.0.2.1:8006/' });
    for (let i = 0; i < n; i++) new ProxmoxVmResource(stack, `vm-${i}`, guest(i));
  } else {
    module.paths.unshift(path.join(__dirname, '../../node_modules'));
    const load = file => require(path.join(bindings, file));
    const { VirtualEnvironmentVm } = load('providers/proxmox/virtual-environment-vm/index.js');
    const { ProxmoxProvider } = load('providers/proxmox/provider/index.js');
    new ProxmoxProvider(stack, 'proxmox', { endpoint: 'https://192.0.2.1:8006/' });
    for (let i = 0; i < n; i++) new VirtualEnvironmentVm(stack, `vm-${i}`, guest(i));
  }
  app.synth();
}

function objects(sizes, dependencies) {
  const { ApiObject, App, Chart, YamlOutputType } = require('cdk8s');
  const { Construct } = require('constructs');
  const fill = (chart, count, first) => {
    let before;
    if (dependencies === 'chain') {
      for (let i = 0; i < count; i++) {
        const next = new ApiObject(chart, `o${i}`, object(first + i));
        if (before) next.node.addDependency(before);
        before = next;
      }
      return;
    }
    const layers = dependencies ? LAYERS : 1;
    for (let layer = 0; layer < layers; layer++) {
      const scope = new Construct(chart, `layer-${layer}`);
      for (let i = 0; i < count / layers; i++) new ApiObject(scope, `o${i}`, object(first + layer * (count / layers) + i));
      if (before) scope.node.addDependency(before);
      before = scope;
    }
  };
  let first = 0;
  if (contender === 'ashlar') {
    const { Site, Version } = require('@ashlar/core');
    const { KubernetesCluster } = require('@ashlar/kubernetes');
    const site = new Site('bench', { domain: 'bench.example.net' });
    const cluster = new KubernetesCluster(site, 'prod', { version: Version.of('1.34.2') });
    for (const [i, count] of sizes.entries()) {
      fill(cluster.namespace(`unit-${i}`), count, first);
      first += count;
    }
    site.synth(outdir);
    return;
  }
  const app = new App({ outdir, ...(contender === 'cdk8s-file-per-object' && { yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE }) });
  for (const [i, count] of sizes.entries()) {
    fill(new Chart(app, `unit-${i}`, { namespace: `unit-${i}`, disableResourceNameHashes: true }), count, first);
    first += count;
  }
  app.synth();
}

/** Flows between hosts of up to 200 segments through one gateway: rendered and proven, rendered alone, or rendered and compared pair by pair. */
function flows() {
  const { Port, Site } = require('@ashlar/core');
  const { Vlan, VyOs } = require('@ashlar/network');
  const site = new Site('bench', { domain: 'bench.example.net' });
  const uplink = new Vlan(site, 'uplink', { tag: 2, ipv4: '203.0.113.0/24' });
  const management = new Vlan(site, 'management', { tag: 3, ipv4: '192.168.1.0/24' });
  management.host('desk', 9);
  const zones = Math.min(200, Math.max(2, Math.floor(n / 50)));
  const segments = Array.from({ length: zones }, (_, i) => new Vlan(site, `zone-${i}`, { tag: 10 + i, ipv4: `10.0.${i}.0/24` }));
  const hosts = segments.map(segment => Array.from({ length: 50 }, (_, i) => segment.host(`${segment.name}-${i}`, 10 + i)));
  new VyOs(site, 'gateway', {
    version: '1.5',
    wan: uplink.host('gateway', 2),
    wanInterface: 'eth0',
    lanInterface: 'eth1',
    management,
    segments,
    admins: [{ name: 'admin', sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMr5+QaxapHLAWDFCr2si9bbmig/qXUfmAHvmRVUtGqK admin@example.net'] }],
  });
  const declared = Array.from({ length: n }, (_, i) => {
    const a = i % zones;
    const b = (a + 1 + (Math.floor(i / zones) * 7 + i) % (zones - 1)) % zones;
    const [from, to, port] = [i % 4 === 0 ? segments[a] : hosts[a][(i * 13) % 50], hosts[b][(i * 29) % 50], 1024 + i];
    to.connections.allowFrom(from, Port.tcp(port));
    return { source: i % 4 === 0 ? from.cidrs[0] : from.ip, destination: to.ip, port };
  });
  if (contender === 'ashlar') new (require('@ashlar/reachability').ReachabilityProof)(site, 'reachability');
  site.synth(outdir);
  if (contender === 'pairwise') comparePairs(declared, fs.readFileSync(path.join(outdir, 'devices/vyos/gateway/commands.txt'), 'utf8'));
}

/** N machines in racks with two feeds, in clusters of ten, each machine with four guests and each guest with a service: rendered with its plans, with plans that nobody writes down, or without. */
function order() {
  const { Bandwidth, Duration, Power, Site, Size } = require('@ashlar/core');
  const { Machine, MachineModel, PowerFeed, Rack } = require('@ashlar/hardware');
  const { Construct } = require('constructs');
  class Part extends Construct {
    constructor(scope, id, standsOn, startsAfter, own = {}) {
      super(scope, id);
      const command = (...words) => ({ command: ['kubectl', '--context', 'bench', 'wait', ...words, '--timeout=30s'] });
      const step = what => ({ id: what, title: `${what} ${id}`, action: { waits: `it does ${what}` }, check: command(`${what}/${id}`, '--for=condition=Ready'), undo: { nothing: 'it waits' }, budget: Duration.minutes(5) });
      this.placement = { standsOn };
      this.lifecycle = { startsAfter, start: [step('start')], stop: [step('stop')], upgrade: [step('upgrade')], ...own };
    }
  }
  const site = new Site('bench', { domain: 'bench.example.net' });
  const model = MachineModel.of({ vendor: 'Dell', name: 'OptiPlex 7040', cores: 4, memory: Size.gibibytes(64), disks: { nvme: Size.gigabytes(512) }, nics: { eno1: Bandwidth.gigabits(1) }, power: Power.watts(100) });
  const state = new Part(site, 'guests', [], []);
  let rack, feeds, cluster, machines;
  for (let i = 0; i < n; i++) {
    if (i % 20 === 0) {
      rack = new Rack(site, `rack-${i / 20}`, { units: 42 });
      feeds = ['a', 'b'].map(id => new PowerFeed(rack, id, { capacity: Power.watts(3000) }));
    }
    if (i % 10 === 0) {
      machines = [];
      cluster = new Part(site, `cluster-${i / 10}`, [machines], [], { replace: machine => ({ leave: [], join: [] }) });
    }
    const machine = new Machine(rack, `m-${i}`, { model, feeds });
    machines.push(machine);
    for (let g = 0; g < 4; g++) {
      const guest = new Construct(state, `g-${i}-${g}`);
      guest.placement = { standsOn: [g === 0 ? [machine] : machines] };
      new Part(site, `s-${i}-${g}`, [[guest]], [cluster]);
    }
  }
  if (contender === 'ashlar') new (require('@ashlar/analysis').BootstrapPlan)(site, 'bootstrap');
  if (contender === 'made') new (require('../../packages/analysis/lib/order/site-plans').SitePlans)(site).all();
  site.synth(outdir);
}

/** Every rule against every flow until one fits, as one would write it in an hour: it knows no routes, no translations, and not what rules hide of each other. */
function comparePairs(declared, commands) {
  const range = text => {
    const [address, length = 32] = text.split('/');
    const first = address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
    return { first, last: first + 2 ** (32 - length) - 1 };
  };
  const rules = new Map();
  for (const [, set, number, key, value] of commands.matchAll(/^set firewall ipv4 name (zone-\S+) rule (\d+) (source address|destination address|destination port) (\S+)$/gm)) {
    if (set.includes('LOCAL')) continue;
    const rule = rules.get(`${set} ${number}`) ?? {};
    rules.set(`${set} ${number}`, { ...rule, [key]: key.endsWith('port') ? Number(value) : range(value) });
  }
  const flat = (source, destination, port) => ({ a: source.first, b: source.last, c: destination.first, d: destination.last, port });
  const open = [...rules.values()].map(rule => flat(rule['source address'], rule['destination address'], rule['destination port']));
  const wanted = declared.map(flow => flat(range(flow.source), range(flow.destination), flow.port));
  const covers = (x, y) => x.a <= y.a && y.b <= x.b && x.c <= y.c && y.d <= x.d && x.port === y.port;
  const without = (some, others) => some.filter(one => !others.some(other => covers(other, one)));
  const [missing, excess] = [without(wanted, open), without(open, wanted)];
  if (missing.length + excess.length > 0) throw new Error(`${missing.length} missing, ${excess.length} excess`);
}

/** Time to serialise and write the same output: what no program can be faster than. */
function floor(files) {
  const { load, dump } = require('js-yaml');
  const read = files.filter(f => !f.endsWith('files.json')).map(file => {
    const text = fs.readFileSync(file, 'utf8');
    return [file, file.endsWith('.json') ? JSON.parse(text) : file.endsWith('.yaml') ? load(text) : text];
  });
  global.gc?.();
  const begin = process.hrtime.bigint();
  for (const [file, value] of read) {
    const text = file.endsWith('.json') ? JSON.stringify(value, undefined, 2) : file.endsWith('.yaml') ? dump(value, { noRefs: true, lineWidth: -1 }) : value;
    fs.writeFileSync(file, text);
  }
  return Number(process.hrtime.bigint() - begin) / 1e6;
}
