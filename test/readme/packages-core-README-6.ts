




import { Construct } from 'constructs';
import { Check, ConfigError, environment, findingAt, onRender, type Rule, Site, vacant } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';

interface NtpServerProps {
  /** Distance from a reference clock. 1–15 @default 2 */
  readonly stratum?: number;
}

/** What only the finished model can tell is a rule. */
const singleClock: Rule = {
  code: 'SINGLE_CLOCK',
  severity: 'error',
  incident: 'with two clocks nobody could say which was wrong, and logs of one night were of no use',
  *check(site) {
    const clocks = site.findAll().filter(construct => construct instanceof NtpServer);
    if (clocks.length < 3) yield findingAt(site, this, `has ${clocks.length} clocks`, 'add servers until there are 3');
  },
};

/** A construct checks its props when it is made, and writes its files when all is sound. */
class NtpServer extends Construct {
  constructor(scope: Construct, id: string, props: NtpServerProps = {}) {
    super(vacant(scope, id), id);
    const check = new Check(this);
    check.known(props, ['stratum']);
    const stratum = check.integer('stratum', props.stratum ?? 2, 1, 15);
    Site.of(this).addRules(singleClock);
    onRender(this, output => output.write(this, `devices/ntp/${id}.conf`, `local stratum ${stratum}\n`));
  }
}

export const lab = environment(module, () => {
  const site = new Site('lab', { domain: 'lab.example.net' });
  for (const id of ['a', 'b', 'c']) new NtpServer(site, id);
  return site;
});

// In a test: the files, and everything that is wrong, without a disk.
const few = Testing.site();
new NtpServer(few, 'a');
console.log(Testing.files(lab()), Testing.findings(few));

try {
  new NtpServer(few, 'b', { stratum: 16 });
} catch (error) {
  if (!ConfigError.isConfigError(error)) throw error;
  console.log(error.message); // [test/b] stratum must be from 1 to 15, got 16; choose a value inside the range (PROP_RANGE)
}
export {};
