/** The names that follow from a Terraform type: predictable, so that one can be written without looking it up. */
export class ResourceName {
  /** Without the provider, and without the long prefix that the vendor is leaving. */
  private readonly short: string;

  constructor(public readonly terraformType: string) {
    this.short = terraformType.replace(/^proxmox_(virtual_environment_)?/, '');
  }

  /** `ProxmoxVmResource` */
  public get className(): string {
    return `Proxmox${pascalCase(this.short)}Resource`;
  }

  /** `sdn-zone-vlan` */
  public get file(): string {
    return this.short.replaceAll('_', '-');
  }

  public docs(source: string, version: string): string {
    return `https://registry.terraform.io/providers/${source}/${version}/docs/resources/${this.terraformType.replace(/^proxmox_/, '')}`;
  }
}

export function pascalCase(name: string): string {
  return name.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
