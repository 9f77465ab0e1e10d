import { createServer, type IncomingMessage, request as plainRequest, type Server } from 'node:http';
import { request as secureRequest } from 'node:https';
import { connect, createServer as createTcpServer, type Server as TcpServer } from 'node:net';

/** A server behind a proxy, which tells who it is and what it was asked. */
export interface LocalServer {
  readonly name: string;
  readonly port: number;
  /** Status of the answers to `path`; those of others are 200. */
  fail(path: string, status: number): void;
  stop(): Promise<void>;
}

/** @param port where it listens. @default - any that is free */
export async function httpServer(name: string, port = 0): Promise<LocalServer> {
  const failing = new Map<string, number>();
  const server = createServer((request, response) => {
    response.statusCode = failing.get(request.url ?? '') ?? 200;
    response.end(JSON.stringify({ server: name, path: request.url, headers: request.headers }));
  });
  return {
    name,
    port: await listening(server, port),
    fail: (path, status) => failing.set(path, status),
    stop: () => {
      server.closeAllConnections();
      return closed(server);
    },
  };
}

/** Says its name to whoever connects. */
export async function tcpServer(name: string): Promise<LocalServer> {
  const server = createTcpServer(socket => {
    // What is not read keeps a connection open, and the server with it.
    socket.on('error', () => undefined).resume();
    socket.end(name);
  });
  return { name, port: await listening(server, 0), fail: () => undefined, stop: () => closed(server) };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Question {
  readonly port: number;
  readonly host: string;
  readonly path?: string;
  /** Whether over TLS, with `host` as the name. */
  readonly secure?: boolean;
  /** Address that it comes from, of 127.0.0.0/8. */
  readonly from?: string;
  readonly headers?: Record<string, string>;
}

/** Asks a proxy on 127.0.0.1. */
export function ask({ port, host, path = '/', secure = false, from, headers = {} }: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, headers: { ...headers, host }, agent: false, timeout: 10_000, localAddress: from };
    const request = secure ? secureRequest({ ...options, servername: host, rejectUnauthorized: false }) : plainRequest(options);
    request.once('error', reject).once('timeout', () => request.destroy(new Error('no answer')));
    request.once('response', response => {
      let body = '';
      response.setEncoding('utf8').on('data', part => {
        body += part;
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.end();
  });
}

/** The name of the server that answered. */
export function serverOf({ body }: Answer): string {
  return body.startsWith('{') ? JSON.parse(body).server : '';
}

/** What a TCP server says; empty when it says nothing before it ends. */
export function listenTo(port: number): Promise<string> {
  return new Promise(resolve => {
    let said = '';
    const socket = connect(port, '127.0.0.1');
    socket.setEncoding('utf8').setTimeout(5000, () => socket.destroy());
    socket.on('data', part => {
      said += part;
    });
    socket.on('error', () => undefined).once('close', () => resolve(said));
  });
}

/**
 * A configuration as it runs on this machine: addresses and ports of the model are those of local servers instead. Nothing else is
 * changed, and every replacement is made at least once.
 */
export function localized(text: string, replacements: readonly (readonly [from: string, to: string])[]): string {
  return replacements.reduce((at, [from, to]) => {
    if (!at.includes(from)) throw new Error(`${from} is not in the configuration`);
    return at.replaceAll(from, to);
  }, text);
}

function listening(server: Server | TcpServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
}

function closed(server: Server | TcpServer): Promise<void> {
  return new Promise(resolve => server.close(() => resolve()));
}
