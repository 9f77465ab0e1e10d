import { type Command, Duration, type Lifecycle, type Step } from '@ashlar/core';
import { bmcName, keptSecret } from './bmc-machine';
import type { ProvisioningStack } from './provisioning-stack';
import { ARTIFACTS_FOLDER, ARTIFACTS_PORT, NAMESPACE } from './stack-values';

/** How a stack comes up: Argo CD installs it; accounts of BMCs and what machines download beside its own files are put there by hand. */
export function stackLifecycle(stack: ProvisioningStack): Lifecycle {
  const accounts = accountsOf(stack);
  const files = filesOf(stack);
  return {
    startsAfter: [{ on: stack.unit, for: 'the objects of the machines that it boots' }],
    start: [
      ...(accounts.length > 0 ? [makeAccounts(stack, accounts)] : []),
      answers(stack),
      ...(files.length > 0 ? [putFiles(stack, files)] : []),
    ],
  };
}

/** Names of the Secrets that nobody in the cluster writes. */
function accountsOf({ hardware }: ProvisioningStack): readonly string[] {
  return hardware.flatMap(one => (one.bmc && !keptSecret(one.bmc) ? [bmcName(one)] : []));
}

/** URLs below its own address that machines are told to download. */
function filesOf({ address, hardware }: ProvisioningStack): readonly string[] {
  const own = `http://${address.ip}:${ARTIFACTS_PORT}/`;
  const urls = hardware.flatMap(one => [one.ipxeUrl, ...(one.workflow?.template.downloads ?? [])]);
  return [...new Set(urls.filter(url => url?.startsWith(own)))].sort() as string[];
}

function kubectl({ cluster }: ProvisioningStack, ...args: readonly string[]): Command {
  return ['kubectl', '--context', cluster.name, '--namespace', NAMESPACE, ...args];
}

function makeAccounts(stack: ProvisioningStack, names: readonly string[]): Step {
  return {
    id: 'accounts',
    title: `Make the accounts of ${names.length === 1 ? 'a BMC' : `${names.length} BMCs`}`,
    action: { byHand: `Make the Secrets that devices/provisioning/${stack.cluster.name}/secrets.md lists` },
    check: { command: kubectl(stack, 'get', 'secret', ...names) },
    undo: { nothing: 'Tinkerbell alone reads them' },
    budget: Duration.minutes(10),
    secrets: stack.hardware.flatMap(({ bmc }) => (bmc && !keptSecret(bmc) ? [bmc.credentials.username, bmc.credentials.password] : [])),
  };
}

function answers(stack: ProvisioningStack): Step {
  return {
    id: 'answers',
    title: 'Wait for Tinkerbell',
    action: { waits: 'Argo CD installs Tinkerbell, which downloads its installation environment' },
    check: { command: kubectl(stack, 'rollout', 'status', 'deployment/tinkerbell', '--timeout=60s') },
    undo: { nothing: 'it boots nothing that is not switched on' },
    budget: Duration.minutes(15),
  };
}

function putFiles({ address, runsOn }: ProvisioningStack, urls: readonly string[]): Step {
  const names = urls.map(url => url.slice(`http://${address.ip}:${ARTIFACTS_PORT}/`.length));
  return {
    id: 'files',
    title: `Put what machines download on ${runsOn.node.id}`,
    action: { byHand: `Copy ${names.join(', ')}, and what they name, below ${ARTIFACTS_FOLDER} on ${runsOn.node.id}` },
    check: { command: ['curl', '--fail', '--fail-early', '--silent', '--show-error', '--head', '--max-time', '10', ...urls] },
    undo: { byHand: `Remove ${names.join(', ')} from ${ARTIFACTS_FOLDER}` },
    budget: Duration.minutes(20),
  };
}
