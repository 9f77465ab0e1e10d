import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Bandwidth, type Command, Power, Secret, Site, Size, type Step } from '@ashlar/core';
import { Bmc, Machine, MachineModel, PowerFeed } from '@ashlar/hardware';
import { Vlan } from '@ashlar/network';
import { describeWith, tool } from '../tool';
import { Verdict } from '../verdict';

const ACCOUNT = { user: 'operator', password: 'example' };

/** A BMC as the Redfish standard has it, with one system or two. @see https://www.dmtf.org/standards/redfish */
class Redfish {
  public state = 'Off';
  public systems = ['1'];
  private readonly server: Server;

  constructor(folder: string) {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=127.0.0.1', '-days', '1', '-nodes'];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' });
    this.server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => this.answer(request, response));
  }

  public listen(): Promise<void> {
    return new Promise(resolve => this.server.listen(0, '127.0.0.1', resolve));
  }

  public get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const wanted = `Basic ${Buffer.from(`${ACCOUNT.user}:${ACCOUNT.password}`).toString('base64')}`;
      const path = (request.url ?? '').replace(/\/$/, '');
      const open = path === '/redfish' || path === '/redfish/v1';
      if (!open && request.headers.authorization !== wanted) return void response.writeHead(401).end();
      const body = request.method === 'POST' ? this.reset(path, Buffer.concat(chunks).toString()) : this.resource(path);
      response.writeHead(body ? 200 : 404, { 'content-type': 'application/json', 'odata-version': '4.0' });
      response.end(JSON.stringify(body ?? {}));
    });
  }

  private resource(path: string): object | undefined {
    if (path === '/redfish') return { v1: '/redfish/v1/' };
    if (path === '/redfish/v1') return { '@odata.id': '/redfish/v1/', Systems: { '@odata.id': '/redfish/v1/Systems' } };
    const link = (id: string) => ({ '@odata.id': `/redfish/v1/Systems/${id}` });
    if (path === '/redfish/v1/Systems') return { Members: this.systems.map(link), 'Members@odata.count': this.systems.length };
    const id = this.systems.find(one => path === `/redfish/v1/Systems/${one}`);
    const target = `${path}/Actions/ComputerSystem.Reset`;
    const reset = { target, 'ResetType@Redfish.AllowableValues': ['On', 'GracefulShutdown'] };
    if (id === undefined) return undefined;
    return { ...link(id), Id: id, PowerState: this.state, Actions: { '#ComputerSystem.Reset': reset } };
  }

  private reset(path: string, body: string): object | undefined {
    if (!path.endsWith('/Actions/ComputerSystem.Reset')) return undefined;
    this.state = (JSON.parse(body) as { ResetType: string }).ResetType === 'On' ? 'On' : 'Off';
    return { ok: true };
  }
}

describeWith(['redfishtool'], 'switching a machine on and off through its BMC', () => {
  const verdict = new Verdict('redfishtool');
  const folder = mkdtempSync(join(tmpdir(), 'power-'));
  const bmc = new Redfish(folder);
  const account = (content: object) => writeFileSync(join(folder, '.ashlar/bmc/pve-01.json'), JSON.stringify(content), { mode: 0o600 });
  let steps: Readonly<Record<string, Step>>;

  beforeAll(async () => {
    await bmc.listen();
    mkdirSync(join(folder, 'out'));
    mkdirSync(join(folder, '.ashlar/bmc'), { recursive: true });
    const { start = [], stop = [] } = machine().lifecycle;
    steps = Object.fromEntries([...start, ...stop].map(step => [step.id, step]));
  });
  afterAll(() => bmc.close());
  beforeEach(() => {
    account(ACCOUNT);
    Object.assign(bmc, { state: 'Off', systems: ['1'] });
  });

  /** Runs a command where a plan does, against the stand-in. */
  const run = (command: Command) =>
    new Promise<number>(resolve => {
      const [program, ...args] = command.map(word => word.replaceAll('10.12.0.11', bmc.host)) as [string, ...string[]];
      const env = { ...process.env, PATH: `${dirname(tool('redfishtool') as string)}:${process.env.PATH}`, no_proxy: '127.0.0.1' };
      spawn(program, args, { cwd: join(folder, 'out'), env, timeout: 60_000, stdio: 'ignore' }).on('close', code => resolve(code ?? 1));
    });
  const act = async (id: string) => {
    const { action } = steps[id] as Step;
    if (!('run' in action)) throw new Error(`${id} is done by hand`);
    for (const command of action.run) expect(await run(command)).toBe(0);
  };
  const isDone = async (id: string) => {
    const { check } = steps[id] as Step;
    if ('ask' in check) throw new Error(`${id} is asked`);
    return (await run(check.command)) === 0;
  };

  test('the check is no before, and yes after', async () => {
    expect([await isDone('power-on'), await isDone('power-off')]).toEqual([false, true]);
    await act('power-on');
    expect([bmc.state, await isDone('power-on'), await isDone('power-off')]).toEqual(['On', true, false]);
    await act('power-off');
    expect([bmc.state, await isDone('power-off')]).toEqual(['Off', true]);
    verdict.took(4);
  }, 120_000);

  test.each([
    ['an account that the BMC has not', () => account({ ...ACCOUNT, password: 'other' })],
    ['no account', () => account({})],
    ['two systems, of which one is meant', () => Object.assign(bmc, { systems: ['1', '2'] })],
  ])(
    '%s: neither on nor off',
    async (_, spoil) => {
      spoil();
      const said = [await isDone('power-on'), await isDone('power-off')];
      verdict.sawBroken(said.every(one => !one));
      expect(said).toEqual([false, false]);
    },
    120_000,
  );
});

function machine(): Machine {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const outOfBand = new Vlan(site, 'out-of-band', { tag: 12, ipv4: '10.12.0.0/24' });
  const parts = { disks: { nvme: Size.terabytes(1) }, nics: { eno1: Bandwidth.gigabits(1) }, power: Power.watts(200) };
  const model = MachineModel.of({ vendor: 'Supermicro', name: 'AS-1115SV', cores: 8, memory: Size.gibibytes(64), ...parts });
  const feeds = [new PowerFeed(site, 'mains', { capacity: Power.watts(2300) })];
  const made = new Machine(site, 'pve-01', { model, feeds });
  const secret = (key: string) => Secret.fromSops('secrets/bmc.yaml', key);
  const credentials = { username: secret('username'), password: secret('password') };
  new Bmc(made, 'bmc', { host: outOfBand.host('pve-01-bmc', 11), credentials });
  return made;
}
