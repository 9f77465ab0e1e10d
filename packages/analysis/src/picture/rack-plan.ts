/** What a picture of racks shows: what is in which unit, on which feed, and where its cables lead. */
export interface RackPlan {
  readonly title: string;
  readonly racks: readonly Elevation[];
}

/** One rack from the front. */
export interface Elevation {
  /** Undefined for what is in no rack. */
  readonly name?: string;
  readonly facts: readonly string[];
  readonly units: number;
  readonly feeds: readonly Bus[];
  readonly switches: readonly Bus[];
  /** From the top down; those at no particular unit last. */
  readonly devices: readonly RackedDevice[];
}

/** What several devices of a rack hang on: a feed, a switch. */
export interface Bus {
  readonly name: string;
  readonly facts: readonly string[];
}

export interface RackedDevice {
  readonly name: string;
  readonly kind: 'machine' | 'switch';
  readonly facts: readonly string[];
  /** Names of what runs on it. */
  readonly guests: readonly string[];
  /** Lowest unit and number of units; undefined at no particular one. */
  readonly units?: { readonly first: number; readonly count: number };
  /** Positions of its feeds among those of the rack. */
  readonly feeds: readonly number[];
  /** Positions of the switches of this rack that its cables lead to; of a switch, its own. */
  readonly switches: readonly number[];
  /** One line for each cable. */
  readonly cables: readonly string[];
}
