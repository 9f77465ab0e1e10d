import type { Site } from '@ashlar/core';
import type { TerraformWorkspace } from './terraform-workspace';

/** Marks a workspace, so that copies of this package know each other's. */
export const WORKSPACE = Symbol.for('@ashlar/terraform.TerraformWorkspace');

export function isTerraformWorkspace(x: unknown): x is TerraformWorkspace {
  return typeof x === 'object' && x !== null && WORKSPACE in x;
}

/** The workspaces of a site. They are model constructs, so engine trees need no search. */
export function workspacesOf(site: Site): TerraformWorkspace[] {
  return site.node.findAll().filter(isTerraformWorkspace);
}
