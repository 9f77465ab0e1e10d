import { createHash } from 'node:crypto';
import {
  Check,
  Claims,
  ConfigError,
  type DisruptionBudget,
  Duration,
  type IDisruptible,
  type ILifecycle,
  type IPlaced,
  type Lifecycle,
  onRender,
  type Placement,
  pathOf,
  Secret,
  type Step,
  vacant,
  warn,
} from '@ashlar/core';
import { Construct } from 'constructs';
import type { DockerSwarm } from './docker-swarm';
import { type StackContents, stackFile } from './stack-file';
import { docker, leaderOf } from './swarm-commands';
import { checkPlacement } from './swarm-placement';
import { type SwarmService, type SwarmServiceProps, settleService } from './swarm-service';
import { isDockerSwarm } from './swarms-of';

export interface SwarmStackProps {
  /** Services by name. */
  readonly services: Readonly<Record<string, SwarmServiceProps>>;
  /** Names of networks that services share, each encrypted between nodes. @default - one, `default` */
  readonly networks?: readonly string[];
  /** Secrets by name, as services ask for them. @default - none */
  readonly secrets?: Readonly<Record<string, Secret>>;
  /** Contents of files by name, as services ask for them. A change makes a new one, and its services are updated. @default - none */
  readonly configs?: Readonly<Record<string, string>>;
}

/**
 * Services of a {@link DockerSwarm} that belong together: a stack file, and how it is deployed.
 *
 * Updates are rolling, wait for health, and go back by themselves. Containers run without privileges on a read-only image.
 * @see https://docs.docker.com/reference/cli/docker/stack/deploy/
 */
export class SwarmStack extends Construct implements IPlaced, ILifecycle, IDisruptible {
  /** Name of the stack, with which the names of everything in it begin. */
  public readonly name: string;
  public readonly services: ReadonlyMap<string, SwarmService>;
  private readonly secrets: Readonly<Record<string, Secret>>;

  /** @throws SWARM_*, IMAGE_*, PROP_* */
  constructor(
    public readonly swarm: DockerSwarm,
    id: string,
    props: SwarmStackProps,
  ) {
    super(vacant(swarm, id), id);
    const check = new Check(this);
    check.instance('scope', swarm, { name: 'DockerSwarm', is: isDockerSwarm }, 'the swarm that runs it');
    check.known(props, ['services', 'networks', 'secrets', 'configs']);
    this.name = check.label('the id of a stack', id);
    this.secrets = props.secrets ?? {};
    const networks = props.networks ?? ['default'];
    for (const name of [...networks, ...Object.keys(this.secrets), ...Object.keys(props.configs ?? {})]) {
      check.text('a name in a stack', name, /^[a-z][a-z0-9_-]{0,50}$/, 'lower-case letters, digits, dashes and underscores', 'db_password');
    }
    for (const [name, secret] of Object.entries(this.secrets))
      check.instance(`secrets.${name}`, secret, Secret, "Secret.fromOpenBao('kv/shop', 'key')");
    const given = Object.entries(check.present('services', props.services, "{ web: { image: 'ghcr.io/example/web:1.4.2', … } }"));
    check.list('services', given, "web: { image: 'ghcr.io/example/web:1.4.2', … }");
    this.services = new Map(given.map(([name, service]) => [name, settleService(this, name, service)]));
    const contents = this.contents(networks, props.configs ?? {});
    for (const name of [...contents.secrets.values(), ...[...contents.configs.values()].map(config => config.name)]) {
      if (name.length > 64)
        throw new ConfigError(this, 'SWARM_NAME', 'names of secrets and configs have at most 64 characters in a swarm', {
          got: name,
          fix: 'choose shorter names',
        });
    }
    for (const [name, service] of this.services) this.checkService(name, service, contents);
    onRender(this, output => {
      output.write(this, this.file, stackFile(contents));
      for (const [name, { file }] of contents.configs) output.write(this, `${this.folder}/${file}`, props.configs?.[name] as string);
    });
  }

  public get placement(): Placement {
    return { standsOn: [[this.swarm]] };
  }

  /** That of its smallest service: an update, and the loss of a node, takes one task at a time. */
  public get disruption(): DisruptionBudget {
    const counts = [...this.services.values()].map(({ replicas }) => (replicas === 'global' ? this.swarm.nodes.length : replicas));
    const replicas = Math.min(...counts);
    return { replicas, minAvailable: replicas - 1 };
  }

