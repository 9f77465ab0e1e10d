import { type Configuration, changed, destroyable, resources } from '../terraform/configuration';
import { engines } from '../terraform/engine';
import { ReplayedProviders } from '../terraform/replayed-providers';
import { TerraformWorkspace } from '../terraform/terraform-workspace';
import { describeWith } from '../tool';
import { Verdict } from '../verdict';
import { hosted } from './hosted';

describeWith(
  ['terraform-provider-replay', 'shared'],
  'Cloudflare: NOT its provider, a schema read back from the generated bindings',
  () => {
    const configuration: Configuration = JSON.parse(hosted().render().output.read('terraform/dns/cdk.tf.json') as string);
    let provider: ReplayedProviders;
    beforeAll(() => {
      provider = new ReplayedProviders();
    });
    afterAll(() => provider?.remove());

    test.skip('SKIPPED: the real provider of Cloudflare was not run, no registry that is reachable here has it in version 5', () =>
      undefined);

    for (const engine of engines()) {
      if (!engine.program) {
        test.skip(`SKIPPED: ${engine.name} is not on this machine`, () => undefined);
        continue;
      }
      describe(engine.name, () => {
        const verdict = new Verdict(`${engine.name}, schema of the Cloudflare bindings (no provider)`);
        const using = async (given: Configuration, use: (workspace: TerraformWorkspace) => Promise<void>) => {
          const workspace = new TerraformWorkspace(engine, provider, given);
          try {
            expect(await workspace.init()).toMatchObject({ code: 0 });
            await use(workspace);
          } finally {
            workspace.remove();
          }
        };

        test('takes the zone through validate, plan, apply and an empty second plan', async () => {
          const count = resources(configuration).length;
          expect(count).toBeGreaterThan(20);
          await using(destroyable(configuration), async workspace => {
            expect(await workspace.validate()).toEqual({ code: 0, output: '' });
            expect(await workspace.plan()).toMatchObject({ code: 2 });
            expect(await workspace.apply()).toMatchObject({ code: 0 });
            expect(workspace.state()).toHaveLength(count);
            expect(await workspace.plan()).toMatchObject({ code: 0 });
          });
          verdict.took(count);
        });

        test('refuses to destroy the zone', async () => {
          await using(configuration, async workspace => {
            await workspace.plan();
            expect(await workspace.apply()).toMatchObject({ code: 0 });
            const answer = await workspace.destroy();
            verdict.sawBroken(answer.code !== 0);
            expect(answer.output).toMatch(/prevent_destroy|cannot be destroyed/);
          });
        });

        const spoil = (type: string, change: (resource: Record<string, unknown>) => void) =>
          changed(configuration, copy => change(Object.values(copy.resource?.[type] ?? {})[0] as Record<string, unknown>));
        test.each([
          ['a record without zone', spoil('cloudflare_dns_record', r => delete r.zone_id), 'zone_id'],
          ['a record without TTL', spoil('cloudflare_dns_record', r => delete r.ttl), 'ttl'],
          ['a TTL in words', spoil('cloudflare_dns_record', r => Object.assign(r, { ttl: 'automatic' })), 'ttl'],
          ['a misspelt attribute', spoil('cloudflare_dns_record', r => Object.assign(r, { proxy: true })), 'proxy'],
          [
            'the name that the value of a record had in version 4',
            spoil('cloudflare_dns_record', r => Object.assign(r, { value: '203.0.113.1' })),
            'value',
          ],
          ['a part of a record in words', spoil('cloudflare_dns_record', r => Object.assign(r, { data: { priority: 'first' } })), 'data'],
          ['a zone without account', spoil('cloudflare_zone', r => delete r.account), 'account'],
          ['a setting without value', spoil('cloudflare_zone_setting', r => delete r.value), 'value'],
          [
            'the resource of version 4',
            changed(configuration, c => Object.assign(c.resource ?? {}, { cloudflare_record: { a: {} } })),
            'cloudflare_record',
          ],
        ])('broken: refuses %s', async (_, broken, told) => {
          await using(broken, async workspace => {
            const { code, output } = await workspace.validate();
            verdict.sawBroken(code !== 0);
            expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining(told) });
          });
        });
      });
    }
  },
);
