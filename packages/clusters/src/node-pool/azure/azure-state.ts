import { AzurermBackend, type TerraformBackend, type TerraformStack } from 'cdktf';

export interface AzureStateProps {
  readonly resourceGroup: string;
  /** Storage account, which keeps versions of blobs. */
  readonly storageAccount: string;
  readonly container: string;
}

/** Keeps a state in a blob, which also locks it, under the name of its workspace. @see https://developer.hashicorp.com/terraform/language/backend/azurerm */
export function azureState(props: AzureStateProps): (stack: TerraformStack) => TerraformBackend {
  return stack =>
    new AzurermBackend(stack, {
      resourceGroupName: props.resourceGroup,
      storageAccountName: props.storageAccount,
      containerName: props.container,
      key: `${stack.node.id}.tfstate`,
      useAzureadAuth: true,
    });
}
