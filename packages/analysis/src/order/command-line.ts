/** A command as a POSIX shell takes it, to be copied. */
export function commandLine(command: readonly string[]): string {
  return command.map(shellWord).join(' ');
}

/** What needs no quotes stays as it is. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
