import { Check, onRender } from '@ashlar/core';
import type { Construct } from 'constructs';
import { Host } from '../segments/host';
import { renderNpmObjects } from './npm-objects';
import { type ProxyProduct, ReverseProxy } from './reverse-proxy';

export interface NginxProxyManagerProps {
  readonly host: Host;
}

/**
 * An Nginx Proxy Manager, as what its API is to be told: `devices/nginx-proxy-manager/<id>/objects.json`. Its certificates are
 * ordered in the name, and with the mail address, of the account that tells it. Its own interface on port 81 is its users' business;
 * whoever may reach it is a flow like any other.
 * @see https://nginxproxymanager.com/
 */
export class NginxProxyManager extends ReverseProxy {
  public readonly host: Host;

  constructor(scope: Construct, id: string, props: NginxProxyManagerProps) {
    const check = new Check(String(id));
    super(
      scope,
      id,
      { hosts: [check.instance('host', props?.host, { name: 'Host', is: Host.isHost }, "services.host('npm', 10)")] },
      PRODUCT,
    );
    new Check(this).known(props, ['host']);
    this.host = props.host;
    onRender(this, output => output.write(this, `devices/nginx-proxy-manager/${id}/objects.json`, renderNpmObjects(this)));
  }
}

/** 81 is its own interface. nginx verifies no server by default, and the API has no field for it. */
const PRODUCT: ProxyProduct = {
  name: 'Nginx Proxy Manager',
  options: [],
  healthChecks: { sites: [], tcp: [] },
  challenges: ['http-01', 'dns-01'],
  balances: false,
  verifies: false,
  listens: [80, 81, 443],
};
