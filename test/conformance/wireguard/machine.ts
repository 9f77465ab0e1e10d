import { spawn, spawnSync } from 'node:child_process';
import type { Socket } from 'node:net';
import { join } from 'node:path';

/** The most that a machine of a test lives, in seconds. */
const LIFETIME = 900;

/** What the first process of a machine does: files of its own, then it waits until whoever started it is gone. It tells its number. */
const BOOT = `
set -e
read -r pid rest < /proc/self/stat
mount --make-rprivate /
mount -t proc proc /proc
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /etc/wireguard
for file in hosts resolv.conf; do : > /run/$file; mount --bind /run/$file /etc/$file; done
ip link set lo up
echo "$pid"
exec timeout ${LIFETIME} cat > /run/stdin
`;

/** What a command said. */
export interface Said {
  readonly status: number | null;
  readonly text: string;
}

/**
 * A Linux machine as far as routing goes: a network, processes, `/etc/wireguard`, `/run` and `/etc/hosts` of its own, all in namespaces
 * that end with their first process, and that process with this one.
 */
export class Machine {
  /** Why machines cannot be had here, if they cannot. */
  public static missing(): string | undefined {
    if (process.platform !== 'linux') return 'network namespaces are of Linux';
    const tried = spawnSync('unshare', ['--net', '--mount', '--pid', '--fork', 'sh', '-c', 'test -c /dev/net/tun'], { encoding: 'utf8' });
    if (tried.status === 0) return undefined;
    return tried.stderr?.trim() || (tried.error ? 'there is no unshare' : 'there is no /dev/net/tun');
  }

  public static async boot(name: string): Promise<Machine> {
    const init = spawn('unshare', ['--net', '--mount', '--pid', '--fork', '--kill-child=SIGKILL', 'sh', '-c', BOOT], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const pid = await new Promise<number>((resolve, reject) => {
      init.stdout.once('data', data => resolve(Number(data)));
      init.stderr.once('data', told => reject(new Error(`${name}: ${told}`)));
    });
    // Nobody waits for it.
    init.stdout.destroy();
    init.stderr.destroy();
    init.unref();
    (init.stdin as Socket).unref();
    return new Machine(name, pid);
  }

  private constructor(
    public readonly name: string,
    private readonly pid: number,
  ) {}

  /** Joins two machines by a cable; each end gets its addresses. */
  public cable(port: string, addresses: readonly string[], to: Machine, toPort: string, toAddresses: readonly string[]): void {
    const ends = ['name', port, 'netns', String(this.pid), 'type', 'veth', 'peer', 'name', toPort, 'netns', String(to.pid)];
    const made = spawnSync('ip', ['link', 'add', ...ends], { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(made.stderr);
    this.configure(port, addresses);
    to.configure(toPort, toAddresses);
  }

  /** Runs shell commands; what they say is the standard output and the errors together. */
  public run(commands: string, env: NodeJS.ProcessEnv = {}, seconds = 60): Said {
    const { status, stdout, stderr } = spawnSync('nsenter', ['-t', String(this.pid), '-n', '-m', '-p', 'sh', '-c', commands], {
      encoding: 'utf8',
      timeout: seconds * 1000,
      env: { ...process.env, ...env },
    });
    return { status, text: `${stdout}${stderr}`.trim() };
  }

  /** Runs commands that must succeed. */
  public do(commands: string, env: NodeJS.ProcessEnv = {}): string {
    const { status, text } = this.run(`set -e\n${commands}`, env);
    if (status !== 0) throw new Error(`${this.name}: ${commands}\nended with ${status}: ${text}`);
    return text;
  }

  public write(path: string, text: string): void {
    const { status, stderr } = spawnSync('nsenter', ['-t', String(this.pid), '-m', 'sh', '-c', 'umask 077; cat > "$0"', path], {
      encoding: 'utf8',
      input: text,
    });
    if (status !== 0) throw new Error(`${this.name}: ${path}: ${stderr}`);
  }

  /** Answers everybody on a port, TCP and UDP, with the address that they come from. */
  public listen(port: number): void {
    this.do(`"${process.execPath}" "${join(__dirname, 'echo.mjs')}" serve ${port} > /run/echo.log 2>&1 &`);
  }

  /** What somebody who listens tells of where we come from, or undefined when nothing comes back in time. */
  public ask(protocol: 'tcp' | 'udp', host: string, port: number, from = '', bytes = 16): string | undefined {
    const { status, text } = this.run(
      `"${process.execPath}" "${join(__dirname, 'echo.mjs')}" ${protocol} ${port} ${bytes} ${host} ${from}`,
    );
    return status === 0 ? text : undefined;
  }

  public stop(): void {
    process.kill(this.pid, 'SIGKILL');
  }

  private configure(port: string, addresses: readonly string[]): void {
    const add = (address: string) => `ip address add ${address} dev ${port}${address.includes(':') ? ' nodad' : ''}`;
    this.do([...addresses.map(add), `ip link set dev ${port} up`].join('\n'));
  }
}
