/** A platform on rented servers. Read top to bottom; `npm run synth` writes what it means to ./out. */
import { environment, Site } from '@ashlar/core';

export const adplatform = environment(module, () => {
  const site = new Site('adplatform', { domain: 'ads.example.net' });
  return site;
});
