import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { describeWith, filesBelow, outputs, ROOT, tool } from '../tool';
import { Verdict } from '../verdict';

/** A renderer of SVG, as a browser or a wiki has one. */
describeWith(['rsvg-convert'], 'pictures', () => {
  const files = outputs().flatMap(({ folder }) => filesBelow(folder, path => path.endsWith('.svg')));
  const verdict = new Verdict('librsvg, pictures of reports');
  const drawn = (text: string) => {
    const { status, stdout } = spawnSync(tool('rsvg-convert') as string, [], { input: text, maxBuffer: 64 * 1024 * 1024 });
    return status === 0 ? stdout : undefined;
  };
  /** Width and height, which the header of a PNG begins with. */
  const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];

  test('every picture is drawn in the size that it declares, and is not empty', () => {
    expect(files.filter(file => file.endsWith('/rack.svg')).length).toBeGreaterThan(0);
    const faults = files.filter(file => {
      const text = readFileSync(file, 'utf8');
      const declared = ['width', 'height'].map(name => Number(text.match(new RegExp(`<svg [^>]*\\b${name}="(\\d+)"`))?.[1]));
      const png = drawn(text);
      return !png || String(sizeOf(png)) !== String(declared) || png.length < 4096;
    });
    verdict.took(files.length, faults.length);
    expect(faults.map(file => relative(ROOT, file))).toEqual([]);
  });

  const first = () => readFileSync(files[0] as string, 'utf8');
  test.each<[string, () => string]>([
    ['one that ends too early', () => first().slice(0, -10)],
    ['an attribute without quotes', () => first().replace(/width="\d+"/, 'width=100')],
    ['an ampersand that nobody escaped', () => first().replace('</title>', ' & more</title>')],
    ['no picture at all', () => '# Capacity\n'],
  ])('broken: refuses %s', (_, broken) => {
    const refused = drawn(broken()) === undefined;
    verdict.sawBroken(refused);
    expect(refused).toBe(true);
  });
});
