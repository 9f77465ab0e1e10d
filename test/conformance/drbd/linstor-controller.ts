import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where something is made, what it is listed under, and as what. */
const MADE: readonly (readonly [RegExp, string, (body: Body, part: string) => object])[] = [
  [/^\/v1\/nodes$/, '/v1/nodes', body => ({ name: body.name, type: 'SATELLITE', flags: [] })],
  [/^\/v1\/nodes\/([\w-]+)\/storage-pools$/, '/v1/view/storage-pools', (body, node) => ({ ...body, node_name: node })],
  [/^\/v1\/resource-groups$/, '/v1/resource-groups', body => body],
  [/^\/v1\/resource-groups\/([\w-]+)\/volume-groups$/, '', () => ({ volume_number: 0 })],
  [/^\/v1\/resource-groups\/[\w-]+\/spawn$/, '/v1/resource-definitions', body => ({ name: body.resource_definition_name })],
];

type Body = Readonly<Record<string, unknown>>;

/** The part of a controller's REST API that remembers what it was told, so that a client finds it the next time. It decides nothing. */
export class LinstorController {
  public static async start(): Promise<LinstorController> {
    const controller = new LinstorController();
    await new Promise<void>(done => controller.server.listen(0, '127.0.0.1', done));
    return controller;
  }

  /** Requests that make something, in order. */
  public readonly made: string[] = [];
  /** Requests that set something, in order: path and body. */
  public readonly set: (readonly [string, Body])[] = [];
  private readonly lists = new Map<string, object[]>();
  private readonly server: Server;

  private constructor() {
    this.server = createServer(async (request, response) => {
      const text = JSON.stringify(this.answer(request.method ?? '', request.url ?? '', await bodyOf(request)));
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
    });
  }

  public get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise(done => this.server.close(() => done()));
  }

  private answer(method: string, path: string, body: Body): unknown {
    if (path === '/v1/controller/version') return { version: '1.31.0', git_hash: '', build_time: '', rest_api_version: '1.25.0' };
    if (method === 'GET') return this.lists.get(path) ?? [];
    const maker = method === 'POST' ? MADE.find(([form]) => form.test(path)) : undefined;
    if (maker) {
      const [form, list, item] = maker;
      this.made.push(path);
      const at = list || path;
      this.lists.set(at, [...(this.lists.get(at) ?? []), item(body, form.exec(path)?.[1] ?? '')]);
    } else this.set.push([path, body]);
    return [{ ret_code: 1, message: 'done' }];
  }
}

async function bodyOf(request: IncomingMessage): Promise<Body> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text === '' ? {} : JSON.parse(text);
}
