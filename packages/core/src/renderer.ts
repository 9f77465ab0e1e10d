import type { IConstruct } from 'constructs';
import type { Output } from './output';

/** Writes what a construct means into the output. Called once, after the whole model has been found sound. */
export type Renderer = (output: Output) => void;

const RENDERER = Symbol.for('@ashlar/core.renderer');

/** Makes `render` the renderer of `construct`. */
export function onRender(construct: IConstruct, render: Renderer): void {
  Object.defineProperty(construct, RENDERER, { value: render });
}

/** The renderer of `construct`, if it has one. */
export function rendererOf(construct: IConstruct): Renderer | undefined {
  return (construct as { [RENDERER]?: Renderer })[RENDERER];
}
