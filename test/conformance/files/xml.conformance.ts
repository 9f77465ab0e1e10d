import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describeWith, filesBelow, outputs, tool } from '../tool';
import { Verdict } from '../verdict';

/** Form only: pfSense itself, which would judge the meaning, cannot be had here. */
describeWith(['xmllint'], 'XML and SVG', () => {
  const files = outputs().flatMap(({ folder }) => filesBelow(folder, f => /\.(xml|svg)$/.test(f)));
  const verdict = new Verdict('xmllint, well-formed XML and SVG');
  const check = (text: string) => spawnSync(tool('xmllint') as string, ['--noout', '-'], { input: text }).status;

  test('every file is well-formed', () => {
    expect(files.length).toBeGreaterThan(1);
    const faults = files.filter(file => check(readFileSync(file, 'utf8')) !== 0);
    verdict.took(files.length, faults.length);
    expect(faults).toEqual([]);
  });

  test('broken: refuses a file that ends too early', () => {
    const text = readFileSync(files[0] as string, 'utf8');
    const status = check(text.slice(0, -10));
    verdict.sawBroken(status !== 0);
    expect(status).not.toBe(0);
  });
});
