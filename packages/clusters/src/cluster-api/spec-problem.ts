import type { SpecSchema } from './downstream-spec-schema';

/** The first thing that is wrong with a value, with the path to it. */
export interface SpecProblem {
  readonly message: string;
  readonly got?: unknown;
  readonly fix: string;
}

/** What is wrong with `value`, or nothing. Tells it as a person would: which key, what it must be, how one writes it. */
export function specProblem(value: unknown, schema: SpecSchema, path = 'the file'): SpecProblem | undefined {
  if (schema.anyOf) return alternatives(value, schema, schema.anyOf, path);
  if (schema.type && !isOf(value, schema.type)) {
    return { message: `${path} must be ${NAMES[schema.type]}`, got: value, fix: written(path, schema) };
  }
  if (schema.enum && !schema.enum.includes(value as string)) {
    return { message: `${path} must be one of ${schema.enum.join(', ')}`, got: value, fix: `write ${path}: ${schema.enum[0]}` };
  }
  if (schema.pattern && !new RegExp(schema.pattern).test(value as string)) {
    return { message: `${path} has another form`, got: value, fix: written(path, schema) };
  }
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
  if (typeof value === 'number' && (value < minimum || value > maximum)) {
    return { message: `${path} must be from ${minimum} to ${maximum}`, got: value, fix: 'choose a value inside the range' };
  }
  return schema.properties ? members(value as Record<string, unknown>, schema, schema.properties, path) : undefined;
}

const NAMES = { object: 'keys and values', string: 'text', integer: 'a whole number' };

function members(
  value: Readonly<Record<string, unknown>>,
  schema: SpecSchema,
  properties: Readonly<Record<string, SpecSchema>>,
  path: string,
): SpecProblem | undefined {
  const at = (key: string) => (path === 'the file' ? key : `${path}.${key}`);
  const unknown = Object.keys(value).find(key => !(key in properties));
  if (unknown !== undefined) return { message: `there is no key ${at(unknown)}`, fix: `use one of ${Object.keys(properties).join(', ')}` };
  const missing = (schema.required ?? []).find(key => value[key] === undefined || value[key] === null);
  if (missing !== undefined)
    return { message: `${at(missing)} is missing`, fix: written(at(missing), { ...properties[missing], ...exampleOf(schema, missing) }) };
  for (const key of Object.keys(value)) {
    const problem = specProblem(value[key], properties[key] as SpecSchema, at(key));
    if (problem) return problem;
  }
  return undefined;
}

/** The problem with the form that is nearest: of the same type, with most of the keys. */
function alternatives(value: unknown, schema: SpecSchema, forms: readonly SpecSchema[], path: string): SpecProblem | undefined {
  const problems = forms.map(form => specProblem(value, form, path));
  if (problems.includes(undefined)) return undefined;
  const near = (form: SpecSchema) => (form.type && isOf(value, form.type) ? 1 + shared(value, form) : 0);
  const best = [...forms].sort((a, b) => near(b) - near(a))[0] as SpecSchema;
  const problem = problems[forms.indexOf(best)] as SpecProblem;
  return near(best) < 2 ? { message: `${path} has another form`, got: value, fix: written(path, schema) } : problem;
}

/** Of a part, out of the example of the whole. */
function exampleOf(schema: SpecSchema, key: string): Pick<SpecSchema, 'examples'> {
  const whole = schema.examples?.[0] as Readonly<Record<string, unknown>> | undefined;
  return whole && key in whole ? { examples: [whole[key]] } : {};
}

function shared(value: unknown, form: SpecSchema): number {
  return typeof value === 'object' ? Object.keys(value ?? {}).filter(key => key in (form.properties ?? {})).length : 0;
}

function isOf(value: unknown, type: 'object' | 'string' | 'integer'): boolean {
  if (type === 'integer') return Number.isInteger(value);
  return type === 'string' ? typeof value === 'string' : typeof value === 'object' && value !== null && !Array.isArray(value);
}

function written(path: string, schema: SpecSchema): string {
  const example = schema.examples?.[0] ?? schema.enum?.[0] ?? schema.minimum ?? '…';
  return `write ${path === 'the file' ? 'name: media' : `${path}: ${inline(example)}`}`;
}

/** Flow style, as one writes it in the file. */
function inline(example: unknown): string {
  if (typeof example !== 'object' || example === null) return String(example);
  return `{ ${Object.entries(example)
    .map(([key, value]) => `${key}: ${inline(value)}`)
    .join(', ')} }`;
}
