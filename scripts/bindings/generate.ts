/**
 * Writes src/generated of the package in the working directory from its schema.lock.json: one module for each resource and data source,
 * one for the provider, and an index that loads none of them.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Facts } from '../../packages/terraform/src/bindings';
import { type BindingKind, BindingName, pascalCase } from './binding-name';
import { type LazyModule, lazyIndex } from './lazy-index';
import { PropsInterfaces } from './props-interfaces';
import { referenceGetters } from './reference-getters';
import { providerName, readBindingList, readLock } from './schema-lock';

/** What the generated classes of a kind extend, what their props extend, and what names their Terraform type. */
const BASES: { readonly [kind in BindingKind]: readonly [base: string, meta: string, typeProperty: string, noun: string] } = {
  resource: ['BoundResource', 'TerraformMetaArguments', 'tfResourceType', 'resource'],
  data: ['BoundDataSource', 'DataMetaArguments', 'tfDataSourceType', 'data source'],
};

const FOLDER = process.cwd();
const OUT = join(FOLDER, 'src', 'generated');
const HEADER = '// Generated from schema.lock.json by scripts/bindings/generate.ts.\n';
const lock = readLock(FOLDER);
const provider = { name: providerName(lock.source), longPrefix: readBindingList(FOLDER).longPrefix };

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });

const version = {
  providerName: provider.name,
  providerVersion: lock.version,
  providerVersionConstraint: lock.version,
  source: lock.source,
};
write(
  'provider-facts',
  `/** The provider that the bindings are of. */\nexport const PROVIDER = ${JSON.stringify(version, undefined, 2)} as const;\n`,
);

const modules = [providerModule(lock.provider), ...ofKind('resource', lock.resources), ...ofKind('data', lock.dataSources)];
const names = modules.flatMap(({ className, types }) => [className, ...types]);
const twice = names.find((name, i) => names.indexOf(name) !== i);
if (twice) throw new Error(`two modules export ${twice}`);
write('index', lazyIndex(modules));

function ofKind(kind: BindingKind, listed: { readonly [terraformType: string]: Facts }): LazyModule[] {
  return Object.entries(listed).map(([type, facts]) => boundModule(new BindingName(kind, type, provider), facts));
}

function boundModule(name: BindingName, facts: Facts): LazyModule {
  const { className, file, terraformType } = name;
  const [base, meta, typeProperty, noun] = BASES[name.kind];
  const docs = name.docs(lock.source, lock.version);
  const props = new PropsInterfaces(`${className}Props`, className, facts, `What ${className} takes.`, { extends: meta });
  const body = [
    props.text,
    `const SCHEMA = new BoundSchema(PROVIDER, '${className}', '${terraformType}', '${docs}', ${literal(facts)});\n\n`,
    `/**\n * The ${noun} \`${terraformType}\`.\n *\n * @see ${docs}\n */\nexport class ${className} extends ${base} {\n`,
    `  public static readonly ${typeProperty} = '${terraformType}';\n\n`,
    `  constructor(scope: Construct, id: string, props: ${className}Props${props.allOptional ? ' = {}' : ''}) {\n    super(scope, id, SCHEMA, props);\n  }\n\n`,
    referenceGetters(facts),
    '}\n',
  ].join('');
  write(file, imports(body));
  return { file, className, types: props.names };
}

function providerModule(facts: Facts): LazyModule {
  const className = `${pascalCase(provider.name)}Provider`;
  const docs = `https://registry.terraform.io/providers/${lock.source}/${lock.version}/docs`;
  const alias = '  /** Tells apart several configurations of the provider in one stack. */\n  readonly alias?: string;\n';
  const props = new PropsInterfaces(`${className}Props`, className, facts, `What ${className} takes.`, { members: alias });
  const body = [
    props.text,
    `const SCHEMA = new BoundSchema(PROVIDER, '${className}', '${provider.name}', '${docs}', ${literal(facts)});\n\n`,
    `/**\n * The configuration of ${lock.source} ${lock.version}.\n *\n * @see ${docs}\n */\nexport class ${className} extends BoundProvider {\n`,
    `  constructor(scope: Construct, id: string, props: ${className}Props${props.allOptional ? ' = {}' : ''}) {\n    super(scope, id, SCHEMA, props);\n  }\n}\n`,
  ].join('');
  write('provider', imports(body));
  return { file: 'provider', className, types: props.names };
}

/** The body under the imports that it needs. */
function imports(body: string): string {
  const used = (names: string[]) => names.filter(name => new RegExp(`\\b${name}\\b`).test(body)).join(', ');
  const types = used(['IResolvable', 'TerraformMetaArguments']);
  return [
    `import { ${used(['BoundDataSource', 'BoundProvider', 'BoundResource'])}, BoundSchema } from '@ashlar/terraform/bindings';\n`,
    body.includes('DataMetaArguments') ? "import type { DataMetaArguments } from '@ashlar/terraform/bindings';\n" : '',
    body.includes('Fn.') ? "import { Fn } from 'cdktf';\n" : '',
    types && `import type { ${types} } from 'cdktf';\n`,
    `import type { Construct } from 'constructs';\nimport { PROVIDER } from './provider-facts';\n\n${body}`,
  ].join('');
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
