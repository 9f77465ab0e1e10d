import { Check, Claims, ConfigError, type IConnectable, isConnectable, pathOf, Secret, vacant } from '@ashlar/core';
import { Construct } from 'constructs';

export interface AccessListProps {
  /** Who may connect: segments, zones, hosts. Read at synthesis. @default - everybody whom the flows let through */
  readonly clients?: readonly IConnectable[];
  /** Passwords by user name. @default - none is asked for */
  readonly users?: Readonly<Record<string, Secret>>;
}

/** Who may use a site, beyond who may reach the proxy. With clients and users, both must hold. */
export class AccessList extends Construct {
  public static isAccessList(x: unknown): x is AccessList {
    return typeof x === 'object' && x !== null && ACCESS_LIST in x;
  }

  public readonly name: string;
  public readonly clients: readonly IConnectable[];
  /** Sorted by name. */
  public readonly users: readonly (readonly [name: string, password: Secret])[];

  /** @throws ACCESS_LIST_NAME, ACCESS_LIST_EMPTY, ACCESS_LIST_CLIENT, ACCESS_LIST_USER */
  constructor(scope: Construct, id: string, props: AccessListProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, ACCESS_LIST, { value: true });
    const check = new Check(this);
    check.known(props, ['clients', 'users']);
    this.name = check.label('the id of an access list', id);
    Claims.of(this).claim('access list', id, this, holder => {
      return new ConfigError(this, 'ACCESS_LIST_NAME', `there is already an access list ${id}, ${pathOf(holder)}`, {
        fix: 'choose another id',
      });
    });
    this.clients = props.clients === undefined ? [] : check.list('clients', props.clients, 'management');
    for (const client of this.clients) {
      if (isConnectable(client)) continue;
      throw new ConfigError(this, 'ACCESS_LIST_CLIENT', 'clients are things that have connections', {
        got: client,
        fix: 'pass the construct itself: a VLAN, a zone, a host',
      });
    }
    this.users = Object.entries(props.users ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [name, password] of this.users) {
      if (/^[\w.-]+$/.test(name) && Secret.is(password)) continue;
      throw new ConfigError(this, 'ACCESS_LIST_USER', `the user ${name} needs a name of letters and digits, and a Secret`, {
        fix: `write users: { anna: Secret.fromOpenBao('kv/proxy', 'anna') }`,
      });
    }
    if (this.clients.length === 0 && this.users.length === 0) {
      throw new ConfigError(this, 'ACCESS_LIST_EMPTY', 'lets nobody in and keeps nobody out', { fix: 'name clients, users, or both' });
    }
  }

  /** Prefixes of the clients, sorted. */
  public prefixes(): readonly string[] {
    return [...new Set(this.clients.flatMap(client => client.connections.endpoint.addresses()))].sort();
  }
}

const ACCESS_LIST = Symbol.for('@ashlar/network.AccessList');
