// `node echo.mjs serve <port>` answers on TCP and UDP, v4 and v6, with the address that a message came from and its length.
// `node echo.mjs tcp|udp <port> <bytes> <host> [from]` sends a message of that length, and prints the answer; 1 when there is none in time.
import { createSocket } from 'node:dgram';
import { connect, createServer } from 'node:net';

const PATIENCE = 2500;
const [mode, ...args] = process.argv.slice(2);
const port = Number(args[0]);
const plain = address => address.replace(/^::ffff:/, '');

if (mode === 'serve') {
  const datagrams = createSocket('udp6');
  datagrams.on('message', (message, from) => datagrams.send(`${plain(from.address)} ${message.length}`, from.port, from.address));
  datagrams.bind(port);
  createServer({ allowHalfOpen: true }, socket => {
    let length = 0;
    socket.on('error', () => undefined);
    socket.on('data', data => {
      length += data.length;
    });
    socket.on('end', () => socket.end(`${plain(socket.remoteAddress ?? '')} ${length}`));
  }).listen(port);
} else {
  const message = Buffer.alloc(Number(args[1]), 'x');
  const [host, from] = args.slice(2);
  setTimeout(() => process.exit(1), PATIENCE);
  const say = answer => {
    console.log(answer);
    process.exit(0);
  };
  if (mode === 'udp') {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    socket.on('error', () => process.exit(1));
    socket.on('message', answer => say(String(answer)));
    socket.bind(0, from, () => socket.send(message, port, host));
  } else {
    let answer = '';
    const socket = connect({ host, port, localAddress: from });
    socket.on('error', () => process.exit(1));
    socket.on('data', data => {
      answer += data;
    });
    socket.on('end', () => say(answer));
    socket.end(message);
  }
}
