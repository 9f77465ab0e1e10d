import type { Manifest } from './manifest';

export type Labels = Readonly<Record<string, string>>;

/** What a selector asks of one label. */
interface Requirement {
  readonly key: string;
  /** A value that it accepts; undefined when it asks for none. */
  readonly example?: string;
  readonly holds: (value: string | undefined) => boolean;
}

/**
 * A selector of labels; an empty one selects everything.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export class LabelSelector {
  private readonly requirements: readonly Requirement[];

  /** @throws REACH_UNJUDGED */
  constructor(manifest: Manifest) {
    manifest.knows('matchLabels matchExpressions');
    const labels = Object.entries(manifest.labels('matchLabels'));
    this.requirements = [
      ...labels.map(([key, wanted]) => ({ key, example: wanted, holds: (value: string | undefined) => value === wanted })),
      ...manifest.parts('matchExpressions').map(expression),
    ];
  }

  public get keys(): readonly string[] {
    return this.requirements.map(({ key }) => key);
  }

  /** The fewest labels that it selects. */
  public get example(): Labels {
    return Object.fromEntries(this.requirements.flatMap(({ key, example }) => (example === undefined ? [] : [[key, example]])));
  }

  /** Whether the labels that `labelOf` answers for are selected. */
  public selects(labelOf: (key: string) => string | undefined): boolean {
    return this.requirements.every(({ key, holds }) => holds(labelOf(key)));
  }
}

function expression(manifest: Manifest): Requirement {
  manifest.knows('key operator values');
  const key = manifest.text('key') || manifest.refuse('key', 'name a label');
  const values = manifest.texts('values');
  switch (manifest.text('operator')) {
    case 'In':
      return { key, example: values[0] ?? '', holds: value => value !== undefined && values.includes(value) };
    case 'NotIn':
      return { key, holds: value => value === undefined || !values.includes(value) };
    case 'Exists':
      return { key, example: 'any', holds: value => value !== undefined };
    case 'DoesNotExist':
      return { key, holds: value => value === undefined };
    default:
      return manifest.refuse('operator', 'write In, NotIn, Exists or DoesNotExist');
  }
}
