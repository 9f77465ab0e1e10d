import { isPlannedVlan } from '@ashlar/core';
import type { ApiObjectProps } from 'cdk8s';
import ipaddr from 'ipaddr.js';
import { bmcName } from './bmc-machine';
import type { BootHardware } from './boot-hardware';
import { ARTIFACTS_PORT, NAMESPACE } from './stack-values';

const ARCHITECTURES = { amd64: 'x86_64', arm64: 'aarch64' } as const;

/**
 * Hardware as Tinkerbell reads it. Resolvers and time servers are addresses, because it drops names without a word.
 * @see https://github.com/tinkerbell/tinkerbell/blob/main/api/v1alpha1/tinkerbell/hardware.go
 */
export function hardwareManifest(hardware: BootHardware, userData: string | undefined): ApiObjectProps {
  const { address, allowNetboot, bmc, stack } = hardware;
  const arch = ARCHITECTURES[hardware.machine.model.architecture];
  const gateway = isPlannedVlan(address.vlan) ? address.vlan.gateways.find(ip => !ip.includes(':')) : undefined;
  const nameServers = stack.nameServers ?? (gateway === undefined ? [] : [gateway]);
  const netmask = ipaddr.IPv4.subnetMaskFromPrefixLength(address.prefixLength).toString();
  return {
    apiVersion: 'tinkerbell.org/v1alpha1',
    kind: 'Hardware',
    metadata: { name: hardware.name, namespace: NAMESPACE },
    spec: {
      ...(bmc && { bmcRef: { apiGroup: 'bmc.tinkerbell.org', kind: 'Machine', name: bmcName(hardware) } }),
      disks: [{ device: hardware.device }],
      interfaces: [
        {
          dhcp: {
            arch,
            hostname: address.name,
            ip: { address: address.ip, family: 4, ...(gateway && { gateway }), netmask },
            lease_time: hardware.leaseTime.toSeconds(),
            mac: hardware.mac,
            ...(nameServers.length > 0 && { name_servers: nameServers }),
            ...(stack.timeServers.length > 0 && { time_servers: stack.timeServers }),
            uefi: hardware.uefi,
          },
          ...(bmc?.protocol === 'redfish' && {
            isoboot: { sourceISO: `http://${stack.address.ip}:${ARTIFACTS_PORT}/hook-latest-lts-${arch}-efi-initrd.iso` },
          }),
          netboot: {
            allowPXE: allowNetboot,
            allowWorkflow: allowNetboot && hardware.ipxeUrl === undefined,
            ...(hardware.ipxeUrl !== undefined && { ipxe: { url: hardware.ipxeUrl } }),
          },
        },
      ],
      metadata: {
        instance: {
          allow_pxe: allowNetboot,
          hostname: address.name,
          id: hardware.mac,
          ips: [{ address: address.ip, family: 4, ...(gateway && { gateway }), netmask }],
        },
      },
      ...(userData !== undefined && { userData }),
    },
  };
}
