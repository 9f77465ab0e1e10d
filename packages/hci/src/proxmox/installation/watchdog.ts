/**
 * What restarts a node that has lost the majority, so that HA may start its guests elsewhere: the kernel's own timer, or one in hardware.
 * @see https://pve.proxmox.com/wiki/High_Availability#ha_manager_fencing
 */
export type Watchdog = 'softdog' | 'iTCO_wdt' | 'sp5100_tco' | 'ipmi_watchdog' | 'hpwdt' | 'i6300esb';

export const WATCHDOGS: readonly Watchdog[] = ['softdog', 'iTCO_wdt', 'sp5100_tco', 'ipmi_watchdog', 'hpwdt', 'i6300esb'];

/** `/etc/default/pve-ha-manager` */
export function watchdogFile(watchdog: Watchdog): string {
  return `# Written by Ashlar; a change here is lost.\n# What restarts a node that has lost the majority.\nWATCHDOG_MODULE=${watchdog}\n`;
}
