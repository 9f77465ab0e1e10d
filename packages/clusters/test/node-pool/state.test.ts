import { Site } from '@ashlar/core';
import { TerraformWorkspace } from '@ashlar/terraform';
import { awsState } from '../../src/aws';
import { azureState } from '../../src/azure';
import { googleState } from '../../src/google';
import { hetznerState } from '../../src/hetzner';

/** The backend of a workspace `nodes`. */
function rendered(backend: ReturnType<typeof awsState>): unknown {
  const site = new Site('lab', { domain: 'lab.example.net' });
  new TerraformWorkspace(site, 'nodes', { backend });
  return JSON.parse(site.render().output.read('terraform/nodes/cdk.tf.json') as string).terraform.backend;
}

test('each cloud keeps a state of its own, under the name of the workspace, and locks it', () => {
  expect(rendered(hetznerState({ bucket: 'lab-state', location: 'nbg1' }))).toEqual({
    s3: {
      bucket: 'lab-state',
      endpoints: { s3: 'https://nbg1.your-objectstorage.com' },
      key: 'nodes/terraform.tfstate',
      region: 'nbg1',
      skip_credentials_validation: true,
      skip_metadata_api_check: true,
      skip_region_validation: true,
      skip_requesting_account_id: true,
      skip_s3_checksum: true,
      use_lockfile: true,
    },
  });
  expect(rendered(awsState({ bucket: 'lab-state', region: 'eu-central-1' }))).toEqual({
    s3: { bucket: 'lab-state', encrypt: true, key: 'nodes/terraform.tfstate', region: 'eu-central-1', use_lockfile: true },
  });
  expect(rendered(googleState({ bucket: 'lab-state' }))).toEqual({ gcs: { bucket: 'lab-state', prefix: 'nodes' } });
  expect(rendered(azureState({ resourceGroup: 'lab', storageAccount: 'labstate', container: 'terraform' }))).toEqual({
    azurerm: {
      container_name: 'terraform',
      key: 'nodes.tfstate',
      resource_group_name: 'lab',
      storage_account_name: 'labstate',
      use_azuread_auth: true,
    },
  });
});
