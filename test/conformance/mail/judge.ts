import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tool } from '../tool';

/** The libraries that judge mail, which one Python program loads. */
export const JUDGES = ['pyspf', 'dkimpy', 'checkdmarc'] as const;

/** What there is in DNS: `NAME TYPE` to the answers. */
export type Names = Readonly<Record<string, readonly string[]>>;

/** Answers of judge.py, one for each question, in order. */
// biome-ignore lint/suspicious/noExplicitAny: each kind of question has its own form of answer
export function judged(questions: readonly object[]): any[] {
  const folders = JUDGES.map(name => join(dirname(tool(name) as string), '../venv'));
  const packages = folders.map(folder => join(folder, 'lib', readdirSync(join(folder, 'lib'))[0] as string, 'site-packages'));
  const run = spawnSync(join(folders[2] as string, 'bin/python3'), [join(__dirname, 'judge.py')], {
    input: questions.map(question => `${JSON.stringify(question)}\n`).join(''),
    encoding: 'utf8',
    timeout: 120_000,
    env: { PATH: '/usr/bin:/bin', PYTHONPATH: packages.join(':'), PYTHONDONTWRITEBYTECODE: '1' },
  });
  if (run.status !== 0) throw new Error(`judge.py ended with ${run.status}: ${run.stderr}`);
  return run.stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
}
