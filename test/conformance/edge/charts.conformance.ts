import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { parse } from 'yaml';
import { published } from '../../../packages/edge/test/published';
import { describeWith, shared } from '../tool';
import { Verdict } from '../verdict';
import { envoyChart } from './envoy-definitions';

/** Maps that are parts of objects with definitions of their own: the chart has some of their fields in them, and takes all. */
const OF_OBJECTS = ['podSecurityContext', 'service.spec', 'resources', 'config.envoyGateway'];

// biome-ignore lint/suspicious/noExplicitAny: values are the vendor's
type Values = any;

describeWith(['egctl', 'shared'], 'values of charts', () => {
  const verdict = new Verdict('charts traefik, cert-manager, gateway-helm');
  const releases = published().cluster.releases;
  const release = (chart: string) => releases.find(one => one.chart === chart) as (typeof releases)[number];
  const chartFile = (chart: string, file: string) => readFileSync(join(shared() as string, 'conformance/charts', chart, file), 'utf8');
  const known: Readonly<Record<string, () => Values>> = {
    traefik: () => parse(chartFile('traefik', 'values.yaml')),
    'cert-manager': () => parse(chartFile('cert-manager', 'values.yaml')),
    'gateway-helm': () => parse(readFileSync(join(envoyChart(), 'values.tmpl.yaml'), 'utf8').replace(/\$\{\w+\}/g, 'x')),
  };

  test.each(Object.keys(known))('%s has every value that is set', chart => {
    const { values } = release(chart);
    const unknown = missing(values, known[chart]?.());
    verdict.took(paths(values).length, unknown.length);
    expect(unknown).toEqual([]);
    const misspelt = missing({ ...values, replica: 2, podDisruptionBudget: { enable: true } }, known[chart]?.());
    verdict.sawBroken(misspelt.length > 0);
    expect(misspelt).toEqual(expect.arrayContaining(['replica']));
  });

  test('the schema of Traefik takes ours, and no others', () => {
    const schema = JSON.parse(chartFile('traefik', 'values.schema.json'));
    const takes = new Ajv({ strict: false, logger: false, validateFormats: false }).compile(schema);
    const values = release('traefik').values as Values;
    expect({ taken: takes(values), errors: takes.errors }).toEqual({ taken: true, errors: null });
    for (const broken of [
      { ...values, deployment: { ...values.deployment, replicas: 'two' } },
      { ...values, accesslogs: { enabled: true } },
      { ...values, ports: { ...values.ports, web: { port: 'eighty' } } },
    ]) {
      const refused = !takes(broken);
      verdict.sawBroken(refused);
      expect(refused).toBe(true);
    }
  });

  test('versions are those of the reference data and of the translator', () => {
    expect(release('traefik').version).toBe(parse(chartFile('traefik', 'Chart.yaml')).version);
    expect(`${envoyChart()}/`).toContain(`@${release('gateway-helm').version}/`);
  });
});

/** Paths of values that the chart does not have. An empty map of the chart takes anything. */
function missing(set: Values, chart: Values, at = ''): string[] {
  const open = (x: Values) => typeof x !== 'object' || x === null || Array.isArray(x) || Object.keys(x).length === 0;
  if (open(set) || open(chart) || OF_OBJECTS.includes(at)) return [];
  return Object.keys(set).flatMap(key => {
    const path = at ? `${at}.${key}` : key;
    return key in chart ? missing(set[key], chart[key], path) : [path];
  });
}

/** Every leaf. */
function paths(value: Values): string[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(paths) : [String(value)];
}
