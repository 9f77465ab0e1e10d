import { Check, ConfigError, Duration, type IConnectable, isConnectable, pathOf, vacant } from '@ashlar/core';
import { type IWorkload, namespaceOf, objectName } from '@ashlar/kubernetes';
import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';

export interface RateLimitMiddlewareProps {
  /** Requests of one address in a period, over time, 1–1000000. */
  readonly average: number;
  /** @default Duration.seconds(1) */
  readonly period?: Duration;
  /** Requests beyond the rate that may come at once, 1–1000000. @default - as many as `average` */
  readonly burst?: number;
}

export interface HeadersMiddlewareProps {
  /** Headers set on requests; an empty value removes one. @default - none */
  readonly request?: Readonly<Record<string, string>>;
  /** Headers set on answers; an empty value removes one. @default - none */
  readonly response?: Readonly<Record<string, string>>;
  /** How long browsers remember to come by HTTPS only. @default Duration.days(365) */
  readonly hsts?: Duration;
}

export interface ForwardAuthMiddlewareProps {
  /** The service that is asked; it lets a request pass with a status of 200 to 299. */
  readonly to: IWorkload;
  /** What is asked for, e.g. `/api/authz/forward-auth`. */
  readonly path: string;
  /** Headers of its answer that the workload gets, e.g. `Remote-User`. @default - none */
  readonly responseHeaders?: readonly string[];
}

/** What Traefik does with a request on its way. @see https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/overview/ */
export class Middleware extends Construct {
  /** Answers with 429 what one address asks beyond a rate. @throws PROP_* */
  public static rateLimit(scope: Construct, id: string, props: RateLimitMiddlewareProps): Middleware {
    const check = new Check(at(scope, id));
    check.known(props, ['average', 'period', 'burst']);
    const average = check.integer('average', props.average, 1, 1_000_000);
    const period = check.instance('period', props.period ?? Duration.seconds(1), Duration, 'Duration.seconds(1)').toGo();
    const burst = check.integer('burst', props.burst ?? average, 1, 1_000_000);
    return new Middleware(scope, id, { rateLimit: { average, period, burst } });
  }

  /** Sets headers, among them those by which browsers protect people. @throws PROP_* */
  public static headers(scope: Construct, id: string, props: HeadersMiddlewareProps = {}): Middleware {
    const check = new Check(at(scope, id));
    check.known(props, ['request', 'response', 'hsts']);
    const { request, response } = props;
    for (const [name, value] of Object.entries({ ...request, ...response })) {
      check.text('the name of a header', name, /^[A-Za-z0-9-]+$/, 'letters, digits and dashes', 'X-Shop');
      check.text(name, value, /^[ -~]*$/, 'printable ASCII', 'shop');
    }
    const hsts = check.instance('hsts', props.hsts ?? Duration.days(365), Duration, 'Duration.days(365)').toSeconds();
    const headers = {
      stsSeconds: hsts,
      contentTypeNosniff: true,
      frameDeny: true,
      referrerPolicy: 'strict-origin-when-cross-origin',
      ...(request && { customRequestHeaders: request }),
      ...(response && { customResponseHeaders: response }),
    };
    return new Middleware(scope, id, { headers });
  }

  /** Answers with 403 all but the addresses of `clients`: segments, zones, hosts. @throws MIDDLEWARE_CLIENT, PROP_* */
  public static ipAllowList(scope: Construct, id: string, clients: readonly IConnectable[]): Middleware {
    const stranger = new Check(at(scope, id)).list('clients', clients, 'management').find(client => !isConnectable(client));
    if (stranger !== undefined) {
      throw new ConfigError(at(scope, id), 'MIDDLEWARE_CLIENT', 'clients are things that have connections', {
        got: stranger,
        fix: 'pass the construct itself: a VLAN, a zone, a host',
      });
    }
    const sourceRange = () => [...new Set(clients.flatMap(client => client.connections.endpoint.addresses()))].sort();
    return new Middleware(scope, id, { ipAllowList: { sourceRange: Lazy.any({ produce: sourceRange }) } });
  }

  /** Asks a service about each request. @throws MIDDLEWARE_PORT, PROP_* */
  public static forwardAuth(scope: Construct, id: string, props: ForwardAuthMiddlewareProps): Middleware {
    const check = new Check(at(scope, id));
    check.known(props, ['to', 'path', 'responseHeaders']);
    const path = check.text('path', props.path, /^\/[\w./~-]*$/, 'a path', '/api/authz/forward-auth');
    const port = isConnectable(props.to) ? props.to.connections.defaultPort : undefined;
    if (!port) {
      throw new ConfigError(at(scope, id), 'MIDDLEWARE_PORT', 'to must be a workload with a port', {
        got: props.to,
        fix: 'pass the Workload itself',
      });
    }
    const authResponseHeaders = (props.responseHeaders ?? []).map(name =>
      check.text('responseHeaders', name, /^[A-Za-z0-9-]+$/, 'names of headers', 'Remote-User'),
    );
    const address = `http://${props.to.host}:${port.from}${path}`;
    const forwardAuth = { address, trustForwardHeader: false, ...(authResponseHeaders.length > 0 && { authResponseHeaders }) };
    return new Middleware(scope, id, { forwardAuth }, props.to);
  }

  public static isMiddleware(x: unknown): x is Middleware {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  public readonly name: string;
  public readonly namespace: string;

  private constructor(
    scope: Construct,
    id: string,
    spec: object,
    /** Who is asked about requests. */
    public readonly asks?: IWorkload,
  ) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, MARKER, { value: true });
    this.name = new Check(this).label('the name of a middleware', objectName(this));
    this.namespace = namespaceOf(this);
    new ApiObject(this, 'Resource', { apiVersion: 'traefik.io/v1alpha1', kind: 'Middleware', spec });
  }
}

/** Its path, before it is there. */
function at(scope: Construct, id: string): string {
  return `${pathOf(scope)}/${id}`;
}

const MARKER = Symbol.for('@ashlar/edge.Middleware');
