import { Duration, type Lifecycle, type NameUse } from '@ashlar/core';
import { KubernetesCluster, objectName, Unit } from '@ashlar/kubernetes';
import type { AcmeIssuer } from './acme-issuer';
import type { Certificate } from './certificate';

/** A certificate is there once the authority has seen that its names are ours: over the way that leads in, or by a record. */
export function certificateLifecycle(certificate: Certificate, issuer: AcmeIssuer): Lifecycle {
  const [unit, cluster] = [Unit.find(certificate), KubernetesCluster.find(certificate)];
  const name = objectName(certificate);
  return {
    startsAfter: unit ? [{ on: unit, for: 'its object' }] : [],
    uses: [{ name: new URL(issuer.server.directory).hostname, for: 'the authority that signs it' }, ...challengeUses(issuer)],
    start: cluster
      ? [
          {
            id: 'ready',
            title: `Wait for the certificate of ${certificate.hosts.join(', ')}`,
            action: { waits: `cert-manager orders it at ${new URL(issuer.server.directory).hostname}` },
            check: {
              command: [
                'kubectl',
                ...['--context', cluster.name, '--namespace', certificate.namespace],
                ...['wait', `certificates.cert-manager.io/${name}`, '--for=condition=Ready', '--timeout=10s'],
              ],
            },
            undo: { nothing: 'it stays valid until its end' },
            budget: Duration.minutes(10),
          },
        ]
      : [],
  };
}

function challengeUses({ challenge: { proof } }: AcmeIssuer): NameUse[] {
  if (proof.kind === 'http-01') return [{ name: proof.gateway.address.vlan.gateway, for: 'the way by which the authority asks' }];
  return proof.kind === 'rfc2136' ? [{ name: proof.server.ip, for: 'the record that the authority asks for' }] : [];
}
