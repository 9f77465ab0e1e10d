import { findingAt, type Rule } from '@ashlar/core';
import { clustersOf } from '../../clusters-of';
import { isNodeCertificates } from '../is-node-certificates';

/** The API is asked under a name that none of its certificates has. */
export const ACME_ENDPOINT: Rule = {
  code: 'ACME_ENDPOINT',
  severity: 'warning',
  incident:
    'The nodes got public certificates. Terraform went on with their addresses and insecure: true, and would have told anybody the token.',
  *check(site) {
    for (const cluster of clustersOf(site)) {
      const certificates = cluster.node.findAll().find(isNodeCertificates);
      if (!certificates || certificates.names.includes(new URL(cluster.endpoint).hostname)) continue;
      yield findingAt(
        cluster,
        ACME_ENDPOINT,
        `is asked at ${cluster.endpoint}, and the certificates of its nodes are for ${certificates.names.join(', ')}`,
        `write endpoint: 'https://${certificates.names[0]}:8006/' once they are there, and leave insecure out`,
      );
    }
  },
};
