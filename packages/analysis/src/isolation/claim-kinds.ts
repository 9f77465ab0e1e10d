/** How two claims of one kind collide. */
export type Comparison =
  /** When both name the same. */
  | 'equal'
  /** When they have an address in common, unless both are of a network that is somebody else's. */
  | 'prefix'
  /** When they have an address in common in a network that is somebody else's: in one of ours, its prefix has collided already. */
  | 'range';

interface Kind {
  /** Code of the error when two environments claim the same. */
  readonly code: string;
  /** What it is, for people. */
  readonly noun: string;
  /** What to do about it, as an instruction. */
  readonly fix: string;
  readonly compared: Comparison;
}

const PREFIX = { code: 'ISOLATION_PREFIX', fix: 'choose prefixes that have no address in common', compared: 'prefix' } as const;
const RANGE = {
  code: 'ISOLATION_ADDRESS',
  fix: 'choose other host numbers in the network that both are part of',
  compared: 'range',
} as const;

/** What may exist once in all environments together. */
export const CLAIM_KINDS = {
  domain: { code: 'ISOLATION_DOMAIN', noun: 'the domain', fix: 'give one of the sites another domain', compared: 'equal' },
  name: { code: 'ISOLATION_NAME', noun: 'the name', fix: 'choose another name, or another domain', compared: 'equal' },
  'vlan tag': { code: 'ISOLATION_VLAN_TAG', noun: 'the VLAN tag', fix: 'give one of the segments another tag', compared: 'equal' },
  segment: { ...PREFIX, noun: 'the segment' },
  announcement: { ...PREFIX, noun: 'the announced prefix' },
  tunnel: { ...PREFIX, noun: 'the address of the tunnel' },
  pods: { ...PREFIX, noun: 'the prefix of pods' },
  services: { ...PREFIX, noun: 'the prefix of services' },
  pool: { ...RANGE, noun: 'the pool' },
  address: { ...RANGE, noun: 'the address' },
  'autonomous system': {
    code: 'ISOLATION_ASN',
    noun: 'the autonomous system',
    fix: 'choose another number of the private ones: 64512–65534 or 4200000000–4294967294',
    compared: 'equal',
  },
  'VM id': { code: 'ISOLATION_VM_ID', noun: 'VM', fix: 'give each environment a range of ids of its own in vmIds', compared: 'equal' },
  'VM pool': { code: 'ISOLATION_VM_POOL', noun: 'the pool of guests', fix: 'give one of them another name', compared: 'equal' },
  cluster: {
    code: 'ISOLATION_CLUSTER',
    noun: 'the cluster and kubectl context',
    fix: 'give one of the clusters another id',
    compared: 'equal',
  },
  state: { code: 'ISOLATION_STATE', noun: 'the Terraform state', fix: 'keep each state under a key of its own', compared: 'equal' },
} satisfies Record<string, Kind>;

export type ClaimKind = keyof typeof CLAIM_KINDS;

export function isClaimKind(text: unknown): text is ClaimKind {
  return typeof text === 'string' && Object.hasOwn(CLAIM_KINDS, text);
}
