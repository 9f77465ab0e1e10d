import { ConstructLibrary } from './projenrc/construct-library';
import { EnvironmentApp } from './projenrc/environment-app';
import { Monorepo } from './projenrc/monorepo';

const repo = new Monorepo();

// Layer 0: the model and its contracts.
const core = new ConstructLibrary(repo, 'core', {
  layer: 0,
  description: 'The model of a site: findings, output, units, secrets, and the contracts between layers',
  deps: ['js-yaml', 'semver'],
  peers: ['constructs'],
  entries: ['testing'],
});

// Layer 1: the engines.
const terraform = new ConstructLibrary(repo, 'terraform', {
  layer: 1,
  description: 'One Terraform state beside the model, rendered by cdktf',
  uses: [core],
  peers: ['constructs', 'cdktf'],
  entries: ['bindings'],
});
const kubernetes = new ConstructLibrary(repo, 'kubernetes', {
  layer: 1,
  description: 'Kubernetes clusters beside the model, rendered by cdk8s, and the hardened workload',
  uses: [core],
  peers: ['constructs', 'cdk8s', 'cdk8s-plus-28'],
});

// Layer 2: bindings of Terraform providers, generated from a schema lock, and facts.
const provider = (name: string, source: string) =>
  new ConstructLibrary(repo, `provider-${name}`, {
    layer: 2,
    description: `Terraform bindings of the ${source} provider, generated from a schema lock`,
    uses: [core, terraform],
    peers: ['constructs', 'cdktf'],
    generate: 'tsx --conditions=@ashlar/source ../../scripts/bindings/generate.ts',
  });
const proxmoxProvider = provider('proxmox', 'bpg/proxmox');
const talosProvider = provider('talos', 'siderolabs/talos');
const hcloudProvider = provider('hcloud', 'hetznercloud/hcloud');
const hardware = new ConstructLibrary(repo, 'hardware', {
  layer: 2,
  description: 'Racks, power feeds, machines and switches, how machines are provisioned (Tinkerbell) and tuned',
  uses: [core, kubernetes],
  deps: ['ipaddr.js'],
  peers: ['constructs', 'cdk8s', 'cdk8s-plus-28'],
});
const network = new ConstructLibrary(repo, 'network', {
  layer: 2,
  description: 'VLANs, subnets, addresses, pools and zones, and the renderers that read them',
  uses: [core],
  deps: ['ipaddr.js'],
  peers: ['constructs'],
  bin: { 'ashlar-vyos-diff': 'vyos/vyos-diff' },
});

// Layer 3: where things run.
const hci = new ConstructLibrary(repo, 'hci', {
  layer: 3,
  description: 'Proxmox VE and Harvester: clusters, guests, storage, high availability, replication and backup',
  uses: [core, terraform, kubernetes, proxmoxProvider, hardware, network],
  deps: ['ipaddr.js'],
  peers: ['constructs', 'cdktf', 'cdk8s', 'cdk8s-plus-28'],
});
const clusters = new ConstructLibrary(repo, 'clusters', {
  layer: 3,
  description: 'Clusters on your own machines and in clouds: Talos, K3s, Cluster API, Docker Swarm, pools of cloud servers',
  uses: [core, terraform, kubernetes, talosProvider, hcloudProvider, network],
  deps: ['ipaddr.js', 'js-yaml'],
  peers: ['constructs', 'cdktf', 'cdk8s', 'cdk8s-plus-28'],
  optionalPeers: ['@cdktf/provider-aws', '@cdktf/provider-azurerm', '@cdktf/provider-google'],
  entries: ['hetzner', 'aws', 'azure', 'google'],
});

// Layer 4: what runs there.
const data = new ConstructLibrary(repo, 'data', {
  layer: 4,
  description: 'Data services: PostgreSQL by CloudNativePG, and on a machine of its own',
  uses: [core, kubernetes],
  peers: ['constructs', 'cdk8s', 'cdk8s-plus-28'],
});
const gitops = new ConstructLibrary(repo, 'gitops', {
  layer: 4,
  description: 'Argo CD: the cluster follows the repository',
  uses: [core, kubernetes],
  peers: ['constructs', 'cdk8s', 'cdk8s-plus-28'],
});

