import type { Command } from '@ashlar/core';

/** Space, what stands between commands, words and quoted ones, or anything else. */
const TOKEN = /\s+|(\|\|?|&&|;|\$\(|\))|("(?:(?!\$\()[^"`])*"|'[^']*'|[^\s"'`|&;<>()]+)|./gs;

/**
 * The commands of a shell script that only reads: pipes, `&&`, `!`, variables that hold what a command says. Undefined when there is
 * anything else in it, such as a redirection.
 */
export function shellWords(script: string): Command[] | undefined {
  const commands: string[][] = [[]];
  let glued = false;
  for (const [token, between, word] of script.replaceAll(/\w+=\$\(/g, '$(').matchAll(TOKEN)) {
    if (between !== undefined) commands.push([]);
    else if (word !== undefined) {
      const plain = word.replace(/^(["'])(.*)\1$/s, '$2');
      const command = commands.at(-1) as string[];
      if (glued) command.push(`${command.pop() ?? ''}${plain}`);
      else if (plain !== '!' || command.length > 0) command.push(plain);
    } else if (token.trim() !== '') return undefined;
    glued = word !== undefined;
  }
  return commands.filter((command): command is [string, ...string[]] => command.length > 0);
}
