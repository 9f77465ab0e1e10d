/** How the ports of a bond share the traffic. @see https://www.kernel.org/doc/Documentation/networking/bonding.txt */
export type BondMode = 'balance-rr' | 'active-backup' | 'balance-xor' | 'broadcast' | '802.3ad' | 'balance-tlb' | 'balance-alb';

export const BOND_MODES: readonly BondMode[] = [
  'active-backup',
  '802.3ad',
  'balance-alb',
  'balance-tlb',
  'balance-xor',
  'balance-rr',
  'broadcast',
];
