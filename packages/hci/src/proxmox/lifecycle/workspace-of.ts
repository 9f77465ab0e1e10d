import { ownerOf } from '@ashlar/core';
import { TerraformWorkspace } from '@ashlar/terraform';
import type { IConstruct } from 'constructs';

/** The state that a construct is in; undefined in a plain cdktf app. */
export function workspaceOf(construct: IConstruct): TerraformWorkspace | undefined {
  const owner = ownerOf(construct);
  return TerraformWorkspace.isTerraformWorkspace(owner) ? owner : undefined;
}
