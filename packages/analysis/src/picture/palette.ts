/** A colour of a segment, and that of text on it. */
export interface Hue {
  readonly name: string;
  readonly fill: string;
  readonly ink: string;
  /** The colour thinned for areas behind dark text. */
  readonly tint: string;
}

/**
 * Colours that people with any kind of colour vision tell apart. With more segments they come again: the tag on
 * everything that has a colour is what tells.
 * @see https://jfly.uni-koeln.de/color/ (Okabe and Ito)
 */
export const HUES: readonly Hue[] = [
  { name: 'blue', fill: '#0072b2', ink: '#ffffff', tint: '#e6f1f8' },
  { name: 'orange', fill: '#e69f00', ink: '#1b2430', tint: '#fdf4e0' },
  { name: 'bluish green', fill: '#009e73', ink: '#1b2430', tint: '#e2f5ef' },
  { name: 'reddish purple', fill: '#cc79a7', ink: '#1b2430', tint: '#faeff5' },
  { name: 'sky blue', fill: '#56b4e9', ink: '#1b2430', tint: '#eaf6fd' },
  { name: 'vermillion', fill: '#d55e00', ink: '#ffffff', tint: '#fbece0' },
  { name: 'yellow', fill: '#f0e442', ink: '#1b2430', tint: '#fdfbe3' },
];

/** Of a network that is no VLAN. */
export const PLAIN_HUE: Hue = { name: 'grey', fill: '#8793a1', ink: '#ffffff', tint: '#eef1f4' };

export const PAINT = {
  page: '#ffffff',
  rack: '#f3f5f8',
  rackEdge: '#cfd6df',
  device: '#2d3847',
  deviceInk: '#ffffff',
  deviceMuted: '#c3ccd8',
  card: '#ffffff',
  cardEdge: '#c4ccd7',
  guest: '#f6f8fa',
  guestEdge: '#d8dee6',
  service: '#ffffff',
  badge: '#e6eaf0',
  ink: '#1b2430',
  muted: '#566272',
  cable: '#6b7889',
  track: '#e4e8ee',
  level: '#5c7894',
  over: '#d55e00',
} as const;
