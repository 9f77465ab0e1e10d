import { Port, Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { ReachabilityProof } from '../../src/reachability-proof';
import { deployment, namespace, networkPolicy } from '../kubernetes/manifests';
import { GATEWAY } from '../vyos/gateway-text';
import { block, PaperCluster, peer, policy, ports } from './paper-cluster';
import { PaperHost, paperSite } from './paper-site';

type Rules = Parameters<typeof policy>[1];
type Values = Rules[number];

const CLOSED = { ...networkPolicy({ policyTypes: ['Ingress', 'Egress'] }), metadata: { name: 'default-deny', namespace: 'shop' } };
const TO_DB = { to: [peer({ app: 'db' })], ports: ports('tcp 5432') };
const FROM_WEB = { from: [peer({ app: 'web' })], ports: ports('tcp 5432') };
const DNS = { to: [peer({ 'k8s-app': 'kube-dns' }, 'kube-system')], ports: ports('udp 53', 'tcp 53') };
const FILE = 'kubernetes/prod/shop';

/** A web server that asks a database, as the policies of both say, and what the policies say besides. */
function shop(more: { web?: Rules; webIn?: Rules; db?: Rules; dbOut?: Rules } = {}, nodes: readonly string[] = []) {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const cluster = new PaperCluster(site, 'prod', nodes);
  const [web, db] = [cluster.pods('web', 'shop'), cluster.pods('db', 'shop')];
  db.connections.allowFrom(web, Port.tcp(5432));
  cluster.write(
    namespace('shop'),
    CLOSED,
    policy('web', more.webIn ?? [], [DNS, TO_DB, ...(more.web ?? [])]),
    policy('db', [FROM_WEB, ...(more.db ?? [])], more.dbOut ?? []),
  );
  new ReachabilityProof(site, 'reachability');
  return { site, cluster, web, db };
}

const excess = (path: string, what: string, witness = '') =>
  `error [${path}] ${what}, and no flow says so${witness}; declare the flow with allowFrom, or close the policy (REACH_EXCESS)`;

test('policies that let through what is declared are proven, and the report says why each is open', () => {
  const { site } = shop();
  expect(Testing.findings(site)).toEqual([]);
  expect(Testing.files(site)['report/reachability.md']?.split('## Between pods')[1]).toBe(`

Computed from the rendered network policies, and for addresses also from the way there.

### prod

| From | To | Ports | Why |
|---|---|---|---|
| lab/prod/web | lab/prod/db | 5432/tcp | flow |
| lab/prod/web | pods of kube-system with k8s-app=kube-dns | 53/tcp, 53/udp | names of the cluster |

Not judged, because no policy of the cluster closes them: what passes among other pods of kube-system, pods of any other namespace and pods of kube-system with k8s-app=kube-dns.
`);
});

test('a site without manifests says nothing about pods', () => {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const cluster = new PaperCluster(site, 'prod');
  cluster.pods('db', 'shop').connections.allowFrom(cluster.pods('web', 'shop'), Port.tcp(5432));
  new ReachabilityProof(site, 'reachability');
  expect(Testing.findings(site)).toEqual([]);
  expect(Testing.files(site)['report/reachability.md']).not.toContain('pods');
});

describe('a declared flow is missing', () => {
  const missing = (by: string) =>
    `error [lab/prod/db] the flow from lab/prod/web to lab/prod/db on 8000/tcp is declared, and does not get through: dropped by ${by}; ` +
    'let the policy pass it, or remove the flow (REACH_MISSING)';

  test('when the one who asks may not', () => {
    const { site, web, db } = shop({ db: [{ ...FROM_WEB, ports: ports('tcp 8000') }] });
    db.connections.allowFrom(web, Port.tcp(8000));
    expect(Testing.findings(site)).toEqual([
      missing('kubernetes/prod: default deny from pods of shop with app=web, none of whose rules lets it through'),
    ]);
  });

  test('when the one who is asked does not let it in', () => {
    const { site, web, db } = shop({ web: [{ ...TO_DB, ports: ports('tcp 8000') }] });
    db.connections.allowFrom(web, Port.tcp(8000));
    expect(Testing.findings(site)).toEqual([
      missing('kubernetes/prod: default deny to pods of shop with app=db, none of whose rules lets it through'),
    ]);
  });
});

describe('what no flow says is in excess', () => {
  test('another port, by the rules of both ends', () => {
    const rule = (side: 'to' | 'from', app: string) => ({ [side]: [peer({ app })], ports: ports('tcp 22') });
    const { site } = shop({ web: [rule('to', 'db')], db: [rule('from', 'web')] });
    expect(Testing.findings(site)).toEqual([
      excess(
        'lab/prod/db',
        `lab/prod/web can reach lab/prod/db on 22/tcp by ${FILE}/2.yaml: NetworkPolicy shop/web spec egress 3, then ${FILE}/3.yaml: NetworkPolicy shop/db spec ingress 2`,
      ),
    ]);
  });

  test('one end alone opens nothing', () => {
    expect(Testing.findings(shop({ web: [{ ...TO_DB, ports: ports('tcp 22') }] }).site)).toEqual([]);
  });

  test('pods of another namespace, which no policy closes', () => {
    const { site } = shop({ db: [{ from: [peer({ app: 'metrics' }, 'monitoring')], ports: ports('tcp 9187') }] });
    expect(Testing.findings(site)).toEqual([
      excess(
        'lab/prod/db',
        `pods of monitoring with app=metrics can reach lab/prod/db on 9187/tcp by ${FILE}/3.yaml: NetworkPolicy shop/db spec ingress 2`,
      ),
    ]);
  });

  test('every namespace, of which one that nobody names is the witness too', () => {
    const { site } = shop({ db: [{ from: [{ namespaceSelector: {} }], ports: ports('tcp 5432') }] });
    const by = `on 5432/tcp by ${FILE}/3.yaml: NetworkPolicy shop/db spec ingress 2`;
    expect(Testing.findings(site)).toEqual([
      excess('lab/prod/db', `other pods of kube-system can reach lab/prod/db ${by}`),
      excess('lab/prod/db', `pods of any other namespace can reach lab/prod/db ${by}`),
      excess('lab/prod/db', `pods of kube-system with k8s-app=kube-dns can reach lab/prod/db ${by}`),
    ]);
  });

  test('an address range that pods have', () => {
    const { site } = shop({ db: [{ from: [block('10.42.0.0/24')], ports: ports('tcp 5432') }] }, ['10.20.0.4']);
    expect(Testing.findings(site).map(text => text.split(' by ')[0])).toEqual([
      'error [lab/prod/db] other pods of kube-system can reach lab/prod/db on 5432/tcp',
      'error [lab/prod/db] pods of any other namespace can reach lab/prod/db on 5432/tcp',
      'error [lab/prod/db] pods of kube-system with k8s-app=kube-dns can reach lab/prod/db on 5432/tcp',
    ]);
  });

  test('a namespace whose policy for everybody is gone', () => {
    const site = new Site('lab', { domain: 'lab.example.net' });
    new PaperCluster(site, 'prod').write(namespace('shop'));
    new ReachabilityProof(site, 'reachability');
    const path = 'lab/reachability';
    const open = 'on tcp, udp, sctp, icmp, other protocols because no policy closes it';
    expect(Testing.findings(site)).toEqual([
      excess(path, `other pods of shop can reach other pods of shop ${open}`),
      excess(path, `other pods of shop can reach pods of any other namespace ${open}`),
      excess(
        path,
        `other pods of shop can reach the Internet ${open.replace('tcp', '0-442/tcp, 444-6442/tcp, 6444-65535/tcp')}`,
        ' (1.0.0.0, 0/tcp)',
      ),
      excess(path, `pods of any other namespace can reach other pods of shop ${open}`),
      excess(path, `the Internet can reach other pods of shop ${open}`, ' (1.0.0.0, 0/tcp)'),
    ]);
  });

  test('who comes from outside', () => {
    const { site } = shop({ webIn: [{ from: [block('192.0.2.0/24')], ports: ports('tcp 8080') }] });
    expect(Testing.findings(site)).toEqual([
      excess(
        'lab/prod/web',
        `192.0.2.0/24 on the Internet can reach lab/prod/web on 8080/tcp by ${FILE}/2.yaml: NetworkPolicy shop/web spec ingress 1`,
        ' (192.0.2.0, 8080/tcp)',
      ),
    ]);
  });
});

describe('what a platform needs is no excess', () => {
  test('members of one group among themselves', () => {
    const self = { ports: ports('tcp 8000') };
    const { site } = shop({ db: [{ from: [peer({ app: 'db' })], ...self }], dbOut: [{ to: [peer({ app: 'db' })], ...self }] });
    expect(Testing.findings(site)).toEqual([]);
  });

  test('names are asked of the name service alone', () => {
    const { site } = shop({ web: [{ to: [peer({ app: 'dns' }, 'kube-system')], ports: ports('udp 53') }] });
    expect(Testing.findings(site)).toEqual([
      excess(
        'lab/prod/web',
        `lab/prod/web can reach pods of kube-system with app=dns on 53/udp by ${FILE}/2.yaml: NetworkPolicy shop/web spec egress 3`,
      ),
    ]);
  });

  const api = { to: [block('10.20.0.4/32')], ports: ports('tcp 6443') };

  test('the API on the machines, for pods with a token', () => {
    expect(Testing.findings(shop({ dbOut: [api] }, ['10.20.0.4']).site)).toEqual([]);
    const without = shop({ dbOut: [api] }, ['10.20.0.4']);
    without.cluster.write(deployment({ app: 'db' }, [], { automountServiceAccountToken: false }));
    expect(Testing.findings(without.site)).toEqual([
      excess(
        'lab/prod/db',
        `lab/prod/db can reach 10.20.0.4 on the Internet on 6443/tcp by ${FILE}/3.yaml: NetworkPolicy shop/db spec egress 1`,
        ' (10.20.0.4, 6443/tcp)',
      ),
    ]);
  });

  const ingress = (className: string, port: number) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      ingressClassName: className,
      rules: [{ http: { paths: [{ backend: { service: { name: 'web', port: { number: port } } } }] } }],
    },
  });
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
  };
  const traefik = peer({ 'app.kubernetes.io/name': 'traefik' }, 'kube-system');

  test('the controller of an Ingress, on the port behind its Service', () => {
    const exposed = shop({ webIn: [{ from: [traefik], ports: ports('tcp 8080') }] });
    exposed.cluster.write(ingress('traefik', 80), service);
    expect(Testing.findings(exposed.site)).toEqual([]);
    expect(Testing.files(exposed.site)['report/reachability.md']).toContain(
      '| pods of kube-system with app.kubernetes.io/name=traefik | lab/prod/web | 8080/tcp | Ingress |',
    );
  });

  test('of a class that is not known here, whom the policy names in another namespace', () => {
    const own = peer({ app: 'entry' }, 'entry');
    const exposed = shop({ webIn: [{ from: [own], ports: ports('tcp 8080') }] });
    exposed.cluster.write(ingress('entry', 80), service);
    expect(Testing.findings(exposed.site)).toEqual([]);
    const open = shop({ webIn: [{ from: [{ namespaceSelector: {} }], ports: ports('tcp 8080') }] });
    open.cluster.write(ingress('entry', 80), service);
    expect(Testing.findings(open.site).map(text => text.split(' by ')[0])).toEqual([
      'error [lab/prod/web] other pods of kube-system can reach lab/prod/web on 8080/tcp',
      'error [lab/prod/web] pods of any other namespace can reach lab/prod/web on 8080/tcp',
    ]);
  });

  test.each<[string, Rules[number], readonly Values[], string]>([
    ['without an Ingress', { from: [traefik], ports: ports('tcp 8080') }, [], '8080/tcp'],
    ['on another port', { from: [traefik], ports: ports('tcp 9090') }, [ingress('traefik', 80), service], '9090/tcp'],
    ['of another port of the Service', { from: [traefik], ports: ports('tcp 8080') }, [ingress('traefik', 81), service], '8080/tcp'],
  ])('but not %s', (_what, rule, objects, port) => {
    const { site, cluster } = shop({ webIn: [rule] });
    cluster.write(...objects);
    expect(Testing.findings(site)).toEqual([
      excess(
        'lab/prod/web',
        `pods of kube-system with app.kubernetes.io/name=traefik can reach lab/prod/web on ${port} by ${FILE}/2.yaml: NetworkPolicy shop/web spec ingress 1`,
      ),
    ]);
  });
});

