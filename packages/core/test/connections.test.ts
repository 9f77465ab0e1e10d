import { Construct } from 'constructs';
import { Connections, type IConnectable, isConnectable, Port, Site } from '../src';
import { told, untyped } from './told';

class Peer extends Construct implements IConnectable {
  public readonly connections: Connections;

  constructor(scope: Construct, id: string, port?: Port) {
    super(scope, id);
    this.connections = new Connections(this, { addresses: () => [`192.0.2.${id.length}/32`] }, port);
  }
}

function lab() {
  const site = new Site('lab', { domain: 'lab.example.net' });
  return { web: new Peer(site, 'web'), orders: new Peer(site, 'orders', Port.tcp(5432)), site };
}

const told2 = (peer: Peer) => ({
  in: peer.connections.ingress.map(flow => `${flow.from.node.id} ${flow.port}`),
  out: peer.connections.egress.map(flow => `${flow.to.node.id} ${flow.port}`),
});

test('a flow is said once and seen from both ends', () => {
  const { web, orders } = lab();
  orders.connections.allowFrom(web);
  expect([told2(orders), told2(web)]).toEqual([
    { in: ['web 5432/tcp'], out: [] },
    { in: [], out: ['orders 5432/tcp'] },
  ]);
  expect(orders.connections.ingress[0]).toBe(web.connections.egress[0]);
});

test('allowTo is the same flow, from the other end', () => {
  const { web, orders } = lab();
  web.connections.allowTo(orders);
  expect(told2(orders).in).toEqual(['web 5432/tcp']);
});

test('said again, on the same port, it is still one flow', () => {
  const { web, orders } = lab();
  orders.connections.allowFrom(web);
  web.connections.allowTo(orders, Port.tcp(5432));
  orders.connections.allowFrom(web, Port.tcp(9187));
  expect(told2(orders).in).toEqual(['web 5432/tcp', 'web 9187/tcp']);
});

test('a flow without a port is told, with the peer', () => {
  const { web, orders } = lab();
  expect(told(() => web.connections.allowFrom(orders))).toBe(
    '[lab/web] the flow from lab/orders has no port; write allowFrom(peer, Port.tcp(443)) (FLOW_PORT)',
  );
  expect(told(() => web.connections.allowFrom(orders, untyped(443)))).toBe(
    '[lab/web] the flow from lab/orders has no port, got 443; write allowFrom(peer, Port.tcp(443)) (FLOW_PORT)',
  );
  expect(told(() => orders.connections.allowTo(web))).toContain('[lab/web] the flow from lab/orders has no port');
});

test('a peer that is no party is told', () => {
  const { orders, site } = lab();
  expect(told(() => orders.connections.allowFrom(untyped('web')))).toBe(
    '[lab/orders] allowFrom takes something that has connections, got "web"; pass the construct itself: a workload, a VM, a VLAN (FLOW_PEER)',
  );
  expect(told(() => orders.connections.allowTo(untyped(site)))).toBe(
    '[lab/orders] allowTo takes something that has connections, got a Site; pass the construct itself: a workload, a VM, a VLAN (FLOW_PEER)',
  );
  expect([isConnectable(orders), isConnectable(site), isConnectable(null), isConnectable(undefined)]).toEqual([true, false, false, false]);
});

test('the endpoint is read when it is asked for, when all is known', () => {
  const { web } = lab();
  expect(web.connections.endpoint.addresses()).toEqual(['192.0.2.3/32']);
  expect(web.connections.endpoint.pods).toBeUndefined();
});
