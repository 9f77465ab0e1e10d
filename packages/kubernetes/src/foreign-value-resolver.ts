import { ConfigError, Secret, Site } from '@ashlar/core';
import type { IResolver, ResolutionContext } from 'cdk8s';

/** What begins a token of cdktf in text: of a string, a list, a map. */
const TERRAFORM_TOKEN = /[$#&]\{TfToken\[/;

/**
 * Refuses values that mean nothing in a manifest: Terraform references, which neither engine notices (the manifest would
 * hold the text `${TfToken[TOKEN.3]}`), and secrets.
 */
export class ForeignValueResolver implements IResolver {
  public resolve(context: ResolutionContext): void {
    const { value } = context;
    switch (typeof value) {
      case 'string':
        if (value.includes('TfToken[') && TERRAFORM_TOKEN.test(value)) refuse(context);
        return;
      case 'number':
        // cdktf encodes numeric references as doubles of about -1.9e289.
        if (value < -1e280) refuse(context);
        return;
      case 'object':
        if (Secret.is(value)) {
          throw new ConfigError(context.obj, 'SECRET_IN_MANIFEST', `${context.key.join('.')} is the secret ${value.describe()}`, {
            fix: 'give it to a workload as env or file, which refer to it',
          });
        }
        if (value !== null && typeof value.resolve === 'function' && 'creationStack' in value) refuse(context);
    }
  }
}

function refuse(context: ResolutionContext): never {
  const producer = Site.find(context.obj)?.producerOf(context.value) ?? 'a Terraform resource';
  throw new ConfigError(
    context.obj,
    'TERRAFORM_TOKEN_IN_MANIFEST',
    `${context.key.join('.')} is a reference to ${producer}, known only after apply`,
    {
      fix: 'take the value from the model, or read it in the cluster from a Secret',
    },
  );
}
