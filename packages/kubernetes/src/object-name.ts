import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** The name of what a construct defines: its path in the chart, `web` or `shop-web`, in a site and in a plain chart alike, never with a hash. */
export function objectName(construct: IConstruct): string {
  const { scopes } = construct.node;
  return scopes
    .slice(scopes.indexOf(Chart.of(construct)) + 1)
    .map(scope => scope.node.id)
    .join('-');
}
