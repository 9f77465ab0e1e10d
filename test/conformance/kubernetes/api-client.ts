import { Agent, request } from 'node:https';

/** A manifest. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** What the API server answered. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the body is whatever the API server sends
  readonly body: any;
}

interface ResourceKind {
  readonly plural: string;
  readonly namespaced: boolean;
}

/** Talks to an API server on this machine, with at most 16 connections. */
export class ApiClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 16, rejectUnauthorized: false });
  private readonly kinds = new Map<string, Promise<Map<string, ResourceKind>>>();

  constructor(
    private readonly port: number,
    private readonly token: string,
  ) {}

  public call(method: string, path: string, body?: unknown, type = 'application/json'): Promise<Answer> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${this.token}`,
        ...(payload && { 'content-type': type, 'content-length': Buffer.byteLength(payload) }),
      };
      const call = request({ host: '127.0.0.1', port: this.port, path, method, agent: this.agent, headers, timeout: 30_000 }, response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, body: text.startsWith('{') ? JSON.parse(text) : text });
        });
      });
      call.on('error', reject);
      call.on('timeout', () => call.destroy(new Error(`${method} ${path} took too long`)));
      call.end(payload);
    });
  }

  /** Server-side apply; the server checks every field, and with `dryRun` keeps nothing. */
  public async apply(object: KubernetesObject, dryRun: boolean): Promise<Answer> {
    const path = await this.pathOf(object);
    if (!path) return { status: 404, body: { message: `no definition of ${object.apiVersion} ${object.kind}` } };
    const query = `fieldManager=conformance&fieldValidation=Strict&force=true${dryRun ? '&dryRun=All' : ''}`;
    return this.call('PATCH', `${path}?${query}`, object, 'application/apply-patch+yaml');
  }

  /** Path of an object, or undefined when the server does not know its kind. */
  public async pathOf({ apiVersion, kind, metadata }: KubernetesObject): Promise<string | undefined> {
    const known = (await this.resources(apiVersion)).get(kind);
    if (!known) return undefined;
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const within = known.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
    return `${root}${within}/${known.plural}/${metadata.name}`;
  }

  private resources(apiVersion: string): Promise<Map<string, ResourceKind>> {
    const present = this.kinds.get(apiVersion);
    if (present) return present;
    const found = this.call('GET', apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`).then(({ body }) => {
      const list: { name: string; kind: string; namespaced: boolean }[] = body.resources ?? [];
      return new Map(list.filter(r => !r.name.includes('/')).map(r => [r.kind, { plural: r.name, namespaced: r.namespaced }]));
    });
    this.kinds.set(apiVersion, found);
    return found;
  }
}

/** `Invalid: spec.replicas: …`, short enough for a table. */
export function told(answer: Answer): string {
  return `${answer.status} ${String(answer.body?.message ?? answer.body).slice(0, 300)}`;
}
