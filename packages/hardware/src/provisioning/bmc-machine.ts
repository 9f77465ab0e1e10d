import type { ApiObjectProps } from 'cdk8s';
import type { Bmc } from '../bmc';
import type { BootHardware } from './boot-hardware';
import { NAMESPACE } from './stack-values';

/** How Tinkerbell talks to a BMC, by the protocol that the BMC has. */
const PROVIDERS = {
  redfish: { port: 443, providerOptions: { preferredOrder: ['gofish'], redfish: { port: 443 } } },
  ipmi: { port: 623, providerOptions: { preferredOrder: ['ipmitool'], ipmitool: { port: 623 } } },
} as const;

/** Name of the Machine object of a BMC. */
export function bmcName(hardware: BootHardware): string {
  return `${hardware.name}-bmc`;
}

/** The Secret in which something in the cluster keeps the whole account, if it does: its keys are `username` and `password`. */
export function keptSecret({ credentials }: Bmc): { readonly name: string; readonly namespace: string } | undefined {
  const [user, password] = [credentials.username.source, credentials.password.source];
  if (user.kind !== 'kubernetes' || password.kind !== 'kubernetes') return undefined;
  const same = user.namespace === password.namespace && user.name === password.name;
  return same && user.key === 'username' && password.key === 'password' ? { name: user.name, namespace: user.namespace } : undefined;
}

/**
 * The BMC of a machine, as Tinkerbell's Rufio reaches it. Its account is in no output: the Secret is another's, or is made by
 * hand from the list that the stack writes.
 * @see https://github.com/tinkerbell/tinkerbell/blob/main/docs/technical/rufio/README.md
 */
export function bmcMachine(hardware: BootHardware, bmc: Bmc): ApiObjectProps {
  return {
    apiVersion: 'bmc.tinkerbell.org/v1alpha1',
    kind: 'Machine',
    metadata: { name: bmcName(hardware), namespace: NAMESPACE },
    spec: {
      connection: {
        host: bmc.ip,
        insecureTLS: hardware.insecureTLS,
        authSecretRef: keptSecret(bmc) ?? { name: bmcName(hardware), namespace: NAMESPACE },
        ...PROVIDERS[bmc.protocol],
      },
    },
  };
}
