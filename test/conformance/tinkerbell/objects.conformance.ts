import type { KubernetesObject } from '../kubernetes/api-client';
import { ControlPlane } from '../kubernetes/control-plane';
import { applied, expectAccepted, expectRefused } from '../kubernetes/shown-objects';
import { describeWith } from '../tool';
import { Verdict } from '../verdict';
import { provisioningObjects } from './provisioning-objects';

const KINDS = ['Hardware', 'Job', 'Machine', 'Template', 'Workflow'];

// biome-ignore lint/suspicious/noExplicitAny: what is spoilt is the vendor's
type Spec = any;

/** One fault in an object of ours, and what the refusal tells. */
const BROKEN: readonly [title: string, kind: string, spoil: (spec: Spec) => void, reason: RegExp][] = [
  ['a MAC address in upper case', 'Hardware', spec => Object.assign(spec.interfaces[0].dhcp, { mac: '02:00:5E:10:00:01' }), /mac/],
  ['a lease as text', 'Hardware', spec => Object.assign(spec.interfaces[0].dhcp, { lease_time: '1d' }), /lease_time/],
  ['an unknown field of DHCP', 'Hardware', spec => Object.assign(spec.interfaces[0].dhcp, { leaseTime: 60 }), /leaseTime/],
  [
    'a boot file without its server',
    'Hardware',
    spec => Object.assign(spec.interfaces[0].dhcp, { boot_file_name: 'a.efi' }),
    /TFTPServerName/,
  ],
  ['a BMC without its kind', 'Hardware', spec => delete spec.bmcRef.kind, /bmcRef\.kind/],
  ['an image without an address', 'Hardware', spec => Object.assign(spec.interfaces[0].isoboot, { sourceISO: 'hook.iso' }), /sourceISO/],
  ['permission as text', 'Hardware', spec => Object.assign(spec.interfaces[0].netboot, { allowPXE: 'yes' }), /allowPXE/],
  ['a BMC without an address', 'Machine', spec => Object.assign(spec.connection, { host: '' }), /host/],
  [
    'a BMC of an unknown vendor',
    'Machine',
    spec => Object.assign(spec.connection.providerOptions, { preferredOrder: ['acme'] }),
    /preferredOrder/,
  ],
  ['a BMC that does not say whom it trusts', 'Machine', spec => delete spec.connection.insecureTLS, /insecureTLS/],
  ['a password in the object', 'Machine', spec => Object.assign(spec.connection, { password: 'x' }), /password/],
  ['a job without tasks', 'Job', spec => Object.assign(spec, { tasks: [] }), /tasks/],
  ['a job for no machine', 'Job', spec => delete spec.machineRef.name, /machineRef\.name/],
  ['an unknown power action', 'Job', spec => Object.assign(spec.tasks[0], { powerAction: 'explode' }), /powerAction/],
  ['a template that is no text', 'Template', spec => Object.assign(spec, { data: { version: '0.1' } }), /data/],
  ['an unknown way to boot', 'Workflow', spec => Object.assign(spec.bootOptions, { bootMode: 'pxe' }), /bootMode/],
  ['a worker that is no text', 'Workflow', spec => Object.assign(spec, { hardwareMap: { device_1: 1 } }), /hardwareMap/],
  ['a workflow with a field of another', 'Workflow', spec => Object.assign(spec, { template: 'debian' }), /template/],
];

describeWith(['etcd', 'kube-apiserver', 'shared'], 'kube-apiserver with the definitions of Tinkerbell', () => {
  const objects = provisioningObjects();
  const verdict = new Verdict('kube-apiserver 1.34.4, Tinkerbell');
  let plane: ControlPlane;

  beforeAll(async () => {
    plane = await ControlPlane.start();
    await applied(plane, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'tinkerbell' } });
  });
  afterAll(() => plane?.stop());

  test('the site has an object of every kind', () => {
    const kinds = new Set(objects.map(([, { kind }]) => kind));
    expect(KINDS.filter(kind => !kinds.has(kind))).toEqual([]);
  });

  test('accepts every manifest, strictly', () => expectAccepted(plane, verdict, objects));

  test.each(BROKEN)('refuses %s', async (_, kind, spoil, reason) => {
    const broken = structuredClone(whole(objects, kind));
    spoil(broken.spec);
    await expectRefused(plane, verdict, broken, reason);
  });
});

/** The object of a kind that has the most in it. */
function whole(objects: ReturnType<typeof provisioningObjects>, kind: string): KubernetesObject {
  const size = (object: KubernetesObject) => JSON.stringify(object).length;
  const all = objects.map(([, object]) => object).filter(object => object.kind === kind);
  return all.sort((a, b) => size(b) - size(a))[0] as KubernetesObject;
}
