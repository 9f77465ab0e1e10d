import { GcsBackend, type TerraformBackend, type TerraformStack } from 'cdktf';

export interface GoogleStateProps {
  /** Bucket, which keeps versions. */
  readonly bucket: string;
}

/** Keeps a state in Cloud Storage, which also locks it, under the name of its workspace. @see https://developer.hashicorp.com/terraform/language/backend/gcs */
export function googleState({ bucket }: GoogleStateProps): (stack: TerraformStack) => TerraformBackend {
  return stack => new GcsBackend(stack, { bucket, prefix: stack.node.id });
}
