import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A proxy on 127.0.0.1 that leads every connection to one port of this machine, whatever address was asked for: that of a cluster. */
export class ApiProxy {
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  public static start(port: number): Promise<ApiProxy> {
    const server = createServer((_, response) => response.writeHead(403).end());
    const proxy = new ApiProxy(server);
    server.on('connect', (_, socket: Socket) => {
      const to = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        to.pipe(socket);
        socket.pipe(to);
      });
      for (const end of [socket, to]) {
        proxy.sockets.add(end);
        end.on('error', () => undefined);
        end.on('close', () => {
          proxy.sockets.delete(end);
          socket.destroy();
          to.destroy();
        });
      }
    });
    return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(proxy)));
  }

  public get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    return new Promise(resolve => this.server.close(() => resolve()));
  }
}
