import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { provisionedLab } from '../../../packages/hardware/test/provisioning/boot-lab';
import { describeWith, shared } from '../tool';
import { Verdict } from '../verdict';

// biome-ignore lint/suspicious/noExplicitAny: values are the vendor's
type Values = any;

describeWith(['shared'], 'values of the chart of Tinkerbell', () => {
  const verdict = new Verdict('chart tinkerbell');
  const { values } = provisionedLab().cluster.releases.find(({ chart }) => chart === 'tinkerbell') as { values: Values };
  const chart = parse(readFileSync(join(shared() as string, 'conformance/charts/tinkerbell/values.yaml'), 'utf8'));

  test('it has every value that is set, and of the same kind', () => {
    const faults = misfits(values, chart);
    verdict.took(leaves(values), faults.length);
    expect(faults).toEqual([]);
  });

  test.each<[title: string, broken: Values, fault: string]>([
    ['a misspelt value', { ...values, publicIp: '192.0.2.1' }, 'publicIp'],
    ['a mode in another place', { ...values, smee: { dhcpMode: 'proxy' } }, 'smee'],
    ['a switch that is text', { ...values, deployment: { ...values.deployment, hostNetwork: 'yes' } }, 'deployment.hostNetwork'],
    ['a part that is gone', { ...values, optional: { ...values.optional, hegel: { enabled: true } } }, 'optional.hegel'],
  ])('%s is found', (_, broken, fault) => {
    const faults = misfits(broken, chart);
    verdict.sawBroken(faults.length > 0);
    expect(faults).toEqual([fault]);
  });
});

/** Paths of values that the chart does not have, or has of another kind. A value that the chart leaves open takes anything. */
function misfits(set: Values, chart: Values, at = ''): string[] {
  if (chart === null || chart === undefined) return [];
  if (typeof set !== typeof chart || Array.isArray(set) !== Array.isArray(chart)) return [at];
  if (typeof set !== 'object' || Object.keys(chart).length === 0) return [];
  return Object.keys(set).flatMap(key => {
    const path = at ? `${at}.${key}` : key;
    return key in chart ? misfits(set[key], chart[key], path) : [path];
  });
}

function leaves(value: Values): number {
  return typeof value === 'object' && value !== null ? Object.values(value).reduce((sum: number, one) => sum + leaves(one), 0) : 1;
}
