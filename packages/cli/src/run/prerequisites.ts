import type { Plan, PlannedStep } from '@ashlar/analysis';
import { ConfigError } from '@ashlar/core';
import { findProgram } from '../process/find-program';
import { Terraform } from '../terraform/terraform';
import { WorkspaceFolder } from '../terraform/workspace-folder';

/** Words and commands of a shell itself. @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html */
const BUILT_IN = (
  'break case cd command continue do done echo elif else esac eval exec exit export false fi for getopts if in local printf read ' +
  'return set shift test then trap true type umask unset until wait while'
).split(' ');

/**
 * Variables of the environment in which the programs of a step find its secrets. Those that are kept elsewhere they fetch themselves, and
 * so does a person.
 */
export function secretVariables({ action, secrets = [] }: PlannedStep): readonly string[] {
  if (!('run' in action) && !('terraform' in action)) return [];
  return secrets.filter(secret => secret.startsWith('terraform:var.')).map(secret => secret.replace('terraform:var.', 'TF_VAR_'));
}

/**
 * Looks whether everything is there that a plan needs on this machine, before anything is done.
 * @throws RUN_PROGRAM_MISSING, RUN_SECRET_MISSING, TERRAFORM_OUTPUT
 */
export function requirePrerequisites(plan: Plan, out: string, environment: NodeJS.ProcessEnv): void {
  const programs = missing(plan, step => programsOf(step).filter(name => !isInstalled(name, out, environment)));
  if (programs.length > 0) {
    throw new ConfigError(plan.name, 'RUN_PROGRAM_MISSING', `this machine has no ${programs.join(', no ')}`, {
      fix: 'install what is missing; nothing was started',
    });
  }
  const secrets = missing(plan, step => {
    const variables = 'terraform' in step.action ? new WorkspaceFolder(out, step.action.terraform).missingVariables(environment) : [];
    return [...secretVariables(step).filter(name => environment[name] === undefined), ...variables];
  });
  if (secrets.length > 0) {
    throw new ConfigError(plan.name, 'RUN_SECRET_MISSING', `the environment has no ${secrets.join(', no ')}`, {
      fix: 'set them from where the secrets are kept; nothing was started',
    });
  }
}

/** What is missing, sorted, with the first step that needs it: `kubectl (for lab/prod:nodes)`. */
function missing(plan: Plan, of: (step: PlannedStep) => readonly string[]): readonly string[] {
  const first = new Map<string, string>();
  for (const step of plan.steps) for (const name of of(step)) if (!first.has(name)) first.set(name, step.id);
  return [...first].map(([name, step]) => `${name} (for ${step})`).sort();
}

function programsOf({ action, check }: PlannedStep): readonly string[] {
  const commands = [...('run' in action ? action.run : []), ...('command' in check ? [check.command] : [])];
  return [...commands.flatMap(programsIn), ...('terraform' in action ? ['terraform'] : [])];
}

/** The program of a command, and where that is a shell, those that stand where its script has programs. */
function programsIn([program, flag, script = '']: readonly string[]): readonly string[] {
  if (program !== 'sh' || flag !== '-c') return [program as string];
  const unquoted = script.replaceAll(/'[^']*'|"[^"]*"/g, "''");
  const first = unquoted.split(/\|\|?|&&|;|\$\(|\n/).map(part => /^[\s!]*([a-z][\w.-]*)(?=\s|$)/.exec(part)?.[1]);
  return [program, ...first.filter(name => name !== undefined && !BUILT_IN.includes(name))] as string[];
}

function isInstalled(name: string, out: string, environment: NodeJS.ProcessEnv): boolean {
  if (name === 'ashlar') return true;
  if (name !== 'terraform') return findProgram(name, environment, out) !== undefined;
  try {
    return Terraform.program(environment) !== '';
  } catch {
    return false;
  }
}
