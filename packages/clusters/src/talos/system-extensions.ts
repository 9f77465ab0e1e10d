/**
 * Official system extensions, as each minor of Talos has them; the factory takes the version that fits. As of November 2026.
 * @see https://github.com/siderolabs/extensions
 */
const IN_ALL = `
amazon-ena amd-ucode amdgpu binfmt-misc bird2 bnx2-bnx2x btrfs chelsio-drivers chelsio-firmware cloudflared crun ctr drbd dvb-cx23885
dvb-m88ds3103 ecr-credential-provider fuse3 gasket-driver glibc gpio-pinctrl gvisor gvisor-debug hailort hello-world-service i915
intel-ice-firmware intel-ucode iscsi-tools kata-containers lldpd mdadm mei mellanox-mstflint metal-agent multipath-tools nebula netbird newt
nfs-utils nfsd nfsrahead nonfree-kmod-nvidia-lts nonfree-kmod-nvidia-production nut-client nvidia-container-toolkit-lts
nvidia-container-toolkit-production nvidia-fabricmanager-lts nvidia-fabricmanager-production nvidia-gdrdrv-device
nvidia-open-gpu-kernel-modules-lts nvidia-open-gpu-kernel-modules-production nvme-cli panfrost qemu-guest-agent qlogic-firmware
realtek-firmware revpi-firmware soci-snapshotter spin stargz-snapshotter tailscale tenstorrent thunderbolt trident-iscsi-tools uinput
usb-audio-drivers usb-modem-drivers util-linux-tools v4l-uvc-drivers vc4 vmtoolsd-guest-agent wasmedge xdma-driver xe xen-guest-agent youki
zerotier zfs`;
const ONLY: Readonly<Record<string, string>> = { '1.12': '', '1.13': 'intel-npu joydev px-fuse rockchip-rknn uhid' };

/** Names of the extensions that a minor of Talos has, sorted. */
export function extensionsOf(minor: string): readonly string[] {
  return `${IN_ALL} ${ONLY[minor] ?? ''}`.split(/\s+/).filter(Boolean).sort();
}
