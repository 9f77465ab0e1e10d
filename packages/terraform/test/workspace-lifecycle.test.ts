import { type IConnectable, type IInstance, type IServing, type Lifecycle, Secret } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { HttpBackend, LocalBackend, TerraformProvider, TerraformResource, type TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { secretVariable, TerraformWorkspace } from '../src';

const local = (stack: TerraformStack) => new LocalBackend(stack, { path: 'terraform.tfstate' });
const http = (address: string) => (stack: TerraformStack) => new HttpBackend(stack, { address });
const told = ({ startsAfter }: Lifecycle) => startsAfter.map(need => ('on' in need ? `${need.on.node.path}: ${need.for}` : need.node.path));

/** Answers under names. */
class Service extends Construct implements IServing {
  constructor(
    scope: Construct,
    id: string,
    public readonly serves: readonly string[],
  ) {
    super(scope, id);
  }
}

/** A machine with an address. */
const machine = (scope: Construct, id: string, ip: string) =>
  Object.assign(new Construct(scope, id), {
    fqdn: `${id}.test.example.net`,
    addresses: [{ ip }],
    firstBoot: {},
  }) as unknown as IInstance & IConnectable & IConstruct;

class Provider extends TerraformProvider {
  constructor(
    scope: Construct,
    private readonly endpoint: string,
  ) {
    super(scope, 'provider', { terraformResourceType: 'kubernetes' });
  }
  protected override synthesizeAttributes() {
    return { host: this.endpoint };
  }
}

test('a state is applied, and is done once a plan changes nothing', () => {
  const workspace = new TerraformWorkspace(Testing.site(), 'vms', { backend: local });
  const { stack } = workspace;
  for (let i = 0; i < 11; i++) new TerraformResource(stack, `vm-${i}`, { terraformResourceType: 'vm' });
  secretVariable(stack, Secret.fromTerraformVariable('api_token'));
  const [apply] = workspace.lifecycle.start ?? [];
  expect(apply?.action).toEqual({ terraform: 'vms' });
  expect(apply?.check).toEqual({
    command: ['terraform', '-chdir=terraform/vms', 'plan', '-input=false', '-lock=false', '-detailed-exitcode'],
  });
  expect(String(apply?.budget)).toBe('4m');
  expect(apply?.secrets?.map(secret => secret.describe())).toEqual(['terraform:var.api_token']);
});

test('what a state needs is told with the reason', () => {
  const site = Testing.site();
  const workspace = new TerraformWorkspace(site, 'vms', { backend: local });
  workspace.startAfter(new Construct(site, 'gateway'), 'its way to the Internet');
  expect(told(workspace.lifecycle)).toEqual(['test/gateway: its way to the Internet']);
});

test('a state uses what keeps it, and what its provider talks to', () => {
  const site = Testing.site();
  new Service(site, 'gitlab', ['gitlab.example.net']);
  machine(site, 'control-plane', '10.20.0.5');
  const workspace = new TerraformWorkspace(site, 'vms', { backend: http('https://gitlab.example.net/state/vms') });
  new Provider(workspace.stack, 'https://10.20.0.5:6443');
  expect(workspace.lifecycle.uses).toEqual([
    { name: 'gitlab.example.net', for: 'its state' },
    { name: '10.20.0.5', for: 'its provider' },
  ]);
  expect(Testing.findings(site)).toEqual([]);
});

test('a provider that is fed by what its own state creates is refused', () => {
  const site = Testing.site();
  const { stack } = new TerraformWorkspace(site, 'platform', { backend: local });
  const cluster = new TerraformResource(stack, 'cluster', { terraformResourceType: 'talos_cluster_kubeconfig' });
  new Provider(stack, cluster.getStringAttribute('host'));
  expect(Testing.findings(site)).toEqual([
    'error [test/platform/provider] is configured with talos_cluster_kubeconfig.cluster.host, which the same state platform creates; put what it creates first into a workspace of its own, and let this one start after that (STATE_FEEDS_ITSELF)',
  ]);
});

test('so is a state that is kept on what it creates', () => {
  const site = Testing.site();
  const { stack } = new TerraformWorkspace(site, 'platform', { backend: http('https://10.20.0.9/state') });
  machine(stack, 'store', '10.20.0.9');
  expect(Testing.findings(site)).toEqual([
    'error [test/platform] needs test/platform/store for its state, which the same state creates; put what it creates first into a workspace of its own, and let this one start after that (STATE_FEEDS_ITSELF)',
  ]);
});

test('a provider may be configured with a secret, or with a value that the state only passes on', () => {
  const site = Testing.site();
  const { stack } = new TerraformWorkspace(site, 'platform', { backend: local });
  new Provider(stack, secretVariable(stack, Secret.fromTerraformVariable('host')));
  expect(Testing.findings(site)).toEqual([]);
});
