




import { Secret, Site } from '@ashlar/core';
import { secretVariable, TerraformWorkspace } from '@ashlar/terraform';
import { LocalBackend, TerraformOutput, TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';

/** Any cdktf construct: of `cdktf get`, of a provider package, or written like this one. */
class Pet extends TerraformResource {
  constructor(scope: Construct, id: string, private readonly attributes: Record<string, unknown>) {
    super(scope, id, { terraformResourceType: 'random_pet' });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.attributes;
  }
}

const site = new Site('lab', { domain: 'lab.example.net' });
const workspace = new TerraformWorkspace(site, 'names', {
  backend: stack => new LocalBackend(stack, { path: 'terraform.tfstate' }),
});

const salt = secretVariable(workspace.stack, Secret.fromTerraformVariable('salt')); // TF_VAR_salt, when Terraform runs
const pet = new Pet(workspace.stack, 'pet', { length: 2, keepers: { salt } });
new TerraformOutput(workspace.stack, 'name', { value: pet.getStringAttribute('id') });

console.log(site.render().output.read('terraform/names/cdk.tf.json'));
export {};
