import { acknowledge, Connections, type IConnectable, type Port, Port as Ports, Secret, Size, Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ContainerImage, Controller, HealthCheck, KubernetesCluster, Workload, type WorkloadProps } from '../src';

const image = ContainerImage.of('ghcr.io/example/shop', '1.4.2', `sha256:${'a'.repeat(64)}`);

let chart: Chart;
beforeEach(() => {
  chart = new Chart(new App(), 'shop', { namespace: 'shop' });
});

const web = (props: Partial<WorkloadProps> = {}) => new Workload(chart, 'web', { image, port: 8080, ...props });
const find = (kind: string) => chart.toJson().find(object => object.kind === kind);
const pod = (kind = 'Deployment') => find(kind).spec.template.spec;

/** Something outside the cluster. */
class Host extends Construct implements IConnectable {
  public readonly connections: Connections;
  constructor(scope: Construct, id: string, addresses: string[], port?: Port) {
    super(scope, id);
    this.connections = new Connections(this, { addresses: () => addresses }, port);
  }
}

describe('by default', () => {
  test('a workload is two pods, an account, a service, a budget and a closed network, all of one name', () => {
    web();
    expect(chart.toJson().map(object => `${object.kind} ${object.metadata.name}`)).toEqual([
      'NetworkPolicy web',
      'ServiceAccount web',
      'Deployment web',
      'Service web',
      'PodDisruptionBudget web',
    ]);
  });

  test('it runs without privileges on a read-only root', () => {
    web();
    const spec = pod();
    expect(spec.automountServiceAccountToken).toBe(false);
    expect(spec.securityContext).toEqual({
      fsGroup: 10001,
      fsGroupChangePolicy: 'OnRootMismatch',
      runAsGroup: 10001,
      runAsNonRoot: true,
      runAsUser: 10001,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(spec.containers[0].securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
    expect(spec.volumes).toEqual([{ name: 'tmp', emptyDir: { sizeLimit: '256Mi' } }]);
  });

  test('it is spread over hosts, and drained hosts do not count', () => {
    web();
    expect(pod().topologySpreadConstraints[0]).toEqual({
      labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
      matchLabelKeys: ['pod-template-hash'],
      maxSkew: 1,
      nodeTaintsPolicy: 'Honor',
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'DoNotSchedule',
    });
  });

  test('only DNS can be reached, and nobody can connect', () => {
    web();
    const { spec } = find('NetworkPolicy');
    expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
    expect(spec.ingress).toEqual([]);
    expect(spec.egress).toHaveLength(1);
  });

  test('a workload inside another construct is named after both', () => {
    new Workload(new Construct(chart, 'store'), 'web', { image, port: 8080 });
    expect(find('Deployment').metadata.name).toBe('store-web');
  });
});

describe('controllers', () => {
  test('an autoscaled deployment states no number of its own', () => {
    web({ controller: Controller.deployment({ autoscale: { max: 5 } }) });
    expect(find('Deployment').spec.replicas).toBeUndefined();
    expect(find('HorizontalPodAutoscaler').spec).toMatchObject({ minReplicas: 2, maxReplicas: 5 });
  });

  test('a stateful set keeps a volume for each pod, and has a service without an address', () => {
    const db = web({ controller: Controller.statefulSet({ replicas: 3, volume: { size: Size.gibibytes(10), path: '/data' } }) });
    const { spec } = find('StatefulSet');
    expect(spec.serviceName).toBe('web-pods');
    expect(spec.volumeClaimTemplates[0].spec.resources.requests.storage).toBe('10Gi');
    expect(spec.template.spec.containers[0].volumeMounts).toContainEqual({ name: 'data', mountPath: '/data' });
    expect(chart.toJson().find(object => object.metadata.name === 'web-pods').spec.clusterIP).toBe('None');
    expect(String(db.consumption.disk)).toBe(String(Size.mebibytes(3 * (10 * 1024 + 256))));
  });

  test('a daemon set is on every node, so it is not spread and has no budget', () => {
    web({ controller: Controller.daemonSet() });
    expect(pod('DaemonSet').topologySpreadConstraints).toBeUndefined();
    expect(find('PodDisruptionBudget')).toBeUndefined();
  });

  test('a cron job never runs twice at once, and ends', () => {
    new Workload(chart, 'report', { image, controller: Controller.cronJob({ schedule: '15 3 * * *' }) });
    expect(find('CronJob').spec).toMatchObject({
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 600,
      timeZone: 'Etc/UTC',
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: { spec: { backoffLimit: 2, activeDeadlineSeconds: 3600, template: { spec: { restartPolicy: 'Never' } } } },
    });
  });
});

describe('health', () => {
  test('with a path, traffic depends on the path and a restart on the port', () => {
    web({ health: HealthCheck.http('/readyz') });
    const [container] = pod().containers;
    expect(container.readinessProbe.httpGet).toEqual({ path: '/readyz', port: 'service' });
    expect(container.livenessProbe.tcpSocket).toEqual({ port: 8080 });
  });

  test('without a port, commands tell', () => {
    new Workload(chart, 'worker', { image, health: HealthCheck.command(['worker', 'ready'], ['worker', 'alive']) });
    expect(pod().containers[0].livenessProbe.exec.command).toEqual(['worker', 'alive']);
    expect(find('Service')).toBeUndefined();
  });
});

describe('environment', () => {
  test('a secret is a file, and its variable is the path', () => {
    web({ env: { LEVEL: 'info', PASSWORD_FILE: Secret.fromKubernetes('shop', 'orders-app', 'password') } });
    const spec = pod();
    expect(spec.containers[0].env).toEqual([
      { name: 'LEVEL', value: 'info' },
      { name: 'PASSWORD_FILE', value: '/run/secrets/env/password' },
    ]);
    expect(spec.volumes[1].projected.sources).toEqual([{ secret: { name: 'orders-app', items: [{ key: 'password', path: 'password' }] } }]);
  });

  test('a secret in the environment is possible, and warned of', () => {
    const site = Testing.site();
    const unit = new KubernetesCluster(site, 'prod', { version: Version.of('1.34.2') }).namespace('shop');
    new Workload(unit, 'web', { image, port: 8080, secretEnvironment: { TOKEN: Secret.fromKubernetes('shop', 'api', 'token') } });
    expect(Testing.findings(site)).toEqual([
      'warning [test/prod/shop/web] the secret TOKEN is in the environment, which child processes inherit and crash reports show; let the program read a file, and write env: { TOKEN_FILE: … } (SECRET_IN_ENVIRONMENT)',
    ]);
  });
});

describe('flows', () => {
  test('both ends open for a flow between workloads', () => {
    const api = new Workload(chart, 'api', { image, port: 9000 });
    const front = web();
    api.connections.allowFrom(front);
    const peer = (name: string) => ({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } },
      podSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
    });
    const policies = chart.toJson().filter(object => object.kind === 'NetworkPolicy');
    expect(policies[0].spec.ingress).toEqual([{ from: [peer('web')], ports: [{ port: 9000, protocol: 'TCP' }] }]);
    expect(policies[1].spec.egress).toContainEqual({ to: [peer('api')], ports: [{ port: 9000, protocol: 'TCP' }] });
  });

  test('what is outside the cluster is named by address', () => {
    web().connections.allowTo(new Host(chart, 'mail', ['192.0.2.25'], Ports.tcp(587)));
    expect(find('NetworkPolicy').spec.egress).toContainEqual({
      to: [{ ipBlock: { cidr: '192.0.2.25/32' } }],
      ports: [{ port: 587, protocol: 'TCP' }],
    });
  });

  test('a peer without an address is an error, because an empty list of peers is everybody', () => {
    const site = Testing.site();
    const unit = new KubernetesCluster(site, 'prod', { version: Version.of('1.34.2') }).namespace('shop');
    const front = new Workload(unit, 'web', { image, port: 8080 });
    front.connections.allowTo(new Host(site, 'mail', [], Ports.tcp(587)));
    expect(Testing.findings(site)).toEqual([
      'error [test/mail] has no address by which the network policy of test/prod/shop/web could let it through; give it an address, or remove the flow between the two (FLOW_WITHOUT_ADDRESS)',
    ]);
  });

  test('a peer with an address is not', () => {
    const site = Testing.site();
    const unit = new KubernetesCluster(site, 'prod', { version: Version.of('1.34.2') }).namespace('shop');
    new Workload(unit, 'web', { image, port: 8080 }).connections.allowTo(new Host(site, 'mail', ['192.0.2.25'], Ports.tcp(587)));
    expect(Testing.findings(site)).toEqual([]);
  });

  test('icmp is an error, because a policy cannot allow it', () => {
    const site = Testing.site();
    const unit = new KubernetesCluster(site, 'prod', { version: Version.of('1.34.2') }).namespace('shop');
    new Workload(unit, 'web', { image, port: 8080 }).connections.allowTo(new Host(site, 'gateway', ['192.0.2.1']), Ports.icmp());
    expect(Testing.findings(site)).toEqual([
      'error [test/prod/shop/web] the flow test/prod/shop/web → test/gateway is icmp, which a network policy cannot allow; check with a TCP port instead (ICMP_IN_NETWORK_POLICY)',
    ]);
  });

  test('an exposed workload has an ingress with TLS, and lets the ingress controller in', () => {
    web().expose({ host: 'shop.cloud.example.net' });
    expect(find('Ingress').spec.tls).toEqual([{ hosts: ['shop.cloud.example.net'], secretName: 'web-tls' }]);
    expect(find('NetworkPolicy').spec.ingress[0].from[0].podSelector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'traefik' });
  });
});

