import { Check, ConfigError, type FirstBoot, type NameUse, Secret, toYaml } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** Where nodes pull images from. */
export interface K3sRegistries {
  /** Registry as images name it, to the addresses that are asked for it, in order: `{ 'docker.io': ['https://registry.example.net'] }`. */
  readonly mirrors: Readonly<Record<string, readonly string[]>>;
  /** Certificate, in PEM, of the authority that signed those of the mirrors; nodes trust it for everything. @default - an authority that Debian knows */
  readonly authority?: string;
  /** Its value is the section `configs` of `registries.yaml`, with user and password of each registry. @default - registries ask for none */
  readonly credentials?: Secret;
}

const MIRRORS = '/etc/rancher/k3s/registry-mirrors.yaml';
const CREDENTIALS = '/etc/rancher/k3s/registry-credentials.yaml';
const FILE = '/etc/rancher/k3s/registries.yaml';
const AUTHORITY = '/usr/local/share/ca-certificates/registries.crt';

/** @throws PROP_*, K3S_REGISTRY */
export function checkRegistries(scope: IConstruct, registries: K3sRegistries): void {
  const check = new Check(scope);
  check.known(registries, ['mirrors', 'authority', 'credentials']);
  const mirrors = Object.entries(
    check.present('registries.mirrors', registries.mirrors, "{ 'docker.io': ['https://registry.example.net'] }"),
  );
  if (mirrors.length === 0) {
    throw new ConfigError(scope, 'K3S_REGISTRY', 'registries has no mirror', {
      fix: "write mirrors: { 'docker.io': ['https://registry.example.net'] }, or leave registries out",
    });
  }
  for (const [registry, endpoints] of mirrors) {
    if (!/^(\*|[a-z0-9.-]+(:\d+)?)$/.test(registry)) {
      throw new ConfigError(scope, 'K3S_REGISTRY', 'a mirror is for a registry as images name it, or for * that is every other', {
        got: registry,
        fix: "write it like 'docker.io', without https://",
      });
    }
    for (const endpoint of check.list(`registries.mirrors['${registry}']`, endpoints, "'https://registry.example.net'")) {
      check.text(
        `a mirror of ${registry}`,
        endpoint,
        /^https:\/\/[\w.-]+(:\d+)?(\/[\w./-]*)?$/,
        'an address over https',
        'https://registry.example.net',
      );
    }
  }
  if (registries.authority !== undefined) {
    const pem = /^-----BEGIN CERTIFICATE-----\n[\s\S]+-----END CERTIFICATE-----\n?$/;
    check.text('registries.authority', registries.authority, pem, 'a certificate in PEM', '-----BEGIN CERTIFICATE-----…');
  }
  if (registries.credentials !== undefined)
    check.instance('registries.credentials', registries.credentials, Secret, "Secret.fromTerraformVariable('registry_credentials')");
}

/** The part of `registries.yaml` that is no secret. @see https://docs.k3s.io/installation/private-registry */
export function registriesFile(registries: K3sRegistries): string {
  const mirrors = Object.entries(registries.mirrors).sort(([a], [b]) => (a < b ? -1 : 1));
  return toYaml({ mirrors: Object.fromEntries(mirrors.map(([registry, endpoints]) => [registry, { endpoint: [...endpoints] }])) });
}

/** Puts them on a machine, before K3s reads them. The secret part is a whole section, so the file is one after the other. */
export function carryRegistries(registries: K3sRegistries, firstBoot: FirstBoot): void {
  const { authority, credentials } = registries;
  firstBoot.file(credentials ? MIRRORS : FILE, registriesFile(registries), '0600');
  if (credentials) {
    firstBoot.file(CREDENTIALS, credentials);
    firstBoot.run(`(umask 077; cat ${MIRRORS} ${CREDENTIALS} > ${FILE})`);
  }
  if (authority === undefined) return;
  firstBoot.install('ca-certificates');
  firstBoot.file(AUTHORITY, authority);
  firstBoot.run('update-ca-certificates');
}

/** The hosts that images come from. */
export function registryNames(registries: K3sRegistries | undefined): NameUse[] {
  const hosts = Object.values(registries?.mirrors ?? {}).flatMap(endpoints => endpoints.map(endpoint => new URL(endpoint).hostname));
  return [...new Set(hosts)].sort().map(name => ({ name, for: 'its images' }));
}
