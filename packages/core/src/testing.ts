import type { IConstruct } from 'constructs';
import { type Finding, formatFinding } from './finding';
import { Site } from './site';
import { SynthesisError } from './synthesis-error';

/** For tests of environments and of constructs of other teams: a site in memory, its files and its findings. */
export class Testing {
  /** A site that is never written to disk. */
  public static site(): Site {
    return new Site('test', { domain: 'test.example.net' });
  }

  /** Every rendered file, by path. @throws SynthesisError */
  public static files(construct: IConstruct): Record<string, string> {
    return Object.fromEntries(Site.of(construct).render().output.entries());
  }

  /** Errors and open warnings of the whole site, one line each; rendering included when the model is sound. */
  public static findings(construct: IConstruct): string[] {
    const site = Site.of(construct);
    const found = (findings: readonly Finding[]) => findings.map(formatFinding);
    try {
      return found(site.render().warnings);
    } catch (error) {
      if (error instanceof SynthesisError) return found(error.findings);
      throw error;
    }
  }
}
