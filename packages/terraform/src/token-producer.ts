import { pathOf } from '@ashlar/core';
import { TerraformElement, type TerraformStack, Tokenization } from 'cdktf';

/** The path of the resource that a token in `text` refers to, when it is one of `stack`. */
export function tokenProducer(stack: TerraformStack, text: string): string | undefined {
  for (const token of Tokenization.reverse(text)) {
    const { identifier, originStack } = token as { identifier?: string; originStack?: TerraformStack };
    if (originStack !== stack || typeof identifier !== 'string') continue;
    const [type, id] = identifier.split('.');
    const element = stack.node
      .findAll()
      .filter(TerraformElement.isTerraformElement)
      .find(e => e.friendlyUniqueId === id && (e as { terraformResourceType?: string }).terraformResourceType === type);
    return `${element ? pathOf(element) : pathOf(stack)} (${identifier})`;
  }
  return undefined;
}
