import { Duration, type Lifecycle, type Need, Secret } from '@ashlar/core';
import { type TerraformElement, TerraformResource, type TerraformStack, TerraformVariable } from 'cdktf';
import { elementsOf, endpointsOf } from './state-endpoints';

/** Terraform works on so many resources at once. @see https://developer.hashicorp.com/terraform/cli/commands/apply#parallelism-n */
const AT_ONCE = 10;

/** How a state is brought up: applied, with a plan that changes nothing as the proof that it is done. */
export function workspaceLifecycle(name: string, stack: TerraformStack, startsAfter: readonly Need[]): Lifecycle {
  const elements = elementsOf(stack);
  const resources = elements.filter(TerraformResource.isTerraformResource).length;
  return {
    startsAfter,
    uses: endpointsOf(stack),
    start: [
      {
        id: 'apply',
        title: `Apply the Terraform state ${name}`,
        action: { terraform: name },
        check: { command: ['terraform', `-chdir=terraform/${name}`, 'plan', '-input=false', '-lock=false', '-detailed-exitcode'] },
        undo: { terraform: name, destroy: true },
        budget: Duration.minutes(2 + Math.ceil(resources / AT_ONCE)),
        secrets: elements.filter(isSensitive).map(variable => Secret.fromTerraformVariable(variable.friendlyUniqueId)),
      },
    ],
  };
}

/** Of other teams' variables, those whose names the environment takes too. */
function isSensitive(element: TerraformElement): element is TerraformVariable {
  return element instanceof TerraformVariable && element.sensitive === true && /^[a-z][a-z0-9_]*$/.test(element.friendlyUniqueId);
}
