/** Machines for developers, up and down from one file. Read top to bottom; `npm run synth` writes what it means to ./out. */
import { environment, Site } from '@ashlar/core';

export const devSandbox = environment(module, () => new Site('dev-sandbox', { domain: 'dev.example.net' }));