  public get lifecycle(): Lifecycle {
    const deploy: Step = {
      id: 'deploy',
      title: `Deploy the stack ${this.name} to ${this.swarm.name}`,
      action: { run: [this.docker('stack', 'deploy', '--compose-file', this.file, '--prune', '--detach=false', this.name)] },
      check: { command: this.docker('service', 'inspect', ...[...this.services.keys()].sort().map(name => `${this.name}_${name}`)) },
      undo: { run: [this.docker('stack', 'rm', this.name)] },
      budget: Duration.minutes(5 + 2 * this.services.size),
    };
    return {
      startsAfter: [this.swarm],
      start: [...this.secretSteps(), deploy],
      upgrade: [
        {
          ...deploy,
          title: `Update the stack ${this.name} on ${this.swarm.name}`,
          check: { ask: `Does every service run what ${this.file} says: ${this.docker('stack', 'services', this.name).join(' ')}` },
          undo: { byHand: `Take the commit back, or run docker service rollback for each service of ${this.name}` },
        },
      ],
    };
  }

  private get folder(): string {
    return `devices/swarm/${this.swarm.name}`;
  }

  private get file(): string {
    return `${this.folder}/${this.name}.yaml`;
  }

  private docker(...args: string[]) {
    return docker(this.swarm, leaderOf(this.swarm), ...args);
  }

  /** Docker takes the value of a secret from its input, where no command line shows it. */
  private secretSteps(): Step[] {
    return Object.entries(this.secrets)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, secret]) => ({
        id: `secret-${name}`,
        title: `Make the secret ${this.name}_${name}`,
        action: {
          byHand: `Give the value of ${secret.describe()} to the input of: ${this.docker('secret', 'create', `${this.name}_${name}`, '-').join(' ')}`,
        },
        check: { command: this.docker('secret', 'inspect', `${this.name}_${name}`) },
        undo: { byHand: `Run: ${this.docker('secret', 'rm', `${this.name}_${name}`).join(' ')}` },
        budget: Duration.minutes(5),
        secrets: [secret],
      }));
  }

  /** Swarms change neither configs nor secrets, so a config has the digest of its content in its name. */
  private contents(networks: readonly string[], configs: Readonly<Record<string, string>>): StackContents {
    const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);
    return {
      services: this.services,
      networks,
      secrets: new Map(Object.keys(this.secrets).map(name => [name, `${this.name}_${name}`])),
      configs: new Map(
        Object.entries(configs).map(([name, text]) => [
          name,
          { name: `${this.name}_${name}_${digest(text)}`, file: `${this.name}/${name}` },
        ]),
      ),
    };
  }

  private checkService(name: string, service: SwarmService, contents: StackContents): void {
    const at = `${pathOf(this)}/${name}`;
    const defined = (what: string, wanted: readonly string[], known: readonly string[]) => {
      for (const one of wanted) {
        if (known.includes(one)) continue;
        throw new ConfigError(at, 'SWARM_UNDEFINED', `uses the ${what} ${one}, which ${pathOf(this)} does not define`, {
          fix: known.length > 0 ? `use one of ${[...known].sort().join(', ')}, or add it to ${what}s` : `add it to ${what}s of the stack`,
        });
      }
    };
    defined('network', service.networks, contents.networks);
    defined('secret', service.secrets, [...contents.secrets.keys()]);
    defined('config', Object.keys(service.configs), [...contents.configs.keys()]);
    checkPlacement(this, name, service);
    for (const { published, protocol = 'tcp' } of service.ports) this.claimPort(name, `${published}/${protocol}`);
    if (service.replicas === 1) {
      warn(this, 'SWARM_ONE_REPLICA', `${name} has one replica: an update, or the loss of its node, stops it`, 'write replicas: 2');
    }
    if (!service.image.digest) {
      warn(this, 'IMAGE_WITHOUT_DIGEST', `the tag of ${service.image} can be moved to another image`, 'give the digest as well');
    }
  }

  /** Every node answers for it, so it is one in the whole swarm. */
  private claimPort(service: string, port: string): void {
    const mine = new Construct(this, `${service}-${port.replace('/', '-')}`);
    Claims.of(this).claim(`port of ${pathOf(this.swarm)}`, port, mine, holder => {
      return new ConfigError(`${pathOf(this)}/${service}`, 'SWARM_PORT_TAKEN', `publishes ${port}, which ${pathOf(holder)} already does`, {
        fix: 'publish another port, or put a proxy before both',
      });
    });
  }
}
