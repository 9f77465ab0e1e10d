import { type CloudConfigData as AnyCloudConfigData, cloudConfig as anyCloudConfig, type Secret } from '@ashlar/core';

/** What a guest is told at its first boot, besides its network. */
export type CloudConfigData = Omit<AnyCloudConfigData, 'agent' | 'files'>;

/** The user data of a guest, which has the agent of its hypervisor. @see anyCloudConfig */
export function cloudConfig(data: CloudConfigData, inBase64: (secret: Secret) => string): object {
  return anyCloudConfig({ ...data, agent: AGENT }, inBase64);
}

/** By which the hypervisor asks the guest to shut down, to freeze its file systems for a backup, and for its addresses. */
export const AGENT = 'qemu-guest-agent';
