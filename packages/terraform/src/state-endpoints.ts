import { type IInstance, isAddressed, isServing, type NameUse } from '@ashlar/core';
import { TerraformElement, TerraformProvider, type TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';

/** Host names and addresses that the state's backend and its providers are configured with. */
export function endpointsOf(stack: TerraformStack): NameUse[] {
  const hosts = new Map<string, string>();
  for (const text of textsIn(stack.ensureBackendExists().toTerraform())) hosts.set(hostOf(text), 'its state');
  for (const provider of providersOf(stack)) for (const text of textsIn(provider.toTerraform())) hosts.set(hostOf(text), 'its provider');
  hosts.delete('');
  return [...hosts].map(([name, what]) => ({ name, for: what }));
}

/** The configurations of providers in a state. */
export function providersOf(stack: TerraformStack): TerraformProvider[] {
  return constructsOf(stack).filter(element => TerraformProvider.isTerraformProvider(element)) as TerraformProvider[];
}

/** Elements of a state. */
export function elementsOf(stack: TerraformStack): TerraformElement[] {
  return constructsOf(stack).filter(TerraformElement.isTerraformElement);
}

/** Everything in a state. Iterative: a deep tree must not overflow the stack. */
export function constructsOf(stack: TerraformStack): IConstruct[] {
  const found: IConstruct[] = [stack];
  for (const construct of found) found.push(...construct.node.children);
  return found;
}

/** Names and addresses at which a construct answers once it runs. */
export function namesOf(construct: IConstruct): readonly string[] {
  if (isServing(construct)) return construct.serves;
  if (!isAddressed(construct) || !('firstBoot' in construct)) return []; // an address alone, such as one of a segment, starts nothing
  return [(construct as IInstance).fqdn, ...construct.addresses.map(({ ip }) => ip)];
}

/** Every text in a value. */
export function* textsIn(value: unknown): Generator<string> {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const at = open.pop();
    if (typeof at === 'string') yield at;
    else if (typeof at === 'object' && at !== null) open.push(...Object.values(at));
  }
}

/** The host of an address, or the text itself when it is a host name or an IP address. */
function hostOf(text: string): string {
  const url = /^[a-z][a-z0-9+.-]*:\/\/(?:\[([0-9a-f:]+)\]|([\w.-]+))/i.exec(text);
  return (url?.[1] ?? url?.[2] ?? (/^[\w-]+(\.[\w-]+)+$/.test(text) ? text : '')).toLowerCase();
}
