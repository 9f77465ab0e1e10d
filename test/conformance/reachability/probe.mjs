/**
 * Opens a connection for each line of JSON on standard input, all at once, and prints for each whether anybody answered. A closed port
 * answers too: with a reset, or with an error of ICMP. What a firewall drops stays silent.
 */
import { createSocket } from 'node:dgram';
import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';

const SILENCE = 1500;

const probes = JSON.parse(await text(process.stdin));
const answers = await Promise.all(probes.map(probe => (probe.protocol === 'tcp' ? tcp(probe) : udp(probe))));
process.stdout.write(JSON.stringify(answers));
process.exit(0);

function tcp({ source, destination, port }) {
  return new Promise(resolve => {
    const socket = createConnection({ host: destination, port, localAddress: source });
    const end = answered => {
      socket.destroy();
      resolve(answered);
    };
    setTimeout(end, SILENCE, false);
    socket.on('connect', () => end(true));
    socket.on('error', error => end(error.code === 'ECONNREFUSED'));
  });
}

function udp({ source, destination, port }) {
  return new Promise(resolve => {
    const socket = createSocket('udp4');
    setTimeout(() => resolve(false), SILENCE);
    socket.on('error', error => resolve(error.code === 'ECONNREFUSED'));
    socket.bind(0, source, () => socket.connect(port, destination, () => socket.send('probe')));
  });
}
