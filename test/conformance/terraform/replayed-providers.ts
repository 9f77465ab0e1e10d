import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shared, tool } from '../tool';
import { bindingsSchema } from './bindings-schema';
import { cloudSchemas } from './cloud-schemas';

/** The hosts that the engines put before a source that names none. */
const HOSTS = ['registry.terraform.io', 'registry.opentofu.org'];

/**
 * A mirror of providers on disk, so that `init` resolves versions for real and without a network. Every schema of the reference data
 * becomes a provider, and so does what the bindings of Cloudflare, AWS, Google and Azure say of theirs; all of them are the same program,
 * which plays the one under whose name it is started.
 */
export class ReplayedProviders {
  private readonly folder = mkdtempSync(join(tmpdir(), 'ashlar-providers-'));
  /** What an engine and the providers under it need to know. */
  public readonly environment: Readonly<Record<string, string>>;

  constructor() {
    const program = tool('terraform-provider-replay');
    const reference = shared();
    if (!program || !reference) throw new Error('the replaying provider or the reference data is missing');
    const schemas = this.schemas(join(reference, 'conformance/terraform'));
    for (const file of readdirSync(schemas)) {
      const named = /^([^-]+)-(.+?)-(\d.*)\.schema\.json$/.exec(file);
      if (!named) throw new Error(`${file} is not named <namespace>-<provider>-<version>.schema.json`);
      const [, namespace = '', name = '', version = ''] = named;
      for (const host of HOSTS) this.add(host, namespace, name, version, program);
    }
    const settings = join(this.folder, 'settings.tfrc');
    const mirror = `filesystem_mirror {\n    path = ${JSON.stringify(join(this.folder, 'mirror'))}\n  }`;
    writeFileSync(settings, `disable_checkpoint = true\nprovider_installation {\n  ${mirror}\n}\n`);
    this.environment = {
      TF_CLI_CONFIG_FILE: settings,
      ASHLAR_REPLAY_SCHEMA: schemas,
      ASHLAR_REPLAY_PVE_API: join(reference, 'conformance/pve/pve-9.1-api.schema.json'),
    };
  }

  /** Those of the reference data, and what bindings say of providers whose schemas nobody here has. */
  private schemas(reference: string): string {
    const schemas = join(this.folder, 'schemas');
    mkdirSync(schemas);
    for (const file of readdirSync(reference)) symlinkSync(join(reference, file), join(schemas, file));
    writeFileSync(join(schemas, 'cloudflare-cloudflare-5.14.0.schema.json'), JSON.stringify(bindingsSchema()));
    for (const [file, schema] of cloudSchemas()) writeFileSync(join(schemas, file), JSON.stringify(schema));
    return schemas;
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private add(host: string, namespace: string, name: string, version: string, program: string): void {
    const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
    // The mirror wants three parts; the program looks its schema up by the version as the file has it.
    const full = /^\d+\.\d+$/.test(version) ? `${version}.0` : version;
    const platform = join(this.folder, 'mirror', host, namespace, name, full, `${process.platform}_${architecture}`);
    mkdirSync(platform, { recursive: true });
    symlinkSync(program, join(platform, `terraform-provider-${name}_v${version}`));
  }
}
