import { type Command, Duration, pathOf, type Step, type StepCheck } from '@ashlar/core';
import type { Bmc } from './bmc';
import type { Machine } from './machine';

/** What a machine is to be: switched on, or off. */
type PowerState = 'on' | 'off';

/** What one asks a BMC for, by the protocol that it speaks. */
interface PowerProgram {
  readonly switch: Readonly<Record<PowerState, Command>>;
  /** Ends with 0 when the machine is so. Both programs tell the state and end with 0, whatever it is. */
  readonly is: Readonly<Record<PowerState, Command>>;
}

/**
 * Switches a machine on, through its BMC, or by somebody who presses the button.
 *
 * The account of a BMC is in no argument, where every user of the system reads it: the programs take it from a file in `../.ashlar/bmc`,
 * which whoever runs the plan writes before, readable for nobody else.
 * @see https://www.gnu.org/software/freeipmi/manpages/man8/ipmipower.8.html
 * @see https://github.com/DMTF/Redfishtool
 */
export function powerOn(machine: Machine): Step {
  const { bmc, name } = machine;
  return {
    id: 'power-on',
    title: `Switch ${name} on`,
    action: bmc ? { run: [programOf(bmc).switch.on] } : { byHand: `Press the power button of ${pathOf(machine)}` },
    check: isState(machine, 'on'),
    undo: bmc ? { run: [programOf(bmc).switch.off] } : { byHand: `Hold the power button of ${name} until it is off` },
    budget: Duration.minutes(5),
    ...account(bmc),
  };
}

/** Switches a machine off, when its operating system has not done so already; it is asked first. */
export function powerOff(machine: Machine): Step {
  const { bmc, name } = machine;
  return {
    id: 'power-off',
    title: `Switch ${name} off`,
    action: bmc ? { run: [programOf(bmc).switch.off] } : { byHand: `Press the power button of ${pathOf(machine)} once, and wait` },
    check: isState(machine, 'off'),
    undo: bmc ? { run: [programOf(bmc).switch.on] } : { byHand: `Press the power button of ${name}` },
    budget: Duration.minutes(5),
    ...account(bmc),
  };
}

function isState({ bmc, name }: Machine, state: PowerState): StepCheck {
  return bmc ? { command: programOf(bmc).is[state] } : { ask: `Is ${name} ${state}?` };
}

function account(bmc: Bmc | undefined): Pick<Step, 'secrets'> {
  return bmc ? { secrets: [bmc.credentials.username, bmc.credentials.password] } : {};
}

function programOf(bmc: Bmc): PowerProgram {
  return bmc.protocol === 'redfish' ? redfish(bmc) : ipmi(bmc);
}

function redfish({ ip, machine }: Bmc): PowerProgram {
  const account = `../.ashlar/bmc/${machine.name}.json`;
  const system = ['-c', account, '-r', host(ip), '-S', 'Always', 'Systems', '-1'];
  const is = (state: string): Command => piped(['redfishtool', ...system, 'get', '-P', 'PowerState'], `"${state}"`);
  return {
    switch: { on: ['redfishtool', ...system, 'reset', 'On'], off: ['redfishtool', ...system, 'reset', 'GracefulShutdown'] },
    is: { on: is('On'), off: is('Off') },
  };
}

function ipmi({ ip, machine }: Bmc): PowerProgram {
  const account = `../.ashlar/bmc/${machine.name}.conf`;
  const power = ['-D', 'LAN_2_0', '--config-file', account, '-h', host(ip)];
  const is = (state: string): Command => piped(['ipmipower', ...power, '--stat'], `: ${state}$`);
  return {
    switch: { on: ['ipmipower', ...power, '--on', '--wait-until-on'], off: ['ipmipower', ...power, '--soft', '--wait-until-off'] },
    is: { on: is('on'), off: is('off') },
  };
}

/** What a program says, searched for a pattern. */
function piped(command: readonly string[], pattern: string): Command {
  return ['sh', '-c', `${command.join(' ')} | grep -q '${pattern}'`];
}

/** IPv6 addresses stand in brackets before a port, which both programs look for. */
function host(ip: string): string {
  return ip.includes(':') ? `[${ip}]` : ip;
}
