import type { IAspect } from 'cdktf';
import { Aspects } from 'cdktf';
import type { IConstruct } from 'constructs';

/** Applies the aspects of the engine's tree, each once to every construct below it, as the engine does before it synthesizes. */
export function applyAspects(root: IConstruct): void {
  const open: [IConstruct, readonly IAspect[]][] = [[root, []]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [construct, inherited] = next;
    const aspects = [...inherited, ...Aspects.of(construct).all];
    for (const aspect of new Set(aspects)) aspect.visit(construct);
    for (const child of [...construct.node.children].reverse()) open.push([child, aspects]);
  }
}
