import { Testing } from '@ashlar/core/testing';
import {
  Fn,
  Lazy,
  LocalBackend,
  TerraformLocal,
  TerraformOutput,
  TerraformResource,
  type TerraformStack,
  TerraformVariable,
  Token,
} from 'cdktf';
import type { Construct } from 'constructs';
import { renderStack, TerraformWorkspace } from '../src';

class AnyResource extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly attributes: Record<string, unknown>,
  ) {
    super(scope, id, { terraformResourceType: 'test_thing', lifecycle: { ignoreChanges: ['name'] } });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.attributes;
  }
}

const backend = (stack: TerraformStack) => new LocalBackend(stack, { path: 'terraform.tfstate' });

function workspace(): TerraformStack {
  return new TerraformWorkspace(Testing.site(), 'vms', { backend }).stack;
}

test('gives what the engine gives, with tokens of every kind', () => {
  const stack = workspace();
  const first = new AnyResource(stack, 'first', {
    name: 'a',
    count_of: 3,
    nothing: null,
    absent: undefined,
    nested: { list: [{ x: 1, y: null }] },
  });
  const variable = new TerraformVariable(stack, 'password', { type: 'string', sensitive: true });
  const local = new TerraformLocal(stack, 'joined', Fn.join('-', [first.getStringAttribute('id'), 'x']));
  new AnyResource(stack, 'second', {
    name: `after-${first.getStringAttribute('id')}`,
    password: variable.value,
    cores: first.getNumberAttribute('cores'),
    text_with_number: `has ${first.getNumberAttribute('cores')} cores`,
    list: first.getListAttribute('addresses'),
    lazy: Lazy.anyValue({ produce: () => [{ late: true }] }),
    expression: local.expression,
    escaped: '${literal}',
    tokenInKey: { [Token.asString(first.getStringAttribute('key'))]: 1 },
  });
  new TerraformOutput(stack, 'address', { value: first.getStringAttribute('address') });
  stack.addOverride('terraform.required_version', '>= 1.5');
  expect(JSON.parse(renderStack(stack))).toEqual(JSON.parse(JSON.stringify(stack.toTerraform())));
});

test('keys are sorted, so that the order of construction shows nowhere', () => {
  const render = (ids: string[]) => {
    const stack = workspace();
    for (const id of ids) new AnyResource(stack, id, { name: id });
    return renderStack(stack);
  };
  expect(render(['b', 'a', 'c'])).toBe(render(['c', 'b', 'a']));
});

test('a reference to another state is refused, with both named', () => {
  const site = Testing.site();
  const one = new TerraformWorkspace(site, 'one', { backend });
  const two = new TerraformWorkspace(site, 'two', { backend });
  const source = new AnyResource(one.stack, 'source', { name: 'a' });
  new AnyResource(two.stack, 'target', { name: source.getStringAttribute('id') });
  expect(Testing.findings(site)).toEqual([
    'error [test/two/target] refers to a resource of test/one, which is another state; take the value from the model, or put both into one workspace (TERRAFORM_REFERENCE_ACROSS_STATES)',
  ]);
});
