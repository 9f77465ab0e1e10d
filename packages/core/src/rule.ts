import type { Finding, Severity } from './finding';
import type { Site } from './site';

/**
 * Something that can be known only when the whole model is built.
 *
 * A rule is a pure function of the model. Packages register theirs from the constructs that they concern, with
 * {@link Site.addRules}; each has a file of its own, named after its code, and is listed in the package's README.
 */
export interface Rule {
  /** Stable and upper-case, e.g. `VLAN_NOT_TRUNKED`. */
  readonly code: string;
  readonly severity: Severity;
  /** What happened, somewhere, when nobody checked. */
  readonly incident: string;
  check(site: Site): Iterable<Finding>;
}
