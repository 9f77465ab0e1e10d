import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A store of Terraform states with locks, as GitLab has it, on 127.0.0.1: a state of each name, kept in memory.
 * @see https://developer.hashicorp.com/terraform/language/backend/http
 */
export class StateStore {
  private readonly states = new Map<string, string>();
  private readonly locks = new Map<string, string>();
  /** How long it takes to keep a state, in milliseconds. */
  public delay = 0;
  /** Called when a state arrives. */
  public onWrite: () => void = () => undefined;

  private constructor(private readonly server: Server) {
    server.on('request', async (request, response) => {
      const [, , name = '', of] = new URL(request.url ?? '', 'http://127.0.0.1').pathname.split('/');
      const body = await text(request);
      const answer = (code: number, content = '') => response.writeHead(code).end(content);
      if (of === 'lock') return this.lock(name, request.method === 'DELETE', body, answer);
      if (request.method === 'GET') return answer(this.states.has(name) ? 200 : 404, this.states.get(name));
      this.onWrite();
      setTimeout(() => {
        this.states.set(name, body);
        answer(200);
      }, this.delay);
    });
  }

  public static start(): Promise<StateStore> {
    const server = createServer();
    const store = new StateStore(server);
    return new Promise(resolve => {
      server.listen(0, '127.0.0.1', () => resolve(store));
    });
  }

  public address(name: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/state/${name}`;
  }

  /** Addresses of what a state holds. */
  public held(name: string): string[] {
    const state = JSON.parse(this.states.get(name) ?? '{"resources":[]}') as { resources: { type: string; name: string }[] };
    return state.resources.map(resource => `${resource.type}.${resource.name}`).sort();
  }

  /** What a state holds, with every value. */
  public resources(name: string): unknown {
    return (JSON.parse(this.states.get(name) ?? '{"resources":[]}') as { resources: unknown }).resources;
  }

  public stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise(resolve => {
      this.server.close(() => resolve());
    });
  }

  private lock(name: string, free: boolean, body: string, answer: (code: number, content?: string) => void): void {
    const holder = this.locks.get(name);
    if (free) this.locks.delete(name);
    else if (holder === undefined) this.locks.set(name, body);
    answer(free || holder === undefined ? 200 : 423, holder);
  }
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
