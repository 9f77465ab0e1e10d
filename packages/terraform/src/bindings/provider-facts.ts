/** The provider that bindings are of, pinned to the version of their schema lock: another one may take other keys. */
export interface ProviderFacts {
  /** Its name in a configuration: `proxmox` */
  readonly providerName: string;
  readonly providerVersion: string;
  readonly providerVersionConstraint: string;
  /** Its address in the registry: `bpg/proxmox` */
  readonly source: string;
}

/** Codes of errors carry the provider: `PROXMOX_UNKNOWN_KEY`, `TALOS_UNKNOWN_KEY`. */
export function errorCode(provider: ProviderFacts, fault: string): string {
  return `${provider.providerName.toUpperCase()}_${fault}`;
}
