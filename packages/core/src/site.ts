import { type IConstruct, RootConstruct } from 'constructs';
import { ConfigError } from './config-error';
import { type Finding, findingOf } from './finding';
import { Output } from './output';
import { type Committed, OutputFolder } from './output-folder';
import { descend, ownerOf, pathOf } from './owner';
import type { Projection } from './projection';
import { rendererOf } from './renderer';
import type { Rule } from './rule';
import { SynthesisError } from './synthesis-error';
import { applyAcknowledgements, notedWarnings } from './warning';

export interface SiteProps {
  /** DNS domain under which hosts and services are named, e.g. `cloud.example.net`. */
  readonly domain: string;
}

/** What a synthesis found and did. */
export interface Synthesis extends Committed {
  /** Folder that was written. */
  readonly outdir: string;
  /** Warnings that nobody acknowledged. */
  readonly warnings: readonly Finding[];
}

/** A rendered site: the files, and the warnings on the way. */
export interface Rendered {
  readonly output: Output;
  readonly warnings: readonly Finding[];
}

/** The root of the model: one place, with its racks, networks, machines, clusters and services. */
export class Site extends RootConstruct {
  /** Works across copies of this package, where `instanceof` does not. */
  public static isSite(x: unknown): x is Site {
    return typeof x === 'object' && x !== null && SITE in x;
  }

  /** The site of a construct, from the model or from the tree of any engine that it owns; undefined outside a site. */
  public static find(construct: IConstruct): Site | undefined {
    for (let at: IConstruct | undefined = construct; at; at = ownerOf(at)) {
      if (Site.isSite(at.node.root)) return at.node.root;
    }
    return undefined;
  }

  /**
   * The site of a construct.
   * @throws SITE_MISSING in a plain cdk8s or cdktf app
   */
  public static of(construct: IConstruct): Site {
    const site = Site.find(construct);
    if (!site) {
      throw new ConfigError(construct, 'SITE_MISSING', 'is not inside a Site', { fix: 'pass the site, or something in it, as scope' });
    }
    return site;
  }

  /** DNS domain under which hosts and services are named. */
  public readonly domain: string;
  private readonly rules = new Map<string, Rule>();
  private readonly projections = new Map<string, Projection>();
  private readonly tokenReaders: ((text: string) => string | undefined)[] = [];
  private readonly preparations: (() => void)[] = [];
  private readonly inspections: ((output: Output) => Iterable<Finding>)[] = [];
  private readonly afterCommit: (() => void)[] = [];

  /** @throws SITE_ID, SITE_DOMAIN */
  constructor(id: string, props: SiteProps) {
    super(siteId(id));
    Object.defineProperty(this, SITE, { value: true });
    const labels = typeof props?.domain === 'string' ? props.domain.split('.') : [];
    if (labels.length < 2 || !labels.every(label => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label))) {
      throw new ConfigError(this, 'SITE_DOMAIN', 'domain must be a lower-case DNS name of two labels or more', {
        got: props?.domain,
        fix: 'write it like cloud.example.net',
        see: 'RFC 1035 section 2.3.1',
      });
    }
    this.domain = props.domain;
  }

  /** Every construct of the site, engine trees included, parents before children. */
  public findAll(): IConstruct[] {
    return [...descend(this)];
  }

  /** Registers rules over the whole model; a rule that is already there is not added twice. */
  public addRules(...rules: readonly Rule[]): void {
    for (const rule of rules) this.rules.set(rule.code, rule);
  }

  /** Registers the layout in which another program wants a part of the output. */
  public addProjection(projection: Projection): void {
    this.projections.set(projection.variable, projection);
  }

  /** Registers how to tell where an engine's token comes from, for when it is found in another engine's output. */
  public addTokenReader(reader: (text: string) => string | undefined): void {
    this.tokenReaders.push(reader);
  }

  /** The path of the construct whose value an engine's token stands for, if any engine knows it. */
  public producerOf(text: string): string | undefined {
    for (const read of this.tokenReaders) {
      const producer = read(text);
      if (producer !== undefined) return producer;
    }
    return undefined;
  }

  /** Registers what completes a model before it is checked, such as an engine's aspects; run once. */
  public onPrepare(action: () => void): void {
    this.preparations.push(action);
  }

  /** Registers what reads the rendered files, such as a proof, and may add its own; what it finds stops the synthesis. */
  public onRendered(inspect: (output: Output) => Iterable<Finding>): void {
    this.inspections.push(inspect);
  }

  /** Registers what is kept beside the output, such as a ledger, for when the output has been written. */
  public onCommit(action: () => void): void {
    this.afterCommit.push(action);
  }

  /** Everything that is wrong or doubtful with the model, without rendering it. */
  public check(): Finding[] {
    for (const action of this.preparations.splice(0)) action();
    const all = this.findAll();
    const validations = all.flatMap(construct =>
      construct.node.validate().map((message): Finding => {
        return { code: 'CONSTRUCT_VALIDATION', severity: 'error', path: pathOf(construct), message, fix: '' };
      }),
    );
    const ruled = [...this.rules.values()].flatMap(rule => [...rule.check(this)]);
    return sorted(applyAcknowledgements(this, [...validations, ...ruled, ...notedWarnings(this)]));
  }

  /**
   * Checks the whole model, then renders it into memory.
   * @throws SynthesisError with every error at once
   */
  public render(): Rendered {
    const findings = this.check();
    refuse(this, findings);
    const output = new Output();
    const faults: Finding[] = [];
    for (const construct of this.findAll()) {
      try {
        rendererOf(construct)?.(output);
      } catch (error) {
        faults.push(findingOf(error));
      }
    }
    refuse(this, sorted([...faults, ...output.secrets()]));
    refuse(this, sorted(this.inspections.flatMap(inspect => [...inspect(output)])));
    return { output, warnings: findings.filter(f => f.severity === 'warning') };
  }

  /**
   * Renders the site and writes what changed to `outdir`; nothing is written when anything is wrong.
   *
   * When one of the engines' own command lines runs the program, it says so with an environment variable
   * (`CDKTF_OUTDIR`, `CDK8S_OUTDIR`), and gets its part of the output in the layout that it expects.
   *
   * @param outdir @default `out`
   */
  public synth(outdir = 'out'): Synthesis {
    const { output, warnings } = this.render();
    const projection = [...this.projections.values()].find(p => process.env[p.variable]);
    if (projection) {
      const target = process.env[projection.variable] as string;
      projection.write(output, target);
      return { outdir: target, warnings, written: [], removed: [], unchanged: 0 };
    }
    const committed = new OutputFolder(outdir).commit(new Map(output.entries()), output.owners());
    for (const action of this.afterCommit) action();
    return { outdir, warnings, ...committed };
  }
}

const SITE = Symbol.for('@ashlar/core.Site');

function siteId(id: string): string {
  if (typeof id === 'string' && /^[a-z][a-z0-9-]*$/.test(id)) return id;
  throw new ConfigError('Site', 'SITE_ID', 'the id of a site is lower-case letters, digits and dashes', {
    got: id,
    fix: 'write it like optiplex-cloud',
  });
}

function refuse(site: Site, findings: readonly Finding[]): void {
  if (findings.some(f => f.severity === 'error')) throw new SynthesisError(site.node.id, findings);
}

/** Errors first, then by path and code: the order of construction shows in no report. */
function sorted(findings: readonly Finding[]): Finding[] {
  const key = (f: Finding) => `${f.severity}\0${f.path}\0${f.code}\0${f.message}`;
  return [...findings].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
