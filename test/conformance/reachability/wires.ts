import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { tool } from '../tool';

export interface Probe {
  readonly source: string;
  readonly destination: string;
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
}

/** Why the kernel refuses network namespaces here; undefined when it has them. */
export function refusal(): string | undefined {
  const run = spawnSync('unshare', ['-n', 'ip', 'link', 'add', 'probe0', 'type', 'veth', 'peer', 'name', 'probe1'], { encoding: 'utf8' });
  return run.status === 0 ? undefined : (run.stderr || String(run.error)).trim();
}

/** A network namespace, alive as long as the process that holds it. */
export class Namespace {
  private readonly holder: ChildProcess;

  constructor() {
    this.holder = spawn('unshare', ['-n', 'sleep', '300'], { stdio: 'ignore' });
    // The namespace is there when the holder's differs from ours.
    const ours = spawnSync('readlink', ['/proc/self/ns/net'], { encoding: 'utf8' }).stdout;
    for (let tries = 0; tries < 200; tries++) {
      const its = spawnSync('readlink', [`/proc/${this.pid}/ns/net`], { encoding: 'utf8' }).stdout;
      if (its !== '' && its !== ours) break;
      spawnSync('sleep', ['0.02']);
    }
    this.run('ip link set lo up');
    // Every refused packet is told, not only some of them each second.
    this.run('sysctl -qw net.ipv4.icmp_ratelimit=0 net.ipv4.icmp_msgs_per_sec=100000 net.ipv4.ip_forward=1');
  }

  public get pid(): number {
    return this.holder.pid as number;
  }

  public run(command: string, input = ''): string {
    const run = spawnSync('nsenter', ['-t', String(this.pid), '-n', '--', ...command.split(' ')], {
      encoding: 'utf8',
      input,
      timeout: 60_000,
    });
    if (run.status !== 0) throw new Error(`${command}: ${run.stderr}${run.error ?? ''}`);
    return run.stdout;
  }

  /** A wire from an interface here to `eth0` there. */
  public wire(name: string, other: Namespace): void {
    this.run(`ip link add ${name} type veth peer name eth0 netns ${other.pid}`);
    this.run(`ip link set ${name} up`);
    other.run('ip link set eth0 up');
  }

  public rules(text: string): void {
    this.run(`${tool('nft')} flush ruleset`);
    this.run(`${tool('nft')} -f -`, text);
  }

  public probe(probes: readonly Probe[]): boolean[] {
    return JSON.parse(this.run(`${process.execPath} ${join(__dirname, 'probe.mjs')}`, JSON.stringify(probes)));
  }

  public end(): void {
    this.holder.kill('SIGKILL');
  }
}
