import { ConfigError, Secret } from '@ashlar/core';
import { TerraformStack, TerraformVariable } from 'cdktf';
import type { IConstruct } from 'constructs';

/**
 * The value of a secret for a property of a Terraform resource: a reference to a sensitive variable of the state, which
 * is declared once. The value itself is given as `TF_VAR_<name>` when Terraform runs.
 * @throws SECRET_KIND when the secret is kept where Terraform does not read it
 */
export function secretVariable(scope: IConstruct, secret: Secret): string {
  if (!Secret.is(secret) || secret.source.kind !== 'terraform') {
    throw new ConfigError(scope, 'SECRET_KIND', 'Terraform reads secrets from sensitive variables only', {
      got: Secret.is(secret) ? secret.describe() : typeof secret,
      fix: "write Secret.fromTerraformVariable('name'), and set TF_VAR_name from where it is kept",
    });
  }
  const { variable } = secret.source;
  const stack = TerraformStack.of(scope);
  const declared = stack.node.tryFindChild(variable);
  if (declared !== undefined && !(declared as Partial<TerraformVariable>).sensitive) {
    throw new ConfigError(scope, 'SECRET_VARIABLE_TAKEN', `the id ${variable} is already that of another construct of ${stack.node.id}`, {
      fix: 'choose another name for the variable',
    });
  }
  const found = declared as TerraformVariable | undefined;
  const own = found ?? new TerraformVariable(stack, variable, { type: 'string', sensitive: true, nullable: false });
  if (!found) own.overrideLogicalId(variable);
  return own.stringValue;
}
