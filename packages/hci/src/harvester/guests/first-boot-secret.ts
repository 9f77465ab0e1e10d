import { Secret, toYaml } from '@ashlar/core';
import { cloudConfig } from '../../guest/cloud-config';
import { remoteRef, type SecretStore } from '../secret-store';
import type { HarvesterGuest } from './harvester-guest';
import { renderNetworkData } from './network-data';

/** Name of the object that holds the first boot of a guest. */
export function firstBootName(guest: HarvesterGuest): string {
  return `${guest.hostName}-cloud-init`;
}

/**
 * What a guest reads at its first boot. Without secrets it is a Secret as it stands; with some, the External Secrets Operator
 * writes it in the cluster, from the store of the cluster, in Base64 inside the user data.
 * @see https://external-secrets.io/latest/guides/templating/
 */
export function firstBootManifest(guest: HarvesterGuest, namespace: string): object {
  const { hostName, fqdn, firstBoot, cluster } = guest;
  const secrets = new Map<string, Secret>();
  const data = cloudConfig({ hostName, fqdn, admin: cluster.admin, firstBoot }, secret => {
    const known = [...secrets].find(([, other]) => other.describe() === secret.describe());
    const mark = known?.[0] ?? `@@secret${secrets.size}@@`;
    secrets.set(mark, secret);
    return mark;
  });
  const userdata = `#cloud-config\n${toYaml(data)}`;
  const networkdata = renderNetworkData(guest);
  const metadata = { name: firstBootName(guest), namespace, labels: { 'harvesterhci.io/vmName': hostName } };
  if (secrets.size === 0) return { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', stringData: { userdata, networkdata } };
  const store = cluster.secretStore as Required<SecretStore>;
  const filled = [...secrets.keys()].reduce((text, mark) => text.replaceAll(mark, `{{ .${key(mark)} | b64enc }}`), literal(userdata));
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata,
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { name: store.name, kind: store.kind },
      target: {
        name: metadata.name,
        creationPolicy: 'Owner',
        template: {
          engineVersion: 'v2',
          type: 'Opaque',
          metadata: { labels: metadata.labels },
          data: { userdata: filled, networkdata: literal(networkdata) },
        },
      },
      data: [...secrets].map(([mark, secret]) => ({ secretKey: key(mark), remoteRef: remoteRef(secret) })),
    },
  };
}

/** Whether the store of its cluster has every secret of its first boot; a rule tells when not. */
export function findsItsSecrets({ firstBoot, cluster }: HarvesterGuest): boolean {
  const secrets = firstBoot.files.flatMap(({ content }) => (Secret.is(content) ? content : []));
  return secrets.length === 0 || (cluster.secretStore !== undefined && secrets.every(secret => remoteRef(secret) !== undefined));
}

/** `@@secret0@@` → `secret0` */
function key(mark: string): string {
  return mark.slice(2, -2);
}

/** What looks like a template in files and commands is not one. */
function literal(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}');
}
