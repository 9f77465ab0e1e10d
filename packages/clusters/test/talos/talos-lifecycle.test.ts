import { hasLifecycle, type ILifecycle, isBackedUp, pathOf, type Step } from '@ashlar/core';
import { TerraformWorkspace } from '@ashlar/terraform';
import { LocalBackend } from 'cdktf';
import type { TalosCluster } from '../../src/talos/talos-cluster';
import { type Lab, lab } from './lab';

const child = (cluster: TalosCluster, id: string) => cluster.node.findChild(id) as ILifecycle;
const needs = ({ lifecycle }: ILifecycle) => lifecycle.startsAfter.map(need => pathOf('on' in need ? need.on : need));
/** Commands as one would type them, without credentials and addresses of the endpoint. */
const typed = ({ action }: Step): readonly string[] =>
  'run' in action ? action.run.map(command => command.join(' ').replace(/ --talosconfig \S+ --endpoints \S+/, '')) : [];
const byTerraform = ({ site }: Lab) => ({
  secrets: new TerraformWorkspace(site, 'talos', { backend: stack => new LocalBackend(stack, { path: 'talos.tfstate' }) }),
});

test('secrets first, then each machine as soon as it runs, then etcd', () => {
  const cluster = lab().talos();
  expect(needs(child(cluster, 'credentials'))).toEqual([]);
  expect(needs(child(cluster, 'worker-1'))).toEqual(['lab/vm-worker-1', 'lab/prod/credentials']);
  expect(needs(cluster)).toEqual(['cp-1', 'cp-2', 'cp-3', 'worker-1', 'worker-2'].map(name => `lab/prod/${name}`));
  expect(cluster.lifecycle.start?.map(({ title }) => title)).toEqual(['Begin etcd on cp-1', 'Get access to the cluster prod']);
  expect(hasLifecycle(cluster)).toBe(true);
});

test('the secrets are decrypted beside the output, and the credentials of a client are made of them', () => {
  const cluster = lab().talos();
  const [secrets, client] = child(cluster, 'credentials').lifecycle.start as [Step, Step];
  expect(typed(secrets)).toEqual(['sops --decrypt --extract ["bundle"] --output ../.ashlar/talos-prod-secrets.yaml ../secrets/talos.yaml']);
  expect(secrets.secrets?.map(secret => secret.describe())).toEqual(['sops:secrets/talos.yaml#bundle']);
  expect(typed(client)).toEqual([
    'talosctl gen config prod https://10.20.0.5:6443 --with-secrets ../.ashlar/talos-prod-secrets.yaml --talos-version v1.13 --kubernetes-version 1.35.0 --with-docs=false --with-examples=false --output-types talosconfig --output ../.ashlar/talos-prod-talosconfig --force',
  ]);
});

test('a machine that waits for its configuration gets all of it at once', () => {
  const cluster = lab().talos();
  const [step] = child(cluster, 'worker-1').lifecycle.start as [Step];
  expect(typed(step)).toEqual([
    'talosctl gen config prod https://10.20.0.5:6443 --with-secrets ../.ashlar/talos-prod-secrets.yaml --talos-version v1.13 --kubernetes-version 1.35.0 --with-docs=false --with-examples=false --output-types worker --output ../.ashlar/talos-prod-worker-1.yaml --force --config-patch @talos/prod/worker-1.yaml',
    'talosctl apply-config --insecure --nodes 10.20.0.14 --file ../.ashlar/talos-prod-worker-1.yaml',
  ]);
});

test('etcd begins on one machine only, and the kubeconfig has the name of the cluster', () => {
  const [bootstrap, kubeconfig] = lab().talos().lifecycle.start as [Step, Step];
  expect(typed(bootstrap)).toEqual(['talosctl --nodes 10.20.0.11 bootstrap']);
  expect(typed(kubeconfig)).toEqual([
    'talosctl --nodes 10.20.0.11 kubeconfig ../.ashlar/kubeconfig --merge --force --force-context-name prod',
  ]);
  expect(kubeconfig.check).toEqual({ command: ['kubectl', '--context', 'prod', 'get', '--raw', '/readyz', '--request-timeout=5s'] });
});

test('it goes down by its workers, then by control planes: one that can be spared, then those of the majority, the first last', () => {
  const stop = lab().talos().lifecycle.stop ?? [];
  expect(stop.map(step => typed(step))).toEqual([
    ['talosctl --nodes 10.20.0.14 shutdown'],
    ['talosctl --nodes 10.20.0.15 shutdown'],
    ['talosctl --nodes 10.20.0.13 etcd forfeit-leadership', 'talosctl --nodes 10.20.0.13 shutdown'],
    ['talosctl --nodes 10.20.0.12 shutdown --force'],
    ['talosctl --nodes 10.20.0.11 shutdown --force'],
  ]);
  expect(stop.slice(3).map(({ check }) => check)).toEqual([{ ask: 'Is cp-2 switched off?' }, { ask: 'Is cp-1 switched off?' }]);
});

