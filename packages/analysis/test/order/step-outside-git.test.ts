import type { Command } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { BootstrapPlan } from '../../src';
import { commandFault } from '../../src/order/allowed-command';
import { Part, site, step } from './parts';

function findings(run: Command, kind: 'action' | 'check' | 'undo' = 'action'): string[] {
  const lab = site();
  const part = { action: { run: [run] }, undo: { run: [run] }, check: { command: run } }[kind];
  new Part(lab, 'web', { start: [step('apply', 1, { [kind]: part })] });
  new BootstrapPlan(lab, 'bootstrap');
  return Testing.findings(lab);
}

const words = (line: string) => line.split(' ') as [string, ...string[]];

test('a step that changes what no file says is refused, and told what to write', () => {
  expect(findings(words('kubectl --context lab scale deployment/web --replicas=3'))).toEqual([
    "error [lab/web] the step apply runs kubectl --context lab scale deployment/web --replicas=3: kubectl scale changes what no file of the output says; change the program and apply its file; kubectl may apply, config, cordon, delete, drain, get, rollout status, uncordon, wait; or say { byHand: '…' } when a person has to decide (STEP_OUTSIDE_GIT)",
  ]);
});

test('so is one that takes it back that way, or that looks that way', () => {
  expect(findings(words('kubectl patch node n1'), 'undo')).toHaveLength(1);
  expect(findings(words('kubectl edit node n1'), 'check')).toHaveLength(1);
});

test('a state is planned and shown before it is applied', () => {
  expect(findings(words('terraform -chdir=terraform/guests apply -auto-approve'))).toEqual([
    "error [lab/web] the step apply runs terraform -chdir=terraform/guests apply -auto-approve: states have an action of their own, which shows the plan first; write action: { terraform: '<workspace>' } (STEP_OUTSIDE_GIT)",
  ]);
});

test('a file that is applied is one of the output', () => {
  expect(findings(words('kubectl apply -f https://example.org/operator.yaml'))).toEqual([
    'error [lab/web] the step apply runs kubectl apply -f https://example.org/operator.yaml: https://example.org/operator.yaml is no file of the output; render it into the output, or keep it in ../.ashlar when it is secret (STEP_OUTSIDE_GIT)',
  ]);
});

test('a value on the command line is not in Git', () => {
  expect(findings(words('helm upgrade --install cilium cilium --set=a=b'))).toEqual([
    'error [lab/web] the step apply runs helm upgrade --install cilium cilium --set=a=b: --set=a=b: a value on the command line is not in Git; write it into a file of the output (STEP_OUTSIDE_GIT)',
  ]);
});

test('a shell and an unknown program say nothing of what they change', () => {
  expect(findings(['sh', '-c', 'kubectl get nodes'])).toEqual([
    "error [lab/web] the step apply runs sh -c 'kubectl get nodes': a shell may change anything; list its programs, one command each; a check may be a pipe of programs that read (STEP_OUTSIDE_GIT)",
  ]);
  expect(findings(['./fix.sh'])).toEqual([
    "error [lab/web] the step apply runs ./fix.sh: nobody knows what fix.sh changes; apply a file of the output with a program that is known for it, or say { byHand: '…' } when a person has to decide (STEP_OUTSIDE_GIT)",
  ]);
});

test('on a machine the same holds', () => {
  expect(findings(words('ssh -p 22 root@192.0.2.11 apt-get install nginx'))).toEqual([
    "error [lab/web] the step apply runs ssh -p 22 root@192.0.2.11 apt-get install nginx: nobody knows what apt-get changes; apply a file of the output with a program that is known for it, or say { byHand: '…' } when a person has to decide (STEP_OUTSIDE_GIT)",
  ]);
  expect(findings(words('ssh root@192.0.2.11'))).toEqual([
    "error [lab/web] the step apply runs ssh root@192.0.2.11: a session on a machine may change anything; name the one command that runs there, or say { byHand: '…' } when a person has to decide (STEP_OUTSIDE_GIT)",
  ]);
});

test.each([
  'kubectl --context lab apply --server-side --filename kubernetes/lab/web',
  'kubectl --context lab --namespace web wait deployment/web --for=condition=Available --timeout=60s',
  'kubectl --context get drain n1 --ignore-daemonsets',
  'kubectl delete node n1',
  'kubectl get scale deployment/web',
  'kubectl delete --ignore-not-found --filename kubernetes/lab/web',
  'talosctl --nodes 192.0.2.11 apply-config --file ../.ashlar/talos/lab/cp-1.yaml',
  'talosctl -n 192.0.2.11 upgrade --image=factory.example.net/installer:v1.12.0',
  'helm --kube-context lab upgrade --install cilium cilium --version 1.18.4 --values kubernetes/lab/charts/cilium.values.yaml',
  'docker stack deploy --compose-file devices/swarm/web.yaml web',
  'ssh -i ../.ashlar/key root@192.0.2.11 systemctl poweroff',
  'curl --fail --head https://registry.example.net/v2/',
  'curl -X GET https://registry.example.net/v2/',
  'ipmipower -h 192.0.2.21 --on',
  'ashlar kubeconfig --cluster lab',
])('allowed: %s', line => {
  expect(commandFault(words(line), 'action')).toBeUndefined();
});

test.each([
  'kubectl delete deployment web',
  'kubectl --context get scale deployment/web --replicas=3',
  'kubectl apply -f -',
  'kubectl apply --filename=/tmp/x.yaml',
  'kubectl apply -f ../../elsewhere.yaml',
  'kubectl exec pod/web -- rm -rf /data',
  'talosctl -n 192.0.2.11 edit machineconfig',
  'talosctl patch machineconfig',
  'docker service scale web=3',
  'curl -X POST https://api.example.net/',
  'curl --data-binary @x https://api.example.net/',
  'ansible-playbook site.yaml -e version=2',
  'patronictl edit-config',
  'echo done',
])('refused: %s', line => {
  expect(commandFault(words(line), 'action')).toBeDefined();
});

test.each([
  [`ipmipower -h 192.0.2.21 --stat | grep -q ': on$'`, true],
  [`said=$(ansible-playbook hosts.yaml --check) && ! echo "$said" | grep -q 'changed=[1-9]'`, true],
  ['kubectl get nodes > /etc/nodes', false],
  ['kubectl get nodes; rm -rf /data', false],
  ['echo "$(rm -rf /data)"', false],
  ['echo `reboot now`', false],
  ['kubectl get nodes & wait', false],
])('a check that is the pipe %s: %s', (script, allowed) => {
  expect(commandFault(['sh', '-c', script], 'check') === undefined).toBe(allowed);
});

test('a check may read what an action may not run', () => {
  expect(commandFault(words('terraform -chdir=terraform/guests plan -detailed-exitcode'), 'check')).toBeUndefined();
  expect(commandFault(words('kubectl diff --filename kubernetes/lab/web'), 'check')).toBeUndefined();
});
