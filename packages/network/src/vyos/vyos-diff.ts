#!/usr/bin/env node
/** `ashlar-vyos-diff <old config.boot> <new config.boot>`: the commands that lead from one revision to the other. */
import { readFileSync } from 'node:fs';
import { ConfigError } from '@ashlar/core';
import { difference } from './difference';
import { parseConfigBoot } from './parse-config-boot';

function main([old, now, ...rest]: readonly string[]): void {
  if (old === undefined || now === undefined || rest.length > 0)
    throw new Error('usage: ashlar-vyos-diff <old config.boot> <new config.boot>');
  const read = (file: string) => parseConfigBoot(readFileSync(file, 'utf8'));
  for (const command of difference(read(old), read(now))) console.log(command);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Error) || (!ConfigError.isConfigError(error) && !('code' in error) && !error.message.startsWith('usage')))
    throw error;
  console.error(error.message);
  process.exitCode = 1;
}
