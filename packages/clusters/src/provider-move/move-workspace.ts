import type { Lifecycle, Step } from '@ashlar/core';
import { TerraformWorkspace, type TerraformWorkspaceProps } from '@ashlar/terraform';
import type { Construct } from 'constructs';

/** A state that a move applies, and nothing else: the start-up of the site leaves it alone, so that nobody pays for two clouds. */
export class MoveWorkspace extends TerraformWorkspace {
  public static isMoveWorkspace(x: unknown): x is MoveWorkspace {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  /** @throws ID_TAKEN, PROP_FORMAT, WORKSPACE_BACKEND, WORKSPACE_TAKEN */
  constructor(scope: Construct, id: string, props: TerraformWorkspaceProps) {
    super(scope, id, props);
    Object.defineProperty(this, MARKER, { value: true });
  }

  public override get lifecycle(): Lifecycle {
    return { startsAfter: [] };
  }

  /** How the move applies it. */
  public get steps(): readonly Step[] {
    return super.lifecycle.start ?? [];
  }
}

const MARKER = Symbol.for('@ashlar/clusters.MoveWorkspace');
