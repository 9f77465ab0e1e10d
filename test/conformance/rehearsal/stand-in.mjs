#!/usr/bin/env node
// Plays programs that need machines which are not there: ssh, ping, curl, dig, host, by the name under which it is started. What it was
// asked and what it answered is added to ../played/calls.jsonl, and the state of the machines is files beside it. What a person has to do
// is done the second time that anybody looks.
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const folder = join(dirname(process.argv[1]), '../played');
const program = basename(process.argv[1]);
const args = process.argv.slice(2);
const file = key => join(folder, key.replaceAll(/[^\w.-]+/g, '_'));
const is = key => existsSync(file(key));
const set = key => writeFileSync(file(key), '') ?? true;
const meanwhile = key => is(key) || (set(key) && false);
const count = prefix => readdirSync(folder).filter(name => name.startsWith(prefix)).length;

/** What runs on a machine: the first that fits. Each says whether it went well, or what it prints. */
const REMOTE = [
  [/^sudo cat \/etc\/rancher\/k3s\/k3s\.yaml$/, () => is('k3s.yaml') && readFileSync(file('k3s.yaml'), 'utf8')],
  [/^pvesh get \/cluster\/status /, host => JSON.stringify(meanwhile(`person_join_${host}`) ? [{ type: 'cluster', name: 'pve' }] : [])],
  [/^pvesh get \/cluster\/resources /, () => JSON.stringify([{ status: count('guest_') > 0 ? 'stopped' : 'running' }])],
  [/^(?:pct|qm) shutdown (\d+) /, (_, guest) => set(`guest_${guest}`)],
  [/^ha-manager crm-command stop vm:(\d+) /, (_, guest) => set(`guest_${guest}`)],
  [/^systemctl stop (pve-ha-\w+)$/, (host, unit) => set(`inactive_${host}_${unit}`)],
  [/^systemctl start (pve-ha-\w+)$/, (host, unit) => rmSync(file(`inactive_${host}_${unit}`), { force: true }) ?? true],
  [/^systemctl show --property ActiveState pve-ha-lrm pve-ha-crm \| /, host => count(`inactive_${host}_`) === 2],
  [/^systemctl poweroff$/, host => set(`off_${host}`)],
];

const PROGRAMS = {
  ssh() {
    const target = args.findIndex((arg, i) => !arg.startsWith('-') && args[i - 1] !== '-o');
    const host = args[target].replace(/^.*@/, '');
    if (is(`off_${host}`)) return false;
    const command = args.slice(target + 1).join(' ');
    const [form, play] = REMOTE.find(([known]) => known.test(command)) ?? [];
    return form && play(host, ...form.exec(command).slice(1));
  },
  ping: () => !is(`off_${args.at(-1)}`),
  curl: () => (args.at(-1).endsWith('/cacerts') ? is('k3s.yaml') : meanwhile(`person_curl_${args.at(-1)}`)),
  dig: () => meanwhile(`person_dig_${args.join('_')}`),
  host: () => meanwhile(`person_host_${args.join('_')}`),
};

const answer = PROGRAMS[program]?.();
const code = answer === undefined ? 99 : answer === false ? 1 : 0;
if (code === 99) console.error(`nobody plays ${program} ${args.join(' ')}`);
if (typeof answer === 'string') process.stdout.write(answer);
appendFileSync(join(folder, 'calls.jsonl'), `${JSON.stringify({ program, args, code })}\n`);
process.exitCode = code;
