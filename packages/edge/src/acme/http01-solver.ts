import { Connections, type IConnectable, Port } from '@ashlar/core';
import { NetworkPolicy, podAddresses, podSelection, type Unit } from '@ashlar/kubernetes';
import { Construct } from 'constructs';

const ID = 'http01-solver';

/** Pods that cert-manager starts in a namespace for the seconds of a challenge. Without this, the namespace would shut out the authority. */
export class Http01Solver extends Construct implements IConnectable {
  /** That of a namespace, once. */
  public static of(unit: Unit): IConnectable {
    return (unit.node.tryFindChild(ID) as Http01Solver | undefined) ?? new Http01Solver(unit);
  }

  public readonly connections: Connections;

  private constructor(unit: Unit) {
    super(unit, ID);
    const labels = { 'acme.cert-manager.io/http01-solver': 'true' };
    const pods = podSelection(this, unit.namespace as string, labels);
    this.connections = new Connections(this, { addresses: () => podAddresses(this), pods }, Port.tcp(8089));
    new NetworkPolicy(this, 'NetworkPolicy', { pods: this, name: ID });
  }
}
