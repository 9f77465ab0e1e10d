/** What a Terraform type is: it makes something, or reads what is there. */
export type BindingKind = 'resource' | 'data';

const KINDS: { readonly [kind in BindingKind]: { readonly suffix: string; readonly docs: string; readonly file: string } } = {
  resource: { suffix: 'Resource', docs: 'resources', file: '' },
  data: { suffix: 'Data', docs: 'data-sources', file: '-data' },
};

/** The names that follow from a Terraform type: predictable, so that one can be written without looking it up. */
export class BindingName {
  /** Without the provider, and without the long prefix that its vendor is leaving. */
  private readonly short: string;

  constructor(
    public readonly kind: BindingKind,
    public readonly terraformType: string,
    private readonly provider: { readonly name: string; readonly longPrefix?: string },
  ) {
    const prefix = [provider.longPrefix, `${provider.name}_`].find(p => p !== undefined && terraformType.startsWith(p)) ?? '';
    this.short = terraformType.slice(prefix.length);
  }

  /** `ProxmoxVmResource`, `TalosMachineConfigurationData` */
  public get className(): string {
    return `${pascalCase(`${this.provider.name}_${this.short}`)}${KINDS[this.kind].suffix}`;
  }

  /** `sdn-zone-vlan`, `machine-configuration-data` */
  public get file(): string {
    return this.short.replaceAll('_', '-') + KINDS[this.kind].file;
  }

  public docs(source: string, version: string): string {
    const page = this.terraformType.slice(this.provider.name.length + 1);
    return `https://registry.terraform.io/providers/${source}/${version}/docs/${KINDS[this.kind].docs}/${page}`;
  }
}

export function pascalCase(name: string): string {
  return name.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
