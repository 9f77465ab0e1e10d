import type { SettingsTree } from '../settings-tree';

/** A fault that VyOS finds at commit only, or never, and that its syntax does not show. */
export interface VyosRule {
  readonly code: string;
  readonly incident: string;
  check(config: SettingsTree): Iterable<VyosFault>;
}

export interface VyosFault {
  readonly message: string;
  readonly fix: string;
}
