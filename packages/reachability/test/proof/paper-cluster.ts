import { Connections, type IConnectable } from '@ashlar/core';
import { Construct } from 'constructs';
import { dump } from 'js-yaml';
import { networkPolicy } from '../kubernetes/manifests';
import { PaperDevice } from './paper-site';

type Values = Readonly<Record<string, unknown>>;
type Labels = Readonly<Record<string, string>>;

/** Pods that the model names. */
export class PaperPods extends Construct implements IConnectable {
  public readonly connections: Connections;

  constructor(
    cluster: Construct,
    id: string,
    public readonly namespace: string,
    public readonly labels: Labels,
    addresses: readonly string[],
  ) {
    super(cluster, id);
    this.connections = new Connections(this, { addresses: () => addresses, pods: { cluster, namespace, labels } });
  }
}

/** A cluster whose manifests and nodes are written by hand. */
export class PaperCluster extends Construct {
  private files = 0;

  constructor(
    scope: Construct,
    id: string,
    private readonly nodes: readonly string[] = [],
  ) {
    super(scope, id);
    for (const node of nodes) {
      new PaperDevice(this, `node-${node}`, `devices/k3s/${id}/${node}/config.yaml`, dump({ 'node-ip': node }));
    }
  }

  public pods(id: string, namespace: string, labels: Labels = { app: id }): PaperPods {
    return new PaperPods(this, id, namespace, labels, this.nodes);
  }

  public write(...objects: readonly Values[]): void {
    for (const object of objects) {
      const name = `${this.files++}.yaml`;
      new PaperDevice(this, name, `kubernetes/${this.node.id}/shop/${name}`, dump(object));
    }
  }
}

/** A policy by its name, about pods with the label `app` of that name, in both directions. */
export function policy(name: string, ingress: readonly Values[], egress: readonly Values[], namespace = 'shop'): Values {
  const spec = { podSelector: { matchLabels: { app: name } }, policyTypes: ['Ingress', 'Egress'], ingress, egress };
  return { ...networkPolicy(spec, namespace), metadata: { name, namespace } };
}

/** The end of a rule: pods with these labels, in a namespace. */
export function peer(labels: Labels, namespace = 'shop'): Values {
  return { podSelector: { matchLabels: labels }, namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } };
}

export function block(cidr: string): Values {
  return { ipBlock: { cidr } };
}

/** `tcp 5432` */
export function ports(...texts: readonly string[]): readonly Values[] {
  return texts.map(text => {
    const [protocol = '', port] = text.split(' ');
    return { protocol: protocol.toUpperCase(), port: Number(port) };
  });
}
