import { type IConsumer, Secret, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Controller, Workload } from '@ashlar/kubernetes';
import { HetznerAutoscaler } from '../../src';
import { lab, TestMachine } from '../k3s/lab';

class Guest extends TestMachine implements IConsumer {
  public readonly consumption = { threads: 2, memory: Size.gibibytes(4) };
}

/** Three nodes of 2 processors and 4 GiB, and a workload that may have `max` pods. */
function shop(max: number) {
  const { site, k3s } = lab(({ site, vlan, hosts }) => ({
    servers: hosts.map((host, i) => new Guest(site, vlan.host(`node-${i}`, 30 + i), host)),
  }));
  const cluster = k3s();
  const image = `ghcr.io/example/shop:1.4.2@sha256:${'a'.repeat(64)}`;
  const controller = Controller.deployment({ autoscale: { max } });
  new Workload(cluster.namespace('shop'), 'web', { image, port: 8080, cpu: 0.5, memory: Size.gibibytes(1), controller });
  return { site, cluster };
}

test('AUTOSCALE_OVER_NODES: more at most than all nodes have; as much as they have is fine', () => {
  expect(Testing.findings(shop(13).site)).toEqual([
    'warning [lab/prod] workloads ask for 13 GiB of memory at their most, and the nodes of lab/prod have 12; lower a maximum, or add nodes (AUTOSCALE_OVER_NODES)',
    'warning [lab/prod] workloads ask for 6.5 processors at their most, and the nodes of lab/prod have 6; lower a maximum, or add nodes (AUTOSCALE_OVER_NODES)',
  ]);
  expect(Testing.findings(shop(12).site)).toEqual([]);
});

test('AUTOSCALE_OVER_NODES: nodes that come with the load have no end that is known here', () => {
  const { cluster } = shop(13);
  const secret = Secret.fromKubernetes('kube-system', 'hetzner', 'token');
  const groups = { burst: { size: 'ccx53', region: 'fsn1', max: 5 } };
  new HetznerAutoscaler(cluster, 'autoscaler', { groups, network: 'cluster', firewall: 'nodes', token: secret, cloudInit: secret });
  expect(cluster.workloadCapacity).toBeUndefined();
});