new ConstructLibrary(repo, 'edge', {
  layer: 4,
  description: 'Gateway API, Traefik, ACME certificates and the API gateway in front of services',
  uses: [core, kubernetes, network],
  peers: ['constructs', 'cdk8s', 'cdk8s-plus-28'],
});
const hosting = new ConstructLibrary(repo, 'hosting', {
  layer: 4,
  description: 'Public zones at Cloudflare, and the objects of ISPConfig',
  uses: [core, terraform, network],
  peers: ['constructs', 'cdktf', '@cdktf/provider-cloudflare'],
});

// Layer 5: what the model can answer.
const analysis = new ConstructLibrary(repo, 'analysis', {
  layer: 5,
  description: 'Reports over the contracts of the model: addresses, capacity, pictures, and the order in which everything comes up',
  uses: [core],
  peers: ['constructs'],
});
const reachability = new ConstructLibrary(repo, 'reachability', {
  layer: 5,
  description: 'Who reaches whom, computed from the rendered firewalls alone, and proven equal to what was declared',
  uses: [core],
  deps: ['js-yaml', 'ipaddr.js'],
  peers: ['constructs'],
});

// Layer 6: tools over the same model.
const cli = new ConstructLibrary(repo, 'cli', {
  layer: 6,
  description: 'Commands over what was synthesized: ashlar up and down, dev-up and dev-down',
  uses: [core, terraform, analysis],
  deps: ['commander', 'js-yaml'],
  peers: ['constructs', 'cdktf'],
  bin: { ashlar: 'ashlar', 'dev-up': 'dev/dev-up', 'dev-down': 'dev/dev-down' },
});

new EnvironmentApp(repo, 'optiplex-cloud', {
  description: 'Three mini PCs to a cloud',
  uses: [core, terraform, kubernetes, proxmoxProvider, hardware, network, hci, clusters, data, gitops, analysis, reachability, cli],
  deps: ['constructs', 'cdk8s', 'cdk8s-plus-28', 'cdktf'],
});

new EnvironmentApp(repo, 'metal-lab', {
  description: 'A bare-metal platform lab behind a gateway of its own',
  uses: [core, terraform, kubernetes, hardware, network, hci, clusters, gitops, analysis, reachability, cli],
  deps: ['constructs', 'cdk8s', 'cdk8s-plus-28', 'cdktf'],
});
new EnvironmentApp(repo, 'hosting', {
  description: 'Hosting behind a connection with a changing address, with a public /27 over a tunnel',
  uses: [core, terraform, kubernetes, proxmoxProvider, hardware, network, hci, hosting, analysis, reachability, cli],
  deps: ['constructs', 'cdk8s', 'cdk8s-plus-28', 'cdktf', '@cdktf/provider-cloudflare'],
});
new EnvironmentApp(repo, 'dev-sandbox', {
  description: 'Machines for developers: up and down from one file',
  uses: [core, terraform, kubernetes, proxmoxProvider, hardware, network, hci, clusters, data, analysis, reachability, cli],
  deps: ['constructs', 'cdk8s', 'cdk8s-plus-28', 'cdktf'],
  scripts: {
    'dev-up': 'npm run --silent synth && node ../../packages/cli/lib/dev/dev-up.js',
    'dev-down': 'node ../../packages/cli/lib/dev/dev-down.js',
  },
});
new EnvironmentApp(repo, 'adplatform', {
  description: 'A platform on rented servers, that can move from one cloud to another',
  uses: [core, terraform, kubernetes, network, clusters, data, gitops, analysis, reachability, cli],
  deps: ['constructs', 'cdk8s', 'cdk8s-plus-28', 'cdktf', '@cdktf/provider-aws', '@cdktf/provider-azurerm', '@cdktf/provider-google'],
});

repo.synth();
