import { Check, Claims, ConfigError, type ILifecycle, type Lifecycle, onRender, pathOf, vacant } from '@ashlar/core';
import { Host } from '@ashlar/network';
import { Construct } from 'constructs';
import { isIspConfigObject, renderCalls } from './ispconfig-call';
import { serverLifecycle } from './server-lifecycle';

export interface IspConfigServerProps {
  /** Machine on which the panel runs. */
  readonly host: Host;
  /** `server_id` of the machine in ISPConfig; a panel without others is 1. @default 1 */
  readonly serverId?: number;
}

/**
 * An ISPConfig panel, and what it is told: clients, zones, mail and web sites, as calls of its remote API in
 * `devices/ispconfig/<host>/objects.json`.
 *
 * Whoever sends them logs in (`login`), puts the session into each, resolves `$secret` and `$id`, and leaves out what the panel has already.
 * The remote user needs the functions of clients, DNS, mail and sites.
 * @see https://www.ispconfig.org/documentation/
 */
export class IspConfigServer extends Construct implements ILifecycle {
  public static isIspConfigServer(x: unknown): x is IspConfigServer {
    return typeof x === 'object' && x !== null && SERVER in x;
  }

  public readonly host: Host;
  public readonly serverId: number;

  /** @throws ISPCONFIG_SERVER */
  constructor(scope: Construct, id: string, props: IspConfigServerProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, SERVER, { value: true });
    const check = new Check(this);
    check.known(props, ['host', 'serverId']);
    this.host = check.instance('host', props.host, { name: 'Host', is: Host.isHost }, "dmz.host('panel', 20)");
    this.serverId = check.integer('serverId', props.serverId ?? 1, 1, 2_147_483_647);
    Claims.of(this).claim('ispconfig', this.host.fqdn, this, holder => {
      return new ConfigError(this, 'ISPCONFIG_SERVER', `${this.host.fqdn} already runs the panel ${pathOf(holder)}`, {
        fix: 'add what it is told there',
      });
    });
    onRender(this, output => {
      const calls = this.node
        .findAll()
        .filter(isIspConfigObject)
        .flatMap(object => object.calls());
      output.write(this, `devices/ispconfig/${this.host.name}/objects.json`, renderCalls(this, calls));
    });
  }

  public get lifecycle(): Lifecycle {
    return serverLifecycle(this);
  }
}

const SERVER = Symbol.for('@ashlar/hosting.IspConfigServer');