test('a control plane leaves while all is well, and its successor gets its configuration', () => {
  const { guests, hosts, talos } = lab();
  const { lifecycle } = talos();
  const replaced = lifecycle.replace?.(hosts[1] as never);
  expect(replaced?.leave.map(typed)).toEqual([
    [
      'talosctl --nodes 10.20.0.11 health --control-plane-nodes 10.20.0.11,10.20.0.12,10.20.0.13 --worker-nodes 10.20.0.14,10.20.0.15 --wait-timeout 2m',
      'talosctl --nodes 10.20.0.12 etcd forfeit-leadership',
      'talosctl --nodes 10.20.0.12 reset --graceful=true --reboot=false --timeout 10m',
    ],
  ]);
  expect(replaced?.leave[0]?.destroys).toBe('the system disk of cp-2');
  expect(replaced?.join.map(({ title }) => title)).toEqual(['Configure cp-2, which installs itself', 'Wait for cp-2']);
  expect(lifecycle.replace?.(guests[1] as never)?.leave).toEqual(replaced?.leave);
});

test('the only control plane comes back from a snapshot', () => {
  const { guests, talos } = lab(parts => ({ controlPlanes: parts.guests.slice(0, 1) }));
  const replaced = talos().lifecycle.replace?.(guests[0] as never);
  expect(replaced?.leave.map(typed)[0]?.slice(1)).toEqual([
    'talosctl --nodes 10.20.0.11 etcd snapshot ../.ashlar/talos-prod-etcd.snapshot',
    'talosctl --nodes 10.20.0.11 reset --graceful=false --reboot=false --timeout 10m',
  ]);
  expect(typed(replaced?.join[1] as Step)).toEqual([
    'talosctl --nodes 10.20.0.11 bootstrap --recover-from ../.ashlar/talos-prod-etcd.snapshot',
  ]);
});

test('a machine that is none of its own is replaced without it', () => {
  const { guests, talos } = lab(() => ({ workers: [] }));
  expect(talos().lifecycle.replace?.(guests[4] as never)).toBeUndefined();
});

test('etcd comes back from a snapshot: what began empty is wiped from every control plane first', () => {
  const restore = lab().talos().lifecycle.restore ?? [];
  expect(restore.map(({ id }) => id)).toEqual(['snapshot', 'wipe-cp-1', 'wipe-cp-2', 'wipe-cp-3', 'recover']);
  expect(restore.filter(({ destroys }) => destroys).map(({ destroys }) => destroys)).toEqual(Array(3).fill('what etcd of prod holds now'));
  expect(typed(restore[4] as Step)).toEqual(['talosctl --nodes 10.20.0.11 bootstrap --recover-from ../.ashlar/talos-prod-etcd.snapshot']);
});

test('it says that nothing takes snapshots of its etcd', () => {
  const cluster = lab().talos();
  expect(isBackedUp(cluster) && cluster.backup).toEqual({ waived: 'nothing takes snapshots of its etcd' });
});

test('a Terraform state configures the machines, after they run; then only access is left', () => {
  const { site, talos } = lab(byTerraform);
  const cluster = talos();
  const workspace = site.node.findChild('talos') as ILifecycle;
  expect(needs(workspace)).toEqual(['cp-1', 'cp-2', 'cp-3', 'worker-1', 'worker-2'].map(name => `lab/vm-${name}`));
  expect(child(cluster, 'cp-1').lifecycle.start).toBeUndefined();
  expect(needs(cluster)).toContain('lab/talos');
  expect(cluster.lifecycle.start?.map(({ id }) => id)).toEqual(['kubeconfig']);
  expect(cluster.lifecycle.upgrade?.map(({ action }) => action)).toEqual([{ terraform: 'talos' }]);
});

test('registries, time servers and resolvers that it is configured with are used by it', () => {
  const { talos } = lab(() => ({
    registryMirrors: { 'docker.io': ['https://mirror.lab.example.net:5000'] },
    timeServers: ['10.20.0.1'],
    nameservers: ['10.20.0.2'],
  }));
  expect(talos().lifecycle.uses).toEqual([
    { name: 'mirror.lab.example.net', for: 'its images' },
    { name: '10.20.0.1', for: 'the time' },
    { name: '10.20.0.2', for: 'names' },
  ]);
});
