import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { tool } from '../tool';

/** A program that runs Terraform configurations. */
export interface Engine {
  readonly name: string;
  /** Its path, or undefined when it is not on this machine. */
  readonly program: string | undefined;
  /** True when CI must have it. */
  readonly required: boolean;
}

/**
 * OpenTofu is built from source and so can be had everywhere; Terraform is used where somebody installed it.
 */
export function engines(): Engine[] {
  return [
    { name: 'terraform', program: onPath('terraform'), required: false },
    { name: 'tofu', program: tool('tofu') ?? onPath('tofu'), required: true },
  ];
}

function onPath(program: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(folder => folder !== '');
  return folders.map(folder => join(folder, program)).find(path => existsSync(path));
}
