import { S3Backend, type TerraformBackend, type TerraformStack } from 'cdktf';

export interface AwsStateProps {
  /** Bucket, which keeps versions. */
  readonly bucket: string;
  readonly region: string;
}

/**
 * Keeps a state in S3, encrypted, under the name of its workspace; a lock file keeps two runs apart.
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export function awsState({ bucket, region }: AwsStateProps): (stack: TerraformStack) => TerraformBackend {
  return stack => {
    const backend = new S3Backend(stack, { bucket, region, key: `${stack.node.id}/terraform.tfstate`, encrypt: true });
    backend.addOverride('use_lockfile', true);
    return backend;
  };
}
