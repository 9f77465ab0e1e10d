#!/usr/bin/env node
import { ConfigError } from '@ashlar/core';
import { Command } from 'commander';
import { environmentCommand } from './environment/environment-command';
import { isolationCommand } from './estate/isolation-command';
import { kubeconfigCommand } from './kubeconfig/kubeconfig-command';
import { downCommand, runCommand, upCommand } from './run/plan-command';
import { statusCommand } from './run/status-command';

/** Every command, from a module of its own. */
const COMMANDS = [upCommand, downCommand, runCommand, statusCommand, kubeconfigCommand, isolationCommand, environmentCommand];

async function main(): Promise<void> {
  const ashlar = new Command('ashlar').description('Runs what was synthesized');
  for (const command of COMMANDS) ashlar.addCommand(command());
  try {
    await ashlar.parseAsync();
  } catch (error) {
    if (!ConfigError.isConfigError(error)) throw error;
    console.error(`error ${error.message}`);
    process.exitCode ||= 1;
  }
}

void main();
