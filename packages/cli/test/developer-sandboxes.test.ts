import { FirstBoot, type IInstance, Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { TerraformWorkspace } from '@ashlar/terraform';
import { LocalBackend } from 'cdktf';
import { Construct } from 'constructs';
import { DeveloperSandboxes } from '../src';

/** A machine on paper. */
function machine(scope: Construct, id: string, ip?: string): IInstance {
  const construct = new Construct(scope, id);
  return Object.assign(construct, {
    hostName: id,
    fqdn: `${id}.lab.example.net`,
    addresses: ip === undefined ? [] : [{ ip, prefixLength: 24, family: 4, vlan: undefined }],
    firstBoot: new FirstBoot(construct),
    placement: { standsOn: [] },
  }) as unknown as IInstance;
}

function lab() {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const state = (id: string) => new TerraformWorkspace(site, id, { backend: stack => new LocalBackend(stack, { path: 'state' }) });
  const commons = state('commons');
  const sandboxes = new DeveloperSandboxes(site, 'sandboxes', { shared: [commons] });
  const vm = machine(site, 'alice-vm', '10.30.0.2');
  return { site, state, commons, sandboxes, vm };
}

test('what belongs to whom is written for the commands, by name', () => {
  const { site, state, sandboxes, vm } = lab();
  sandboxes.add('bob', { workspace: state('dev-bob'), machines: [machine(site, 'bob-vm', '10.30.0.3')], user: 'bob' });
  sandboxes.add('alice', { workspace: state('dev-alice'), machines: [vm], user: 'alice' });
  expect(JSON.parse(Testing.files(site)['sandboxes.json'] as string)).toEqual({
    shared: ['commons'],
    developers: {
      alice: {
        workspace: 'dev-alice',
        machines: [{ name: 'alice-vm', fqdn: 'alice-vm.lab.example.net', address: '10.30.0.2', user: 'alice' }],
      },
      bob: {
        workspace: 'dev-bob',
        machines: [{ name: 'bob-vm', fqdn: 'bob-vm.lab.example.net', address: '10.30.0.3', user: 'bob' }],
      },
    },
  });
});

test('two developers do not share a state, and none has that of everybody', () => {
  const { state, commons, sandboxes, vm } = lab();
  const own = state('dev-alice');
  sandboxes.add('alice', { workspace: own, machines: [vm], user: 'alice' });
  expect(() => sandboxes.add('bob', { workspace: own, machines: [vm], user: 'bob' })).toThrow(
    '[lab/sandboxes] bob would share the state dev-alice with alice; give each developer a TerraformWorkspace of their own, so that one goes down alone (SANDBOX_STATE)',
  );
  expect(() => sandboxes.add('bob', { workspace: commons, machines: [vm], user: 'bob' })).toThrow(
    '[lab/sandboxes] bob would share the state commons with everybody; give each developer a TerraformWorkspace of their own, so that one goes down alone (SANDBOX_STATE)',
  );
});

test('a name is one developer, and never everybody', () => {
  const { state, sandboxes, vm } = lab();
  const sandbox = { workspace: state('dev-alice'), machines: [vm], user: 'alice' };
  sandboxes.add('alice', sandbox);
  expect(() => sandboxes.add('alice', sandbox)).toThrow('[lab/sandboxes] alice is a developer already; choose another name (SANDBOX_NAME)');
  expect(() => sandboxes.add('all', sandbox)).toThrow('[lab/sandboxes] all stands for everybody; choose another name (SANDBOX_NAME)');
  expect(() => sandboxes.add('Alice', sandbox)).toThrow(
    '[lab/sandboxes] the name of a developer must be a DNS label: up to 63 lower-case letters, digits and dashes, got "Alice"; write it like web-1 (PROP_FORMAT)',
  );
});

test('somebody can log in', () => {
  const { site, state, sandboxes, vm } = lab();
  const workspace = state('dev-alice');
  expect(() => sandboxes.add('alice', { workspace, machines: [], user: 'alice' })).toThrow(
    '[lab/sandboxes.alice] machines is empty; write machines: [vm] (PROP_EMPTY)',
  );
  expect(() => sandboxes.add('alice', { workspace, machines: [machine(site, 'nowhere')], user: 'alice' })).toThrow(
    '[lab/sandboxes] lab/nowhere, a machine of alice, has no address to log in to; give it a host of a segment (SANDBOX_ADDRESS)',
  );
  expect(() => sandboxes.add('alice', { workspace, machines: [vm], user: 'Alice B' })).toThrow(
    '[lab/sandboxes.alice] user must be a user name, got "Alice B"; write it like alice (PROP_FORMAT)',
  );
  expect(() => sandboxes.add('alice', { workspace, machines: [vm], user: 'alice', shell: 'zsh' } as never)).toThrow(
    '[lab/sandboxes.alice] there is no property shell; use one of workspace, machines, user (PROP_UNKNOWN)',
  );
  expect(() => sandboxes.add('alice', { workspace: 'dev-alice' as never, machines: [vm], user: 'alice' })).toThrow(
    `[lab/sandboxes.alice] workspace must be a TerraformWorkspace, got "dev-alice"; write workspace: new TerraformWorkspace(site, 'dev-alice', { … }) (PROP_TYPE)`,
  );
});

test('what all share is a list of states', () => {
  const site = new Site('lab', { domain: 'lab.example.net' });
  expect(() => new DeveloperSandboxes(site, 'sandboxes', { shared: ['commons'] as never })).toThrow(
    '[lab/sandboxes] shared must be a TerraformWorkspace, got "commons"; write shared: [hypervisors] (PROP_TYPE)',
  );
});
