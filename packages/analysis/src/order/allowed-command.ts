import type { Command } from '@ashlar/core';
import { ALLOWED_PROGRAMS, type AllowedProgram } from './allowed-programs';
import { shellWords } from './shell-words';

/** Why a command may not be part of a step, and what to write instead. */
export interface CommandFault {
  readonly problem: string;
  readonly fix: string;
}

/** What is allowed less in an action: a check may read more, and may be a pipe of programs that read. */
type Use = 'action' | 'check';

const BY_HAND = "or say { byHand: '…' } when a person has to decide";

/** What is wrong with a command as part of a step, if anything. */
export function commandFault(command: Command, use: Use): CommandFault | undefined {
  const [program, ...args] = command;
  const name = String(program).split('/').at(-1) as string;
  if (['sh', 'bash'].includes(name)) return shellFault(args, use);
  if (name === 'ssh') return remoteFault(args, use);
  const allowed = ALLOWED_PROGRAMS.find(({ names }) => names.includes(name));
  if (!allowed || (allowed.readsOnly && use === 'action')) {
    return {
      problem: `nobody knows what ${name} changes`,
      fix: `apply a file of the output with a program that is known for it, ${BY_HAND}`,
    };
  }
  if (use === 'action' && (name === 'terraform' || name === 'tofu')) {
    return { problem: 'states have an action of their own, which shows the plan first', fix: "write action: { terraform: '<workspace>' }" };
  }
  const refused = args.find(arg => allowed.refused?.flags.test(arg) && !readsAnyway(args, arg));
  if (refused !== undefined) return { problem: `${refused}: ${allowed.refused?.because}`, fix: 'write it into a file of the output' };
  return verbFault(name, args, allowed, use) ?? fileFault(args, allowed);
}

/** `curl --request GET` reads. */
function readsAnyway(args: readonly string[], flag: string): boolean {
  return ['-X', '--request'].includes(flag) && ['GET', 'HEAD'].includes(args[args.indexOf(flag) + 1] ?? '');
}

function verbFault(name: string, args: readonly string[], allowed: AllowedProgram, use: Use): CommandFault | undefined {
  if (!allowed.verbs) return undefined;
  const verbs = use === 'check' ? [...allowed.verbs, ...(allowed.reads ?? [])] : allowed.verbs;
  const words = plainWords(args, allowed).join(' ');
  if (verbs.some(verb => words === verb || words.startsWith(`${verb} `))) {
    if (!/^delete (?!node[ /])/.test(words) || args.some(arg => isFlag(arg, allowed.files ?? []))) return undefined;
  }
  const [verb = 'nothing'] = words.split(' ');
  return {
    problem: `${name} ${verb} changes what no file of the output says`,
    fix: `change the program and apply its file; ${name} may ${[...verbs].sort().join(', ')}; ${BY_HAND}`,
  };
}

function plainWords(args: readonly string[], { valued = [] }: AllowedProgram): string[] {
  return args.filter((arg, i) => !arg.startsWith('-') && !valued.includes(args[i - 1] ?? ''));
}

/** Files that are applied are part of the output, or private ones beside it. */
function fileFault(args: readonly string[], { files = [] }: AllowedProgram): CommandFault | undefined {
  for (const [i, arg] of args.entries()) {
    if (!isFlag(arg, files)) continue;
    const file = arg.includes('=') ? arg.slice(arg.indexOf('=') + 1) : (args[i + 1] ?? '');
    if (/^(\.\.\/\.ashlar\/|(?!\.\.\/|\/|-)[^:]*$)/.test(file)) continue;
    return { problem: `${file} is no file of the output`, fix: 'render it into the output, or keep it in ../.ashlar when it is secret' };
  }
  return undefined;
}

function isFlag(arg: string, flags: readonly string[]): boolean {
  return flags.some(flag => arg === flag || arg.startsWith(`${flag}=`));
}

/** A pipe of programs that are allowed themselves. */
function shellFault(args: readonly string[], use: Use): CommandFault | undefined {
  const [flag, script = ''] = args;
  const commands = use === 'check' && flag === '-c' ? shellWords(script) : undefined;
  if (commands === undefined) {
    return {
      problem: 'a shell may change anything',
      fix: 'list its programs, one command each; a check may be a pipe of programs that read',
    };
  }
  for (const command of commands) {
    const fault = commandFault(command, use);
    if (fault) return fault;
  }
  return undefined;
}

const SSH_VALUED = ['-i', '-p', '-l', '-o', '-F', '-J'];

/** What runs on the other side is held to the same. */
function remoteFault(args: readonly string[], use: Use): CommandFault | undefined {
  const host = args.findIndex((arg, i) => !arg.startsWith('-') && !SSH_VALUED.includes(args[i - 1] ?? ''));
  const remote = shellWords(args.slice(host + 1).join(' '));
  if (host === -1 || !remote || remote.length === 0 || (use === 'action' && remote.length > 1)) {
    return { problem: 'a session on a machine may change anything', fix: `name the one command that runs there, ${BY_HAND}` };
  }
  for (const command of remote) {
    const fault = commandFault(command, use);
    if (fault) return fault;
  }
  return undefined;
}
