/** The part of JSON Schema that a spec needs. @see https://json-schema.org/draft/2020-12 */
export interface SpecSchema {
  readonly type?: 'object' | 'string' | 'integer';
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SpecSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  readonly anyOf?: readonly SpecSchema[];
  readonly enum?: readonly (string | number)[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  /** How one writes it, for people. */
  readonly examples?: readonly unknown[];
}

const HOST_NUMBER: SpecSchema = { type: 'integer', minimum: 1, maximum: 65_534 };
const IPV4_PREFIX = '^\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}$';
const VERSION = '^1\\.\\d+\\.\\d+$';
const MACHINES: SpecSchema = { type: 'integer', minimum: 0, maximum: 100, examples: [2] };

const RANGE: SpecSchema = {
  type: 'object',
  properties: { from: HOST_NUMBER, to: HOST_NUMBER },
  required: ['from', 'to'],
  additionalProperties: false,
  examples: [{ from: 21, to: 32 }],
};

/** What a file `clusters/<name>.yaml` holds. */
export const DOWNSTREAM_SPEC_SCHEMA: SpecSchema = {
  type: 'object',
  description: 'A segment of its own and a cluster in it',
  additionalProperties: false,
  required: ['name', 'network', 'version', 'workers', 'api', 'nodes'],
  properties: {
    name: {
      type: 'string',
      description: 'That of the file, a DNS label',
      pattern: '^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$',
      examples: ['media'],
    },
    network: {
      type: 'object',
      description: 'The segment of its machines',
      additionalProperties: false,
      required: ['tag', 'ipv4'],
      properties: {
        tag: { type: 'integer', description: '802.1Q tag', minimum: 1, maximum: 4094 },
        ipv4: { type: 'string', description: 'Prefix', pattern: IPV4_PREFIX, examples: ['10.40.0.0/24'] },
      },
      examples: [{ tag: 40, ipv4: '10.40.0.0/24' }],
    },
    version: { type: 'string', description: 'Version of Kubernetes', pattern: VERSION, examples: ['1.34.2'] },
    class: { type: 'string', description: 'The machines; small by default', enum: ['small', 'medium', 'large'] },
    controlPlanes: { type: 'integer', description: 'Members of etcd; 3 by default', enum: [1, 3, 5, 7] },
    workers: {
      description: 'How many, or between what the autoscaler chooses',
      anyOf: [
        { type: 'object', additionalProperties: false, required: ['count'], properties: { count: MACHINES }, examples: [{ count: 2 }] },
        {
          type: 'object',
          additionalProperties: false,
          required: ['min', 'max'],
          properties: { min: MACHINES, max: MACHINES },
          examples: [{ min: 2, max: 5 }],
        },
      ],
      examples: [{ count: 2 }],
    },
    api: { ...HOST_NUMBER, description: 'Number of the host that the address of the API is', examples: [20] },
    nodes: { ...RANGE, description: 'Numbers of its machines in the segment' },
    services: {
      description: 'Addresses of services: a prefix that BGP announces, or numbers in the segment; none by default',
      anyOf: [
        { type: 'string', pattern: IPV4_PREFIX },
        { ...RANGE, examples: [{ from: 200, to: 219 }] },
      ],
      examples: ['10.140.0.0/24'],
    },
    asn: { type: 'integer', description: 'Autonomous system of the nodes, with a prefix of services', minimum: 64_512, maximum: 65_534 },
    pods: { type: 'string', description: 'Addresses of pods; 10.244.0.0/16 by default', pattern: IPV4_PREFIX, examples: ['10.244.0.0/16'] },
    cluster: {
      type: 'string',
      description: 'Addresses of services inside the cluster; 10.96.0.0/16 by default',
      pattern: IPV4_PREFIX,
      examples: ['10.96.0.0/16'],
    },
    running: { type: 'string', description: 'What runs now, while it is upgraded', pattern: VERSION, examples: ['1.33.6'] },
  },
};

/** The schema as a file, for editors. */
export function specSchemaFile(): string {
  return `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Cluster', ...DOWNSTREAM_SPEC_SCHEMA }, null, 2)}\n`;
}
