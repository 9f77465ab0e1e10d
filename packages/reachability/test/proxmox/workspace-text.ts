type Values = Readonly<Record<string, unknown>>;

/** What a workspace says of one guest with an address in each family. */
export interface Parts {
  readonly rules?: readonly Values[];
  readonly options?: Values;
  readonly cluster?: Values | null;
  /** Changes to the guest's network port. */
  readonly port?: Values;
  /** Other resources, by type and name. */
  readonly more?: Readonly<Record<string, Readonly<Record<string, Values>>>>;
}

/** A workspace of Terraform in JSON: the virtual machine 100 at 10.2.0.5 and 2001:db8:0:2::5, its firewall on. */
export function workspace({ rules = [], options = {}, cluster = {}, port = {}, more = {} }: Parts = {}): string {
  return JSON.stringify({
    resource: {
      proxmox_virtual_environment_vm: {
        web: {
          name: 'web',
          vm_id: 100,
          network_device: [{ bridge: 'vmbr0', firewall: true, ...port }],
          initialization: {
            ip_config: [{ ipv4: { address: '10.2.0.5/24', gateway: '10.2.0.1' }, ipv6: { address: '2001:db8:0:2::5/64' } }],
          },
        },
      },
      ...(cluster && { proxmox_virtual_environment_cluster_firewall: { pve: { enabled: true, ...cluster } } }),
      proxmox_virtual_environment_firewall_options: { web: { vm_id: 100, enabled: true, dhcp: false, ...options } },
      proxmox_virtual_environment_firewall_rules: { web: { vm_id: 100, rule: rules } },
      ...more,
    },
  });
}

/** A rule that accepts TCP that comes in, but for the arguments that are given. */
export function rule(values: Values = {}): Values {
  return { type: 'in', action: 'ACCEPT', proto: 'tcp', ...values };
}
