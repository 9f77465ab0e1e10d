import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tool } from '../tool';
import { bindingsSchema } from './bindings-schema';

const VERSION = '5.14.0';

/** A mirror with one provider: the program that replays a schema, with that of the Cloudflare bindings. */
export class DerivedProvider {
  private readonly folder = mkdtempSync(join(tmpdir(), 'ashlar-cloudflare-'));
  public readonly environment: Readonly<Record<string, string>>;

  constructor() {
    const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
    for (const host of ['registry.terraform.io', 'registry.opentofu.org']) {
      const platform = join(this.folder, 'mirror', host, 'cloudflare/cloudflare', VERSION, `${process.platform}_${architecture}`);
      mkdirSync(platform, { recursive: true });
      symlinkSync(tool('terraform-provider-replay') as string, join(platform, `terraform-provider-cloudflare_v${VERSION}`));
    }
    mkdirSync(join(this.folder, 'schemas'));
    writeFileSync(join(this.folder, 'schemas', `cloudflare-cloudflare-${VERSION}.schema.json`), JSON.stringify(bindingsSchema()));
    const settings = join(this.folder, 'settings.tfrc');
    const mirror = `filesystem_mirror {\n    path = ${JSON.stringify(join(this.folder, 'mirror'))}\n  }`;
    writeFileSync(settings, `disable_checkpoint = true\nprovider_installation {\n  ${mirror}\n}\n`);
    this.environment = { TF_CLI_CONFIG_FILE: settings, ASHLAR_REPLAY_SCHEMA: join(this.folder, 'schemas') };
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
