import type { ITunnel } from '../gateway/tunnel';
import type { Tagged } from './vyos-config';

/** @see https://docs.vyos.io/en/latest/configuration/interfaces/wireguard.html */
export function wireguardInterfaces(_tunnels: readonly ITunnel[]): Tagged | undefined {
  return undefined;
}
