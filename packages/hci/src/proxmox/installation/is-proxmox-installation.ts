import type { ProxmoxInstallation } from './proxmox-installation';

/** Recognises an installation across copies of this package. */
export const INSTALLATION = Symbol.for('@ashlar/hci.ProxmoxInstallation');

export function isProxmoxInstallation(x: unknown): x is ProxmoxInstallation {
  return typeof x === 'object' && x !== null && INSTALLATION in x;
}
