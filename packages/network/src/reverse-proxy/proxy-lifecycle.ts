import { Duration, type Lifecycle, type NameUse, type Need, type StepCheck } from '@ashlar/core';
import { carrierOf } from '../segments/carrier-of';
import type { Host } from '../segments/host';
import type { ReverseProxy } from './reverse-proxy';

/** A proxy comes up on each of its hosts, once that can install it; its files are put in place by hand. */
export function proxyLifecycle(proxy: ReverseProxy): Lifecycle {
  const { hosts, product, node } = proxy;
  const folder = `devices/${product.name.toLowerCase().replaceAll(' ', '-')}/${node.id}`;
  const carriers = hosts.flatMap((host): Need[] => {
    const on = carrierOf(
      proxy,
      host.addresses.map(({ ip }) => ip),
    );
    return on ? [{ on, for: 'what it runs on' }] : [];
  });
  const gateways = [...new Set(hosts.map(host => host.vlan.gateway))];
  return {
    startsAfter: carriers,
    uses: gateways.map((name): NameUse => ({ name, for: `the packages of ${product.name}` })),
    start: hosts.map(host => ({
      id: host.name,
      title: `Put ${product.name} on ${host.fqdn}`,
      action: { byHand: `On ${host.fqdn} install ${product.name}, and put the files of ${folder} in place` },
      check: listens(proxy, host),
      undo: { byHand: `Stop ${product.name} on ${host.fqdn}` },
      budget: Duration.minutes(20),
    })),
  };
}

function listens(proxy: ReverseProxy, host: Host): StepCheck {
  const port = [443, 80].find(one => proxy.listensOn(one));
  return port === undefined
    ? { ask: `Does ${host.fqdn} take connections on the ports of ${proxy.node.id}?` }
    : { command: ['nc', '-z', '-w', '2', host.ip, String(port)] };
}