describe('flows to addresses', () => {
  test('must pass the policy', () => {
    const { site, web } = shop();
    new PaperHost(site, 'mail', '192.0.2.25/32').connections.allowFrom(web, Port.tcp(25));
    expect(Testing.findings(site)).toEqual([
      'error [lab/mail] the flow from lab/prod/web to lab/mail on 25/tcp is declared, and does not get through: dropped by ' +
        'kubernetes/prod: default deny from pods of shop with app=web, none of whose rules lets it through; ' +
        'let the policy pass it, or remove the flow (REACH_MISSING)',
    ]);
  });

  test('from outside must pass it too', () => {
    const { site, web } = shop({ webIn: [{ from: [block('192.0.2.0/25')], ports: ports('tcp 8080') }] });
    web.connections.allowFrom(new PaperHost(site, 'office', '192.0.2.0/24'), Port.tcp(8080));
    expect(Testing.findings(site)).toEqual([
      'error [lab/prod/web] the flow from lab/office to lab/prod/web on 8080/tcp is declared, and does not get through: dropped by ' +
        'kubernetes/prod: default deny to pods of shop with app=web, none of whose rules lets it through; ' +
        'let the policy pass it, or remove the flow (REACH_MISSING)',
    ]);
  });

  /** Nodes in the segment `lab` of the gateway, whose one rule lets that into `servers` on 443. */
  function behindGateway(web: Rules) {
    const { site, lab4, servers4 } = paperSite(GATEWAY);
    servers4.connections.allowFrom(lab4, Port.tcp(443));
    const cluster = new PaperCluster(site, 'prod', ['10.10.0.4']);
    const pods = cluster.pods('web', 'shop');
    cluster.write(namespace('shop'), CLOSED, policy('web', [], web));
    new ReachabilityProof(site, 'reachability');
    return { site, pods };
  }

  test('get nowhere where the way of the machines does not lead, whatever the policy says', () => {
    expect(Testing.findings(behindGateway([{ to: [block('10.20.0.0/24')], ports: ports('tcp 22') }]).site)).toEqual([]);
  });

  test('of other pods open the way, and the policy is then in excess', () => {
    const { site } = behindGateway([{ to: [block('10.20.0.80/32')], ports: ports('tcp 443') }]);
    expect(Testing.findings(site)).toEqual([
      excess(
        'lab/prod/web',
        `lab/prod/web can reach 10.20.0.80 on 443/tcp by ${FILE}/2.yaml: NetworkPolicy shop/web spec egress 1, then ` +
          'devices/vyos/gw/config.boot: ipv4 name lab.servers rule 10',
        ' (10.20.0.80, 443/tcp)',
      ),
    ]);
  });

  test('that are declared are none', () => {
    const { site, pods } = behindGateway([{ to: [block('10.20.0.80/32')], ports: ports('tcp 443') }]);
    new PaperHost(site, 'api', '10.20.0.80/32').connections.allowFrom(pods, Port.tcp(443));
    expect(Testing.findings(site)).toEqual([]);
    expect(Testing.files(site)['report/reachability.md']).toContain('| lab/prod/web | 10.20.0.80 | 443/tcp | flow |');
  });

  test('to the Internet are written as every address, which the report does not hide', () => {
    const { site, web } = shop({ web: [{ to: [block('0.0.0.0/0')], ports: ports('tcp 8883') }] }, ['10.20.0.4']);
    new PaperHost(site, 'internet', '0.0.0.0/0').connections.allowFrom(web, Port.tcp(8883));
    expect(Testing.findings(site)).toEqual([]);
    const rows = Testing.files(site)
      ['report/reachability.md']?.split('\n')
      .filter(line => line.includes('8883'));
    expect(rows).toEqual([
      '| lab/prod/web | other pods of kube-system | 8883/tcp | the Internet, written as every address |',
      '| lab/prod/web | pods of any other namespace | 8883/tcp | the Internet, written as every address |',
      '| lab/prod/web | pods of kube-system with k8s-app=kube-dns | 8883/tcp | the Internet, written as every address |',
      '| lab/prod/web | the Internet | 8883/tcp | flow |',
    ]);
  });

  test('to a neighbour of the machines are decided by the policy alone', () => {
    const { site } = behindGateway([{ to: [block('10.10.0.9/32')], ports: ports('tcp 22') }]);
    expect(Testing.findings(site)).toEqual([
      excess(
        'lab/prod/web',
        `lab/prod/web can reach 10.10.0.9 on 22/tcp by ${FILE}/2.yaml: NetworkPolicy shop/web spec egress 1, then segment lab`,
        ' (10.10.0.9, 22/tcp)',
      ),
    ]);
  });
});

test('pods of two clusters see each other by address', () => {
  const { site, web } = shop({ web: [{ to: [block('192.0.2.4/32')], ports: ports('tcp 443') }] });
  const other = new PaperCluster(site, 'edge', ['192.0.2.4']);
  const api = other.pods('api', 'shop');
  api.connections.allowFrom(web, Port.tcp(443));
  expect(Testing.findings(site)).toEqual([]);
});
