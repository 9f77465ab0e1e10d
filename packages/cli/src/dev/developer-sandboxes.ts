import { Check, ConfigError, type IInstance, onRender, pathOf, Site, vacant } from '@ashlar/core';
import { TerraformWorkspace } from '@ashlar/terraform';
import { Construct } from 'constructs';
import type { SandboxIndex, SandboxMachine } from './sandbox-index';

export interface DeveloperSandboxesProps {
  /** States that every sandbox needs, in the order in which they are applied: hypervisors, templates, a shared database. @default - none */
  readonly shared?: readonly TerraformWorkspace[];
}

export interface DeveloperSandboxProps {
  /** State that holds what is the developer's own, and nothing else. */
  readonly workspace: TerraformWorkspace;
  /** Machines that the developer logs in to. */
  readonly machines: readonly IInstance[];
  /** Account on these machines. */
  readonly user: string;
}

/**
 * What `dev-up` and `dev-down` bring up and take down: for each developer a Terraform state of their own, and the states that all
 * of them need. It writes `sandboxes.json`.
 */
export class DeveloperSandboxes extends Construct {
  private readonly shared: readonly TerraformWorkspace[];
  private readonly developers = new Map<string, DeveloperSandboxProps>();

  /** @throws ID_TAKEN, PROP_UNKNOWN, PROP_TYPE */
  constructor(scope: Construct, id: string, props: DeveloperSandboxesProps = {}) {
    super(vacant(scope, id), id);
    Site.of(this);
    const check = new Check(this);
    check.known(props, ['shared']);
    this.shared = props.shared ?? [];
    for (const workspace of this.shared) check.instance('shared', workspace, WORKSPACE, '[hypervisors]');
    onRender(this, output => output.write(this, 'sandboxes.json', `${JSON.stringify(this.index(), undefined, 2)}\n`));
  }

  /**
   * Adds a developer.
   * @param name what is written behind `dev-up`, a DNS label
   * @throws SANDBOX_NAME when there is one already, SANDBOX_STATE when the state is somebody else's, SANDBOX_ADDRESS when a machine has none
   */
  public add(name: string, sandbox: DeveloperSandboxProps): void {
    const check = new Check(this);
    check.label('the name of a developer', name);
    if (name === 'all' || this.developers.has(name)) {
      const holder = name === 'all' ? 'stands for everybody' : 'is a developer already';
      throw new ConfigError(this, 'SANDBOX_NAME', `${name} ${holder}`, { fix: 'choose another name' });
    }
    const of = new Check(`${pathOf(this)}.${name}`);
    of.known(sandbox, ['workspace', 'machines', 'user']);
    of.instance('workspace', sandbox.workspace, WORKSPACE, "new TerraformWorkspace(site, 'dev-alice', { … })");
    of.text('user', sandbox.user, /^[a-z_][a-z0-9_-]{0,31}$/, 'a user name', 'alice');
    for (const machine of of.list('machines', sandbox.machines, 'vm')) this.requireAddress(name, machine);
    const other = this.holderOf(sandbox.workspace);
    if (other !== undefined) {
      throw new ConfigError(this, 'SANDBOX_STATE', `${name} would share the state ${sandbox.workspace.name} with ${other}`, {
        fix: 'give each developer a TerraformWorkspace of their own, so that one goes down alone',
      });
    }
    this.developers.set(name, sandbox);
  }

  private holderOf(workspace: TerraformWorkspace): string | undefined {
    if (this.shared.includes(workspace)) return 'everybody';
    return [...this.developers].find(([, sandbox]) => sandbox.workspace === workspace)?.[0];
  }

  private requireAddress(name: string, machine: IInstance): void {
    if (machine.addresses.length > 0) return;
    throw new ConfigError(this, 'SANDBOX_ADDRESS', `${pathOf(machine)}, a machine of ${name}, has no address to log in to`, {
      fix: 'give it a host of a segment',
    });
  }

  private index(): SandboxIndex {
    const machine = (user: string, { hostName, fqdn, addresses }: IInstance): SandboxMachine => {
      return { name: hostName, fqdn, address: addresses[0]?.ip as string, user };
    };
    return {
      shared: this.shared.map(workspace => workspace.name),
      developers: Object.fromEntries(
        [...this.developers]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, { workspace, machines, user }]) => {
            return [name, { workspace: workspace.name, machines: machines.map(instance => machine(user, instance)) }];
          }),
      ),
    };
  }
}

const WORKSPACE = { name: 'TerraformWorkspace', is: TerraformWorkspace.isTerraformWorkspace };
