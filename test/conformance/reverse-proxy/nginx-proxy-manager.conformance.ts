import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Testing } from '@ashlar/core/testing';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { nginxProxyManager, published } from '../../../packages/network/test/reverse-proxy/published';
import { describeWith, shared } from '../tool';
import { Verdict } from '../verdict';

const IPV4 = '^[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}$';

interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, unknown>;
}

/** What each fault changes in the first request to a path. */
const BROKEN: readonly [title: string, path: string, change: (body: Record<string, unknown>) => void][] = [
  ['a proxy host without names', '/nginx/proxy-hosts', body => Object.assign(body, { domain_names: [] })],
  ['a name with a slash', '/nginx/proxy-hosts', body => Object.assign(body, { domain_names: ['shop.example.net/api'] })],
  ['a port above 65535', '/nginx/proxy-hosts', body => Object.assign(body, { forward_port: 65536 })],
  ['a scheme that is none', '/nginx/proxy-hosts', body => Object.assign(body, { forward_scheme: 'tcp' })],
  [
    'a location without a port',
    '/nginx/proxy-hosts',
    body => Object.assign(body, { locations: [{ path: '/a', forward_scheme: 'http', forward_host: 'a' }] }),
  ],
  ['a misspelt field', '/nginx/proxy-hosts', body => Object.assign(body, { websockets: true })],
  ['a certificate by name', '/nginx/proxy-hosts', body => Object.assign(body, { certificate_id: 'shop' })],
  ['an unknown kind of certificate', '/nginx/certificates', body => Object.assign(body, { provider: 'zerossl' })],
  [
    'a mail address in the certificate',
    '/nginx/certificates',
    body => Object.assign(body.meta as object, { letsencrypt_email: 'a@example.net' }),
  ],
  ['an access list without a name', '/nginx/access-lists', body => Object.assign(body, { name: '' })],
  [
    'a client that is no address',
    '/nginx/access-lists',
    body => Object.assign(body, { clients: [{ directive: 'allow', address: '10.0.0.0/33' }] }),
  ],
  ['a redirect with status 200', '/nginx/redirection-hosts', body => Object.assign(body, { forward_http_code: 200 })],
  ['a dead host without names', '/nginx/dead-hosts', body => delete body.domain_names],
  ['a stream on port 0', '/nginx/streams', body => Object.assign(body, { incoming_port: 0 })],
];

describeWith(['shared'], "the schema of Nginx Proxy Manager's API", () => {
  const verdict = new Verdict('Nginx Proxy Manager API schema');
  const root = join(shared() as string, 'conformance/openapi/nginx-proxy-manager');
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  // The schema writes the form of an IPv4 address where the name of one belongs.
  ajv.addFormat(IPV4, new RegExp(IPV4));
  const base = 'https://npm.example.net/';
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath ?? entry.path, entry.name);
    if (!entry.isFile() || !file.endsWith('.json')) continue;
    const { $id, $schema, ...schema } = JSON.parse(readFileSync(file, 'utf8'));
    ajv.addSchema(schema, base + relative(root, file));
  }
  const refusals = ({ method, path, body }: ApiRequest): string[] => {
    const operation = `${base}paths${path}/${method.toLowerCase()}.json`;
    const validate = ajv.compile({ $ref: `${operation}#/requestBody/content/application~1json/schema` });
    return validate(body) ? [] : (validate.errors ?? []).map(error => `${path} ${error.instancePath} ${error.message}`);
  };
  const requests = (): ApiRequest[] => {
    const files = Testing.files(nginxProxyManager(published()));
    return applied(JSON.parse(files['devices/nginx-proxy-manager/npm/objects.json'] as string));
  };

  test('takes every request', () => {
    const all = requests();
    const faults = all.flatMap(refusals);
    verdict.took(all.length, faults.length);
    expect(all.length).toBeGreaterThan(10);
    expect(faults).toEqual([]);
  });

  test.each(BROKEN)('broken: refuses %s', (_, path, change) => {
    const request = requests().find(r => r.path === path) as ApiRequest;
    change(request.body);
    const refused = refusals(request).length > 0;
    verdict.sawBroken(refused);
    expect(refused).toBe(true);
  });
});

/** The requests as whoever applies them sends them: each reference is the number of an object that was made by an earlier request. */
function applied(requests: readonly ApiRequest[]): ApiRequest[] {
  const made: ApiRequest[] = [{ method: 'POST', path: '/nginx/certificates', body: { provider: 'other', nice_name: 'lab' } }];
  return requests.map(request => {
    const sent = { ...request, body: resolved(request.body, made) as ApiRequest['body'] };
    made.push(request);
    return sent;
  });
}

function resolved(value: unknown, made: readonly ApiRequest[]): unknown {
  if (Array.isArray(value)) return value.map(item => resolved(item, made));
  if (typeof value !== 'object' || value === null) return value;
  if ('$secret' in value) return 'value';
  if ('$ini' in value)
    return Object.keys(value.$ini as object)
      .map(key => `${key} = value`)
      .join('\n');
  if ('$ref' in value) {
    const { $ref, ...key } = value;
    const same = ({ path, body }: ApiRequest) =>
      path === $ref && Object.entries(key).every(([k, v]) => JSON.stringify(body[k]) === JSON.stringify(v));
    const index = made.findIndex(same);
    if (index < 0) throw new Error(`no earlier request makes ${JSON.stringify(value)}`);
    return index + 1;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item, made)]));
}
