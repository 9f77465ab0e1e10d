import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Compares with a file of `test/golden`; `UPDATE_GOLDEN=1` writes it instead, for a person to read. */
export function expectGolden(name: string, text: string | undefined): void {
  const file = join(__dirname, 'golden', name);
  if (process.env.UPDATE_GOLDEN) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text ?? '');
  }
  expect(text).toBe(existsSync(file) ? readFileSync(file, 'utf8') : `no golden file ${name}`);
}
