import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

interface Attribute {
  readonly type?: unknown;
  readonly nested_type?: { readonly nesting_mode: 'single' | 'list'; readonly attributes: Attributes };
  readonly required?: true;
  readonly optional?: true;
  readonly computed?: true;
}
type Attributes = Record<string, Attribute>;

const MODULES = {
  cloudflare_dns_record: 'dns-record',
  cloudflare_zone: 'zone',
  cloudflare_zone_dnssec: 'zone-dnssec',
  cloudflare_zone_setting: 'zone-setting',
};

/**
 * The schema of the Cloudflare provider as far as it can be read back from the bindings that were generated from it: names, types, what
 * is required. What the provider itself checks beside its schema (choices, ranges, which attributes go together) is not in it.
 */
export function bindingsSchema(): object {
  const resources = Object.entries(MODULES).map(
    ([type, module]) => [type, { version: 0, block: { attributes: resource(module) } }] as const,
  );
  const provider = { version: 0, block: { attributes: withoutAlias(interfaceOf(read('provider'), 'CloudflareProviderConfig')) } };
  const source = 'registry.terraform.io/cloudflare/cloudflare';
  return {
    format_version: '1.0',
    provider_schemas: { [source]: { provider, resource_schemas: Object.fromEntries(resources), data_source_schemas: {} } },
  };
}

function resource(module: string): Attributes {
  const file = read(module);
  const name = module.replace(/(^|-)(\w)/g, (_, _dash, letter) => letter.toUpperCase());
  const attributes = interfaceOf(file, `${name}Config`);
  return { ...attributes, id: { type: 'string', computed: true } };
}

function withoutAlias({ alias: _, ...attributes }: Attributes): Attributes {
  return attributes;
}

function read(module: string): ts.SourceFile {
  const folder = dirname(require.resolve('@cdktf/provider-cloudflare/package.json'));
  const path = join(folder, 'lib', module, 'index.d.ts');
  return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
}

function interfaceOf(file: ts.SourceFile, name: string): Attributes {
  const found = file.statements.filter(ts.isInterfaceDeclaration).find(declaration => declaration.name.text === name);
  if (!found) throw new Error(`${file.fileName} has no interface ${name}`);
  const members = found.members.filter(ts.isPropertySignature);
  return Object.fromEntries(members.map(member => [snake(member.name.getText()), attribute(file, member)]));
}

function attribute(file: ts.SourceFile, member: ts.PropertySignature): Attribute {
  const presence = member.questionToken ? ({ optional: true, computed: true } as const) : ({ required: true } as const);
  const text = (member.type as ts.TypeNode).getText().replace(' | cdktf.IResolvable', '');
  const simple: Readonly<Record<string, unknown>> = { string: 'string', number: 'number', boolean: 'bool', 'string[]': ['list', 'string'] };
  if (text in simple) return { type: simple[text], ...presence };
  if (text.startsWith('{')) return { type: 'dynamic', ...presence };
  return { nested_type: { nesting_mode: 'single', attributes: interfaceOf(file, text) }, ...presence };
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`).replace(/ipv(4|6)_only/, 'ipv$1_only');
}
