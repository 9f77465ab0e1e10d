import type { Secret } from '@ashlar/core';

/** A place on the server that the deployment fills with the value of a secret. */
export interface DeploySecret {
  /** File on the server. */
  readonly file: string;
  /** Variable, user or user of a list in it. */
  readonly entry: string;
  readonly secret: Secret;
}

/** The places as JSON, sorted, each with the reference `from` which its value comes: never the value. */
export function renderDeploySecrets(secrets: readonly DeploySecret[]): string {
  const places = secrets.map(({ file, entry, secret }) => ({ file, entry, from: secret.describe() }));
  const unique = new Map(places.map(place => [`${place.file}\0${place.entry}`, place]));
  const sorted = [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
  return `${JSON.stringify(sorted, undefined, 2)}\n`;
}
