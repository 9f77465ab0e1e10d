import type { Nic } from '../nic';
import type { HostTuning } from './host-tuning';

/** Network ports whose largest packet is another than that of Ethernet, with its bytes. */
export function jumboPorts(tuning: HostTuning): { readonly nic: Nic; readonly mtu: number }[] {
  const named = tuning.settings.of('network port').filter(({ name }) => name.endsWith(' mtu'));
  return tuning.hosts.flatMap(({ machine }) =>
    machine === undefined ? [] : named.map(({ name, value }) => ({ nic: machine.nic(name.split(' ')[0] as string), mtu: Number(value) })),
  );
}
