import { execFileSync } from 'node:child_process';
import { describeWith, tool } from '../tool';
import { Verdict } from '../verdict';
import { NAMES, RELEASES, talosLab } from './talos-labs';

interface Answer {
  readonly id?: string;
  readonly error?: string;
}

describeWith(['talos-schematic-reader'], 'Image factory of Talos', () => {
  const verdict = new Verdict('Talos image factory, schematics');
  const ask = (texts: readonly string[]): Answer[] => {
    const input = JSON.stringify(texts);
    return JSON.parse(execFileSync(tool('talos-schematic-reader') as string, { input, encoding: 'utf8', timeout: 60_000 }));
  };

  test.each(NAMES)('gives the schematic of the cluster %s the name that its installer image has', name => {
    for (const release of RELEASES) {
      const { cluster, files } = talosLab(name, release);
      const [answer] = ask([files[`talos/${cluster.name}/schematic.yaml`] as string]) as [Answer];
      verdict.took(1, answer.id === cluster.image.schematicId ? 0 : 1);
      expect(answer).toEqual({ id: cluster.image.schematicId });
      expect(cluster.image.installer()).toContain(`/${answer.id}:${release.talos}`);
    }
  });

  test.each([
    ['a section that there is not', 'customisation: {}\n'],
    ['extensions of nobody', 'customization:\n  systemExtensions:\n    extensions: [siderolabs/gvisor]\n'],
    ['arguments that are one text', 'customization:\n  extraKernelArgs: console=ttyS0\n'],
    ['text that is no YAML', 'customization: {\n'],
  ])('refuses %s', (_, text) => {
    const [answer] = ask([text]) as [Answer];
    verdict.sawBroken(answer.error !== undefined);
    expect(answer).toEqual({ error: expect.any(String) });
  });
});
