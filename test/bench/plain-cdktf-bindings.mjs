// The bindings that a cdktf user has: what the engine's own generator makes of the provider's schema. Made once, in a cache.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const GENERATOR = '0.21.0';
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const SHARED = process.env.ASHLAR_SHARED ?? join(ROOT, '../shared');
const SCHEMA = join(SHARED, 'conformance/terraform/bpg-proxmox-0.111.1.schema.json');
const PROVIDER = 'registry.terraform.io/bpg/proxmox';

/** Folder of the compiled bindings, or a reason why there are none. */
export async function plainCdktfBindings() {
  if (!existsSync(SCHEMA)) return { skipped: 'the schema of bpg/proxmox is not there (../shared)' };
  const cache = process.env.ASHLAR_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'ashlar');
  const folder = join(cache, `cdktf-bindings-${GENERATOR}`);
  if (existsSync(folder)) return { folder };
  try {
    mkdirSync(cache, { recursive: true });
    const work = `${folder}.new`;
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work);
    writeFileSync(join(work, 'package.json'), '{"private":true}');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', `@cdktf/provider-generator@${GENERATOR}`], {
      cwd: work,
      stdio: 'ignore',
      timeout: 300_000,
    });
    await generate(work);
    // Compiled code resolves cdktf from the workspace: both sides of the comparison use one engine.
    rmSync(join(work, 'node_modules'), { recursive: true });
    renameSync(work, folder);
    return { folder };
  } catch (error) {
    return { skipped: `the engine's generator could not be had: ${error.message.split('\n')[0]}` };
  }
}

async function generate(work) {
  process.env.CHECKPOINT_DISABLE = '1';
  const require = createRequire(join(work, 'package.json'));
  const { TerraformProviderGenerator } = require('@cdktf/provider-generator/lib/get/generator/provider-generator');
  const { CodeMaker } = require('codemaker');
  const { ConstructsMakerProviderTarget, LANGUAGES, TerraformProviderConstraint } = require('@cdktf/commons');
  const whole = JSON.parse(readFileSync(SCHEMA, 'utf8')).provider_schemas[PROVIDER];
  const vm = 'proxmox_virtual_environment_vm';
  const schema = {
    provider_schemas: {
      [PROVIDER]: { provider: whole.provider, resource_schemas: { [vm]: whole.resource_schemas[vm] }, data_source_schemas: {} },
    },
  };
  const code = new CodeMaker();
  new TerraformProviderGenerator(code, schema).generate(
    new ConstructsMakerProviderTarget(new TerraformProviderConstraint('bpg/proxmox'), LANGUAGES[0]),
  );
  await code.save(work);
  for (const file of readdirSync(work, { recursive: true }).filter(f => f.endsWith('.ts') && !f.startsWith('node_modules'))) {
    const { outputText } = ts.transpileModule(readFileSync(join(work, file), 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
    });
    writeFileSync(join(work, file.replace(/\.ts$/, '.js')), outputText);
  }
}
