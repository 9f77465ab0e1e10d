import type { Parameter } from './parameter';
import { choice, whole } from './parameter';

/** How a network port is tuned; what is left out stays as the driver has it. */
export interface PortTuning {
  /** Bytes of the largest packet (1280–9216). Every port on the segment, and the switch between them, must take it. */
  readonly mtu?: number;
  /** Packets that the port may hold until they are read (48–32768); the driver has a limit of its own. */
  readonly rxRing?: number;
  /** Packets that the port may hold until they are sent (48–32768); the driver has a limit of its own. */
  readonly txRing?: number;
  /** Queues, each with an interrupt (1–1024): as many as processors that shall handle packets. */
  readonly channels?: number;
  /** Generic receive offload. */
  readonly gro?: 'on' | 'off';
  /** Large receive offload; off on what forwards packets. */
  readonly lro?: 'on' | 'off';
  /** TCP segmentation offload. */
  readonly tso?: 'on' | 'off';
}

interface PortOption {
  readonly parameter: Parameter<never>;
  /** Key in a `.link` file. @see https://www.freedesktop.org/software/systemd/man/latest/systemd.link.html */
  readonly link: string;
  /** Section and key of Talos. @see https://docs.siderolabs.com/talos/v1.12/reference/configuration/network/ethernetconfig */
  readonly talos: readonly [section: 'mtu'] | readonly [section: 'rings' | 'channels' | 'features', key: string];
}

export const PORT_OPTIONS: Readonly<Record<keyof PortTuning, PortOption>> = {
  mtu: { parameter: whole(1280, 9216, 'bytes'), link: 'MTUBytes', talos: ['mtu'] },
  rxRing: { parameter: whole(48, 32_768), link: 'RxBufferSize', talos: ['rings', 'rx'] },
  txRing: { parameter: whole(48, 32_768), link: 'TxBufferSize', talos: ['rings', 'tx'] },
  channels: { parameter: whole(1, 1024), link: 'CombinedChannels', talos: ['channels', 'combined'] },
  gro: { parameter: choice('on', 'off'), link: 'GenericReceiveOffload', talos: ['features', 'rx-gro'] },
  lro: { parameter: choice('on', 'off'), link: 'LargeReceiveOffload', talos: ['features', 'rx-lro'] },
  tso: { parameter: choice('on', 'off'), link: 'TCPSegmentationOffload', talos: ['features', 'tx-tcp-segmentation'] },
};
