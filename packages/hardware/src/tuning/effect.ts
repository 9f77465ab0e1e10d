/** What makes a changed file take effect, in the order in which it is done. */
export interface Effect {
  readonly name: string;
  readonly argv: readonly string[];
  /** It changes what is on the disk only, and so works in a system that does not run. */
  readonly offline: boolean;
}

const restart = (unit: string) => ['systemctl', 'restart', unit];

/** In this order: a module brings keys of sysctl, the image for the early boot holds what was written before. */
export const EFFECTS = {
  manager: { name: 'Reload the service manager', argv: ['systemctl', 'daemon-reexec'], offline: false },
  modules: { name: 'Load the kernel modules', argv: restart('systemd-modules-load.service'), offline: false },
  sysctls: { name: 'Set the kernel parameters', argv: restart('systemd-sysctl.service'), offline: false },
  enable: { name: 'Enable the service', argv: ['systemctl', 'enable', 'tuning.service'], offline: true },
  start: { name: 'Start the service', argv: restart('tuning.service'), offline: false },
  rules: { name: 'Read the device rules', argv: ['udevadm', 'control', '--reload'], offline: false },
  disks: { name: 'Apply the rules to disks', argv: ['udevadm', 'trigger', '--subsystem-match=block', '--action=change'], offline: false },
  ports: {
    name: 'Apply the rules to network ports',
    argv: ['udevadm', 'trigger', '--subsystem-match=net', '--action=add'],
    offline: false,
  },
  swap: { name: 'Stop using swap', argv: ['swapoff', '--all'], offline: false },
  time: { name: 'Restart the time service', argv: restart('chrony.service'), offline: false },
  initramfs: { name: 'Write the image for the early boot', argv: ['update-initramfs', '-u'], offline: true },
  grub: { name: 'Write the boot menu', argv: ['update-grub'], offline: true },
} as const satisfies Record<string, Effect>;

export type EffectName = keyof typeof EFFECTS;

/** Each once, in order. */
export function effectsOf(names: Iterable<EffectName>): Effect[] {
  const wanted = new Set(names);
  return Object.entries(EFFECTS).flatMap(([name, effect]) => (wanted.has(name as EffectName) ? [effect] : []));
}
