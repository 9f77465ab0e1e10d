import { S3Backend, type TerraformBackend, type TerraformStack } from 'cdktf';

export interface HetznerStateProps {
  /** Bucket of Object Storage, which keeps versions. */
  readonly bucket: string;
  readonly location: 'fsn1' | 'nbg1' | 'hel1';
}

/**
 * Keeps a state in Object Storage of Hetzner, under the name of its workspace. A lock file keeps two runs apart; keys are those of the
 * environment (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`).
 * @see https://docs.hetzner.com/storage/object-storage/overview/
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export function hetznerState({ bucket, location }: HetznerStateProps): (stack: TerraformStack) => TerraformBackend {
  return stack => {
    const backend = new S3Backend(stack, {
      bucket,
      key: `${stack.node.id}/terraform.tfstate`,
      region: location,
      endpoints: { s3: `https://${location}.your-objectstorage.com` },
      // What only Amazon's own service answers.
      skipCredentialsValidation: true,
      skipRegionValidation: true,
      skipRequestingAccountId: true,
      skipMetadataApiCheck: true,
      skipS3Checksum: true,
    });
    backend.addOverride('use_lockfile', true);
    return backend;
  };
}
