import { Check, type IConnectable, type Port } from '@ashlar/core';
import type { Construct } from 'constructs';
import type { ReverseProxy } from './reverse-proxy';
import { Upstream } from './upstream';

export interface ForwardAuthProps {
  readonly to: IConnectable;
  readonly port: Port;
  /** What is asked for, e.g. `/api/authz/forward-auth`. */
  readonly path: string;
  /** Headers of its answer that the site gets, e.g. `Remote-User`. @default - none */
  readonly responseHeaders?: readonly string[];
}

/** A service that is asked about each request, and lets it pass with a status of 200 to 299. */
export class ForwardAuth {
  public readonly upstream: Upstream;
  public readonly path: string;
  public readonly responseHeaders: readonly string[];

  constructor(owner: Construct, proxy: ReverseProxy, props: ForwardAuthProps) {
    const check = new Check(owner);
    check.known(props, ['to', 'port', 'path', 'responseHeaders']);
    this.upstream = new Upstream(owner, proxy, { to: props.to, port: props.port });
    this.path = check.text('path', props.path, /^\/[\w./~-]*$/, 'a path', '/api/authz/forward-auth');
    this.responseHeaders = props.responseHeaders ?? [];
    for (const header of this.responseHeaders) check.text('responseHeaders', header, /^[A-Za-z0-9-]+$/, 'names of headers', 'Remote-User');
  }

  /** Read at synthesis. */
  public url(): string {
    return `http://${this.upstream.servers()[0]?.host}:${this.upstream.port.from}${this.path}`;
  }
}
