import { Duration } from '@ashlar/core';
import { BootDisk, type BootTask, diskImageTask, type ProvisioningStack } from '@ashlar/hardware';
import { ContainerImage } from '@ashlar/kubernetes';
import { IMAGE2DISK, KEXEC, VYOS } from './images';

/**
 * Writes VyOS to the disk of a machine and starts it, without anybody who presses a button in between.
 * @param folder URL of the folder that the image is in
 * @see https://github.com/vyos/vyos-1x/blob/current/data/templates/grub/grub_vyos_version.j2 for what its own boot loader says to its kernel
 */
export function installVyos(stack: ProvisioningStack, folder: string): BootTask {
  const task = diskImageTask(stack, { url: `${folder}/vyos-${VYOS}-amd64.raw.zst`, image2disk: ContainerImage.parse(IMAGE2DISK) });
  const path = `/boot/${VYOS}`;
  const start = {
    name: 'start it',
    uses: 'kexec' as const,
    image: ContainerImage.parse(KEXEC),
    timeout: Duration.minutes(2),
    environment: {
      BLOCK_DEVICE: BootDisk.partition(3),
      FS_TYPE: 'ext4',
      KERNEL_PATH: `${path}/vmlinuz`,
      INITRD_PATH: `${path}/initrd.img`,
      CMD_LINE: `boot=live rootdelay=5 noautologin net.ifnames=0 biosdevname=0 vyos-union=${path} console=tty0`,
    },
  };
  return { ...task, actions: [...task.actions, start] };
}
