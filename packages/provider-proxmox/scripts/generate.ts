/** Writes src/generated from schema.lock.json: one module for each resource, one for the provider, and an index that loads none of them. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Facts } from '../src/facts';
import { type LazyModule, lazyIndex } from './lazy-index';
import { PropsInterfaces } from './props-interfaces';
import { referenceGetters } from './reference-getters';
import { ResourceName } from './resource-name';
import { readLock } from './schema-lock';

const OUT = join(__dirname, '..', 'src', 'generated');
const HEADER = '// Generated from schema.lock.json by scripts/generate.ts.\n';
const lock = readLock();

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });

const version = { providerName: 'proxmox', providerVersion: lock.version, providerVersionConstraint: lock.version, source: lock.source };
write(
  'provider-facts',
  `/** The provider that the bindings are of. */\nexport const PROVIDER = ${JSON.stringify(version, undefined, 2)} as const;\n`,
);

const modules = [providerModule(lock.provider), ...Object.entries(lock.resources).map(([type, facts]) => resourceModule(type, facts))];
const names = modules.flatMap(({ className, types }) => [className, ...types]);
const twice = names.find((name, i) => names.indexOf(name) !== i);
if (twice) throw new Error(`two modules export ${twice}`);
write('index', lazyIndex(modules));

function resourceModule(terraformType: string, facts: Facts): LazyModule {
  const name = new ResourceName(terraformType);
  const { className, file } = name;
  const docs = name.docs(lock.source, lock.version);
  const props = new PropsInterfaces(`${className}Props`, className, facts, `What ${className} takes.`, {
    extends: 'TerraformMetaArguments',
  });
  const body = [
    props.text,
    `const SCHEMA = new ResourceSchema('${className}', '${terraformType}', '${docs}', ${literal(facts)});\n\n`,
    `/**\n * The resource \`${terraformType}\`.\n *\n * @see ${docs}\n */\nexport class ${className} extends ProxmoxResource {\n`,
    `  public static readonly tfResourceType = '${terraformType}';\n\n`,
    `  constructor(scope: Construct, id: string, props: ${className}Props${props.allOptional ? ' = {}' : ''}) {\n    super(scope, id, SCHEMA, props);\n  }\n\n`,
    referenceGetters(facts),
    '}\n',
  ].join('');
  write(file, imports(body, "import { ProxmoxResource } from '../resource';\n"));
  return { file, className, types: props.names };
}

function providerModule(facts: Facts): LazyModule {
  const className = 'ProxmoxProvider';
  const docs = `https://registry.terraform.io/providers/${lock.source}/${lock.version}/docs`;
  const alias = '  /** Tells apart several configurations of the provider in one stack. */\n  readonly alias?: string;\n';
  const props = new PropsInterfaces(`${className}Props`, className, facts, `What ${className} takes.`, { members: alias });
  const body = [
    props.text,
    `const SCHEMA = new ResourceSchema('${className}', 'proxmox', '${docs}', ${literal(facts)});\n\n`,
    `/**\n * The configuration of ${lock.source} ${lock.version}.\n *\n * @see ${docs}\n */\nexport class ${className} extends ProxmoxProviderBase {\n`,
    `  constructor(scope: Construct, id: string, props: ${className}Props${props.allOptional ? ' = {}' : ''}) {\n    super(scope, id, SCHEMA, props);\n  }\n}\n`,
  ].join('');
  write('provider', imports(body, "import { ProxmoxProviderBase } from '../provider';\n"));
  return { file: 'provider', className, types: props.names };
}

/** The body under the imports that it needs. */
function imports(body: string, base: string): string {
  const types = ['IResolvable', 'TerraformMetaArguments'].filter(name => body.includes(name));
  const cdktf = [
    body.includes('Fn.') ? "import { Fn } from 'cdktf';\n" : '',
    types.length > 0 ? `import type { ${types.join(', ')} } from 'cdktf';\n` : '',
  ].join('');
  return `${cdktf}import type { Construct } from 'constructs';\n${base}import { ResourceSchema } from '../schema';\n\n${body}`;
}

/** Facts as a TypeScript literal. */
function literal(facts: Facts): string {
  return JSON.stringify(facts, undefined, 2)
    .replace(/"(\w+)":/g, '$1:')
    .replaceAll('"', "'");
}

function write(file: string, text: string): void {
  writeFileSync(join(OUT, `${file}.ts`), HEADER + text);
}
