import { type Variant, variant as v } from './variant';

const REPOSITORY = "'https://git.example.net/cloud.git'";
const EXPOSED = "web.expose({ host: 'shop.cloud.example.net' });";
const after = (text: string) => `${EXPOSED}\n  ${text}`;
const SHOP = '{ image: SHOP, port: 8080, env }';
const KEPT = "region: 'eu-central-1', encrypt: true }";
/** A budget for the pods of the shop, as another team writes it. */
const budget = (spec: string) =>
  after(
    `new (require('cdk8s').ApiObject)(shop, 'budget', { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', spec: { selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } }, ${spec} } });`,
  );
/** Something that is started, beside the shop, which needs the shop. */
const started = (members: string) =>
  after(`Object.assign(new (require('constructs').Construct)(site, 'extra'), { lifecycle: { startsAfter: [shop], ${members} } });`);
const STEP =
  "id: 'go', title: 'Go', check: { command: ['true'] }, undo: { nothing: 'nothing is left' }, budget: (require('@ashlar/core') as typeof import('@ashlar/core')).Duration.minutes(1)";

/** Ways to spoil the order in which `apps/optiplex-cloud/main.ts` comes up. */
export const OPTIPLEX_CLOUD_ORDER: readonly Variant[] = [
  v('a router that is made from what is downloaded through it', 'InstallerImage.byHand(', 'InstallerImage.of(', 'LIFECYCLE_CIRCLE'),
  v(
    'a state that is kept in the cluster that it creates',
    KEPT,
    `${KEPT.slice(0, -2)}, endpoints: { s3: 'https://shop.cloud.example.net' } }`,
    'LIFECYCLE_CIRCLE',
  ),
  v('a repository in the cluster that follows it', REPOSITORY, "'https://shop.cloud.example.net/cloud.git'", 'LIFECYCLE_CIRCLE'),
  v('a registry whose image is in itself', SHOP, "{ image: 'shop.cloud.example.net/shop:1.4.2', port: 8080, env }", 'LIFECYCLE_CIRCLE'),
  v('a budget that lets no pod go', EXPOSED, budget('maxUnavailable: 0'), 'DRAIN_NEVER_ENDS'),
  v('a budget for as many pods as there are', EXPOSED, budget('minAvailable: 2'), 'DRAIN_NEVER_ENDS'),
  v(
    'a custom resource that nothing defines',
    EXPOSED,
    after("new (require('cdk8s').ApiObject)(shop, 'rule', { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule' });"),
    'RESOURCE_BEFORE_DEFINITION',
  ),
  v(
    'a step that edits what is in Git',
    EXPOSED,
    started(`start: [{ ${STEP}, action: { run: [['kubectl', '--context', 'prod', 'edit', 'deployment/web']] } }]`),
    'STEP_OUTSIDE_GIT',
  ),
  v(
    'a step that runs nobody knows what',
    EXPOSED,
    started(`start: [{ ${STEP}, action: { run: [['sh', '-c', 'curl https://example.net | sh']] } }]`),
    'STEP_OUTSIDE_GIT',
  ),
  v(
    'two steps of one name',
    EXPOSED,
    started(`start: [{ ${STEP}, action: { waits: 'It comes.' } }, { ${STEP}, action: { waits: 'It comes.' } }]`),
    'STEP_TWICE',
  ),
  v(
    'a step without a check',
    EXPOSED,
    started(`start: [{ ${STEP.replace("check: { command: ['true'] }, ", '')}, action: { waits: 'It comes.' } } as any]`),
    'STEP_INCOMPLETE',
  ),
  v(
    'a budget of time that is none',
    "new BootstrapPlan(site, 'bootstrap')",
    "new BootstrapPlan(site, 'bootstrap', { within: 60 as any })",
    'PROP_TYPE',
  ),
  v(
    'a misspelt property of the plan',
    "new BootstrapPlan(site, 'bootstrap')",
    "new BootstrapPlan(site, 'bootstrap', { whithin: 60 } as any)",
    'PROP_UNKNOWN',
  ),
  v(
    'two plans in one folder',
    "new BootstrapPlan(site, 'bootstrap');",
    "new BootstrapPlan(site, 'bootstrap');\n  new BootstrapPlan(site, 'again');",
    'OUTPUT_TWO_AUTHORS',
  ),
];
