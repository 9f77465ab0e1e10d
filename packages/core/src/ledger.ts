import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Construct, type IConstruct } from 'constructs';
import { Check } from './check';
import { ConfigError } from './config-error';
import { Site } from './site';
import { vacant } from './vacant';

export interface LedgerProps {
  /** The committed file, e.g. `join(__dirname, '../ledger.json')`. It is made at the first synthesis. */
  readonly file: string;
}

interface Entries {
  /** Space to name to number. */
  readonly numbers: Record<string, Record<string, number>>;
  /** Document to its last revision. */
  readonly revisions: Record<string, { readonly digest: string; readonly revision: number }>;
}

/**
 * Numbers that were given to names, kept in a committed file: host numbers of a subnet, VM ids of a cluster.
 *
 * A name keeps its number for good, so that adding a host renumbers nobody. A number whose name is gone stays reserved
 * until its line is deleted by hand, because something may still answer under it.
 */
export class Ledger extends Construct {
  /** The ledger of the site of a construct, if there is one. */
  public static find(scope: IConstruct): Ledger | undefined {
    return Site.find(scope)?.node.children.find(Ledger.isLedger);
  }

  /** The ledger of a site. @throws LEDGER_MISSING */
  public static of(scope: IConstruct): Ledger {
    const ledger = Ledger.find(scope);
    if (!ledger) {
      throw new ConfigError(scope, 'LEDGER_MISSING', 'has no number, and the site has no ledger to allocate one from', {
        fix: "give it a number, or create new Ledger(site, 'ledger', { file: … }) before it",
      });
    }
    return ledger;
  }

  private static isLedger(x: unknown): x is Ledger {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private readonly entries: Entries;
  private readonly used = new Map<string, Set<number>>();
  private changed = false;

  /** @throws LEDGER_FILE, LEDGER_TWICE, PROP_MISSING, PROP_UNKNOWN */
  constructor(scope: Site, id: string, props: LedgerProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, MARKER, { value: true });
    const check = new Check(this);
    check.known(props, ['file']);
    const file = check.text('file', props.file, /\.json$/, 'the path of a JSON file', 'ledger.json');
    this.entries = this.load(file);
    Site.of(scope).onCommit(() => this.save(file));
  }

  /**
   * The number of `name` in `space`: the one it has, or the lowest free one.
   * @param taken numbers that are given out otherwise, such as explicit ones and pools
   * @throws LEDGER_FULL, LEDGER_OUTSIDE
   */
  public allocate(scope: IConstruct, space: string, name: string, from: number, to: number, taken: (n: number) => boolean): number {
    const numbers = this.entries.numbers[space] ?? {};
    this.entries.numbers[space] = numbers;
    if (Object.hasOwn(numbers, name)) {
      const known = numbers[name] as number;
      if (known >= from && known <= to) return known;
      throw new ConfigError(scope, 'LEDGER_OUTSIDE', `the ledger has ${known} for ${name} in ${space}, outside ${from} to ${to}`, {
        fix: 'widen the range, or delete the line from the ledger to have it renumbered',
      });
    }
    const used = this.used.get(space) ?? new Set(Object.values(numbers));
    this.used.set(space, used);
    for (let n = from; n <= to; n++) {
      if (used.has(n) || taken(n)) continue;
      numbers[name] = n;
      used.add(n);
      this.changed = true;
      return n;
    }
    throw new ConfigError(scope, 'LEDGER_FULL', `no number from ${from} to ${to} of ${space} is left for ${name}`, {
      fix: 'widen the range, or delete names from the ledger that are gone for good',
    });
  }

  /** Numbers of `space` that the ledger holds, by name. */
  public held(space: string): Readonly<Record<string, number>> {
    return this.entries.numbers[space] ?? {};
  }

  /**
   * Revision of a document whose content has `digest`: it grows by one when the content changes, and only then. The serial
   * of a DNS zone is one.
   */
  public revision(document: string, digest: string): number {
    const known = this.entries.revisions[document];
    if (known?.digest === digest) return known.revision;
    const revision = (known?.revision ?? 0) + 1;
    this.entries.revisions[document] = { digest, revision };
    this.changed = true;
    return revision;
  }

  private load(file: string): Entries {
    const empty: Entries = { numbers: Object.create(null), revisions: Object.create(null) };
    if (!existsSync(file)) return empty;
    let read: Entries;
    try {
      read = JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      throw new ConfigError(this, 'LEDGER_FILE', 'the ledger file is not JSON', { fix: 'restore it from Git' });
    }
    const sound = isRecord(read) && isRecord(read.numbers) && isRecord(read.revisions) && Object.values(read.numbers).every(isNumbers);
    if (!sound) throw new ConfigError(this, 'LEDGER_FILE', 'the ledger file is not a ledger', { fix: 'restore it from Git' });
    for (const [space, numbers] of Object.entries(read.numbers)) this.refuseTwice(space, numbers);
    return { numbers: Object.assign(empty.numbers, read.numbers), revisions: Object.assign(empty.revisions, read.revisions) };
  }

  /** Two branches can give one number to two names, and Git merges them without a conflict. */
  private refuseTwice(space: string, numbers: Readonly<Record<string, number>>): void {
    const names = new Map<number, string>();
    for (const [name, number] of Object.entries(numbers)) {
      const other = names.get(number);
      if (other !== undefined) {
        throw new ConfigError(this, 'LEDGER_TWICE', `${number} of ${space} is the number of both ${other} and ${name}`, {
          fix: 'delete the line of the one that is not running yet',
        });
      }
      names.set(number, name);
    }
  }

  private save(file: string): void {
    if (!this.changed) return;
    const numbers = byKey(Object.fromEntries(Object.entries(this.entries.numbers).map(([space, names]) => [space, byKey(names)])));
    writeFileSync(`${file}.new`, `${JSON.stringify({ numbers, revisions: byKey(this.entries.revisions) }, undefined, 2)}\n`);
    renameSync(`${file}.new`, file);
    this.changed = false;
  }
}

const MARKER = Symbol.for('@ashlar/core.Ledger');

function byKey<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isRecord(x: unknown): x is Record<string, unknown> {
  return typeof x === 'object' && x !== null && !Array.isArray(x);
}

function isNumbers(x: unknown): boolean {
  return isRecord(x) && Object.values(x).every(Number.isInteger);
}
