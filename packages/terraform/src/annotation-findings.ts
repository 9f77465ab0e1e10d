import { type Finding, pathOf, type Rule, type Site } from '@ashlar/core';
import { AnnotationMetadataEntryType } from 'cdktf';

/** What cdktf constructs of other teams report with `Annotations.of(this)`, as findings of the site. */
export const annotationFindings: Rule = {
  code: 'TERRAFORM_ANNOTATION',
  severity: 'error',
  incident: 'an annotation of level error was lost, because only the engine that we do not run would have stopped for it',
  *check(site: Site): Iterable<Finding> {
    for (const construct of site.findAll()) {
      for (const { type, data } of construct.node.metadata) {
        const severity = SEVERITY[type];
        if (severity) yield { code: this.code, severity, path: pathOf(construct), message: String(data), fix: '' };
      }
    }
  },
};

const SEVERITY: Record<string, Finding['severity'] | undefined> = {
  [AnnotationMetadataEntryType.ERROR]: 'error',
  [AnnotationMetadataEntryType.WARN]: 'warning',
};
