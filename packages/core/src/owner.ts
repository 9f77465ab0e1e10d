import type { IConstruct } from 'constructs';

/**
 * Engine trees (a `cdktf.App`, a `cdk8s.App`) have a root of their own, because neither engine takes a scope.
 * Each such root remembers the model construct that owns it, so that one can climb from any construct to the site.
 */
const OWNER = Symbol.for('@ashlar/core.owner');
const ENGINES = Symbol.for('@ashlar/core.engines');

/** Makes `owner`, a construct of the model, the owner of an engine's root construct. */
export function adopt(owner: IConstruct, engineRoot: IConstruct): void {
  Object.defineProperty(engineRoot, OWNER, { value: owner });
  enginesOf(owner).push(engineRoot);
}

/** The construct that owns the tree in which `construct` stands, when that tree is an engine's. */
export function ownerOf(construct: IConstruct): IConstruct | undefined {
  return (construct.node.root as { [OWNER]?: IConstruct })[OWNER];
}

/** The engine roots that `construct` owns. */
export function enginesOf(construct: IConstruct): IConstruct[] {
  const host = construct as { [ENGINES]?: IConstruct[] };
  if (!host[ENGINES]) Object.defineProperty(construct, ENGINES, { value: [] });
  return host[ENGINES] as IConstruct[];
}

/** Path in the whole site: the owner's path, then the path in the engine's tree (a stack that carries its owner's id is not named twice). */
export function pathOf(construct: IConstruct): string {
  const owner = ownerOf(construct);
  if (owner === undefined) return construct.node.path;
  const inside = construct.node.path.split('/').filter(Boolean);
  if (inside[0] === owner.node.id) inside.shift();
  return [pathOf(owner), ...inside].join('/');
}

/** Every construct below `root`, engine trees included, parents before children. Iterative: a deep tree must not overflow the stack. */
export function* descend(root: IConstruct): Generator<IConstruct> {
  const stack: IConstruct[] = [root];
  while (stack.length > 0) {
    const construct = stack.pop() as IConstruct;
    yield construct;
    const engines = (construct as { [ENGINES]?: IConstruct[] })[ENGINES] ?? [];
    const below = [...construct.node.children, ...engines];
    for (let i = below.length - 1; i >= 0; i--) stack.push(below[i] as IConstruct);
  }
}
