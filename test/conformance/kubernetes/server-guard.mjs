// `node server-guard.mjs <seconds> <program> [argument …]` runs a server for as long as whoever started this keeps its standard input
// open, and no longer than that many seconds. A test that is killed cannot tidy up, and jest forwards no exit of the process to it; the
// end of a pipe is seen in every case.
import { spawn } from 'node:child_process';

const [seconds, program, ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
let failed = false;
child.once('error', error => {
  console.error(error.message);
  process.exit(127);
});
child.once('exit', code => process.exit(failed ? 124 : (code ?? 1)));

function end() {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), 5000).unref();
}

setTimeout(() => {
  console.error(`ended after ${seconds} s, the most that a server of a test gets`);
  failed = true;
  end();
}, Number(seconds) * 1000).unref();
process.stdin.resume().once('end', end).once('error', end);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