describe('warnings', () => {
  const unit = () => new KubernetesCluster(Testing.site(), 'prod', { version: Version.of('1.34.2') }).namespace('shop');

  test('one replica is warned of, and can be acknowledged', () => {
    const shop = unit();
    const front = new Workload(shop, 'web', { image, port: 8080, replicas: 1 });
    expect(Testing.findings(shop)).toEqual([
      'warning [test/prod/shop/web] one replica: an upgrade, or the loss of its node, stops it; write replicas: 2 (SINGLE_REPLICA)',
    ]);
    acknowledge(front, 'SINGLE_REPLICA', 'it holds a lock and may be down for a minute');
    expect(Testing.findings(shop)).toEqual([]);
  });

  test('a tag without a digest is warned of', () => {
    const shop = unit();
    new Workload(shop, 'web', { image: 'ghcr.io/example/shop:1.4.2', port: 8080 });
    expect(Testing.findings(shop)).toEqual([
      "warning [test/prod/shop/web] the tag of ghcr.io/example/shop:1.4.2 can be moved to another image; give the digest as well: ContainerImage.of('ghcr.io/example/shop', '1.4.2', 'sha256:…') (IMAGE_WITHOUT_DIGEST)",
    ]);
  });
});

describe('errors', () => {
  const wrong: [name: string, props: Record<string, unknown>, text: string][] = [
    [
      'latest',
      { image: 'nginx:latest' },
      "[shop/web] image may be another one tomorrow: it has neither a digest nor a tag other than latest, got \"nginx:latest\"; write ContainerImage.of('nginx', '1.4.2', 'sha256:…') (IMAGE_NOT_PINNED)",
    ],
    [
      'no image',
      { image: undefined },
      "[shop/web] image is missing; write image: ContainerImage.of('ghcr.io/example/shop', '1.4.2', 'sha256:…') (PROP_MISSING)",
    ],
    [
      'an unknown property',
      { porrt: 1 },
      '[shop/web] there is no property porrt; use one of image, port, replicas, controller, command, args, env, secretEnvironment, health, startWithin, stopWithin, cpu, memory, scratch, writablePaths, uid, metrics (PROP_UNKNOWN)',
    ],
    ['a low port', { port: 80 }, '[shop/web] port must be from 1024 to 65535, got 80; choose a value inside the range (PROP_RANGE)'],
    ['a privileged uid', { uid: 0 }, '[shop/web] uid must be from 10000 to 65533, got 0; choose a value inside the range (PROP_RANGE)'],
    ['no cpu', { cpu: 0 }, '[shop/web] cpu must be a number of cores from 0.01 to 64, got 0; write cpu: 0.5 (PROP_RANGE)'],
    ['memory as text', { memory: '256Mi' }, '[shop/web] memory must be a Size, got "256Mi"; write memory: Size.mebibytes(256) (PROP_TYPE)'],
    [
      'replicas twice',
      { replicas: 3, controller: Controller.daemonSet() },
      '[shop/web] replicas (3) is for the default controller, and a DaemonSet is given; say it in the controller: Controller.statefulSet({ replicas: 3, … }) (WORKLOAD_REPLICAS)',
    ],
    [
      'a cron job that serves',
      { controller: Controller.cronJob({ schedule: '0 3 * * *' }) },
      '[shop/web] a CronJob runs and ends, and serves nobody, got 8080; remove port, or use another controller (WORKLOAD_PORT)',
    ],
    [
      'a probed cron job',
      { port: undefined, health: HealthCheck.tcp(), controller: Controller.cronJob({ schedule: '0 3 * * *' }) },
      '[shop/web] a CronJob is healthy when it ends well, and is not probed; remove health (WORKLOAD_HEALTH)',
    ],
    [
      'neither port nor health',
      { port: undefined },
      "[shop/web] has neither a port nor a health check, so that nobody would notice when it hangs; write health: HealthCheck.command(['worker', 'ready'], ['worker', 'alive']), or port: 8080 (WORKLOAD_HEALTH)",
    ],
    [
      'a port check without port',
      { port: undefined, health: HealthCheck.tcp() },
      '[shop/web] the health check asks the port, and there is none; write port: 8080 (WORKLOAD_PORT)',
    ],
    [
      'a secret under a plain name',
      { env: { TOKEN: Secret.fromKubernetes('shop', 'api', 'token') } },
      "[shop/web] env.TOKEN is a secret (kubernetes:shop/api#token), which is mounted as a file, but its name does not say so; write env: { TOKEN_FILE: … }, which holds the file's path, or secretEnvironment: { TOKEN: … } when the program reads nothing else (ENV_SECRET_FILE)",
    ],
    [
      'a secret of another kind',
      { env: { TOKEN_FILE: Secret.fromSops('a.yaml', 'token') } },
      "[shop/web] TOKEN_FILE is kept in sops:a.yaml#token, which a pod cannot read; let External Secrets or an operator write it into namespace shop, and pass Secret.fromKubernetes('shop', …) (ENV_SECRET_KIND)",
    ],
    [
      'a secret of another namespace',
      { env: { TOKEN_FILE: Secret.fromKubernetes('blog', 'api', 'token') } },
      '[shop/web] TOKEN_FILE is in Secret api of namespace blog, and a pod of namespace shop cannot read it; run the workload in blog, or have the secret written into shop too (ENV_SECRET_NAMESPACE)',
    ],
    [
      'a number in the environment',
      { env: { LIMIT: 5 } },
      "[shop/web] env.LIMIT must be a string or a Secret, got 5; write LIMIT: '5' (ENV_VALUE)",
    ],
    [
      'a variable twice',
      { env: { TOKEN: 'a' }, secretEnvironment: { TOKEN: Secret.fromKubernetes('shop', 'api', 'token') } },
      '[shop/web] TOKEN is in env and in secretEnvironment; remove one of them (ENV_TWICE)',
    ],
    [
      'a lower-case variable',
      { env: { token: 'a' } },
      '[shop/web] env.token must be named in upper-case letters, digits and underscores, got "token"; write it like DATABASE_HOST (PROP_FORMAT)',
    ],
  ];

  test.each(wrong)('%s', (_, props, text) => {
    expect(() => web(props as Partial<WorkloadProps>)).toThrow(text);
  });

  test('a chart without a namespace', () => {
    expect(() => new Workload(new Chart(new App(), 'demo'), 'web', { image, port: 8080 })).toThrow(
      "[demo/web] is in a chart without a namespace; write new Chart(app, 'shop', { namespace: 'shop' }) (NAMESPACE_MISSING)",
    );
  });

  test('a name that leaves no room for those of pods', () => {
    expect(() => new Workload(chart, 'a'.repeat(59), { image, port: 8080 })).toThrow(
      `the name of a Deployment must be at most 58 characters, because the names of its pods begin with it, got "${'a'.repeat(59)}"; choose a shorter id (WORKLOAD_NAME)`,
    );
  });

  test('exposing what has no port', () => {
    const worker = new Workload(chart, 'worker', { image, health: HealthCheck.command(['worker', 'ready'], ['worker', 'alive']) });
    expect(() => worker.expose({ host: 'shop.example.net' })).toThrow(
      '[shop/worker] cannot be exposed as shop.example.net, because it has no port; write port: 8080 (WORKLOAD_PORT)',
    );
  });

  test('replicas and autoscale together', () => {
    expect(() => Controller.deployment({ replicas: 3, autoscale: { max: 5 } })).toThrow(
      '[Controller.deployment] replicas (3) and autoscale both say how many pods there are; remove replicas; autoscale.min is where it starts (CONTROLLER_REPLICAS)',
    );
  });

  test('a schedule of four fields', () => {
    expect(() => Controller.cronJob({ schedule: '0 3 * *' })).toThrow(
      '[Controller.cronJob] schedule must be five fields of cron: minute, hour, day of month, month, day of week, got "0 3 * *"; write it like 15 3 * * * (PROP_FORMAT)',
    );
  });

  test('one check for ready and alive', () => {
    expect(() => HealthCheck.http('/healthz', '/healthz')).toThrow(
      '[HealthCheck.http] ready and alive are the same check, so that a pod which waits for something else is restarted, got "/healthz"; let alive ask only whether the process itself still works, or leave it out (HEALTH_CHECK_IDENTICAL)',
    );
  });

  test('a digest that is too short', () => {
    expect(() => ContainerImage.of('ghcr.io/example/shop', '1.4.2', 'sha256:abc')).toThrow(
      "[ContainerImage.of] image must be repository:tag, with @sha256:… and 64 hexadecimal digits when it has a digest, got \"ghcr.io/example/shop:1.4.2@sha256:abc\"; write it like ContainerImage.of('ghcr.io/example/shop', '1.4.2', 'sha256:…'), see https://github.com/distribution/reference (IMAGE_REFERENCE)",
    );
  });
});

test('manifests', () => {
  web({ env: { PASSWORD_FILE: Secret.fromKubernetes('shop', 'orders-app', 'password') }, metrics: { port: Ports.tcp(9090) } }).expose({
    host: 'shop.example.net',
  });
  expect(chart.toJson()).toMatchSnapshot();
});
