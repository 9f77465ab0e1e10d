import { Check, Claims, ConfigError, pathOf } from '@ashlar/core';
import type { Construct } from 'constructs';
import { Certificate } from './certificate';
import type { ReverseProxy } from './reverse-proxy';

export interface SiteNamesProps {
  /** Lower-case DNS names under which it answers; `*.apps.example.net` stands for every name one label below `apps`. */
  readonly names: readonly string[];
  readonly certificate: Certificate;
}

/** The DNS names of one site of a proxy, and the certificate that proves them. */
export class SiteNames {
  /** Sorted. */
  public readonly names: readonly string[];
  /** The first that was given and is no wildcard; for wildcards alone, `www` below the first. */
  public readonly first: string;
  public readonly certificate: Certificate;

  /** @throws PROXY_NAMES, PROXY_NAME_TAKEN, PROXY_WILDCARD, PROXY_CHALLENGE_UNKNOWN, PROXY_CHALLENGE_SPREAD */
  constructor(owner: Construct, proxy: ReverseProxy, props: SiteNamesProps) {
    const check = new Check(owner);
    for (const port of [80, 443]) proxy.listen(proxy, port);
    this.names = [...new Set(check.list('names', props.names, "'shop.example.net'"))].sort();
    if (this.names.length > 100) {
      throw new ConfigError(owner, 'PROXY_NAMES', `a certificate has up to 100 names, and these are ${this.names.length}`, {
        fix: 'spread them over several sites, or take a wildcard',
        see: 'https://letsencrypt.org/docs/rate-limits/',
      });
    }
    for (const name of this.names) {
      check.text('names', name, NAME, 'DNS names in lower case, the first label of which may be *', 'shop.example.net');
      Claims.of(owner).claim(`proxied name of ${proxy.node.path}`, name, owner, holder => {
        return new ConfigError(owner, 'PROXY_NAME_TAKEN', `the name ${name} is already that of ${pathOf(holder)}`, {
          fix: 'publish it once; for a part of the site, give that one a location',
        });
      });
    }
    this.first = props.names.find(name => !name.startsWith('*')) ?? (props.names[0] as string).replace('*', 'www');
    this.certificate = check.instance('certificate', props.certificate, Certificate, "Certificate.letsEncrypt({ challenge: 'http-01' })");
    this.refuseUnprovable(owner, proxy);
  }

  private refuseUnprovable(owner: Construct, proxy: ReverseProxy): void {
    const { kind } = this.certificate;
    if (kind !== 'http-01' && kind !== 'dns-01') return;
    if (!proxy.product.challenges.includes(kind)) {
      throw new ConfigError(owner, 'PROXY_CHALLENGE_UNKNOWN', `${proxy.product.name} gets no certificates itself`, {
        fix: "write Certificate.stored('shop'), and let an ACME client keep the file",
      });
    }
    if (kind === 'dns-01') return;
    const wildcard = this.names.find(name => name.startsWith('*'));
    if (wildcard !== undefined) {
      throw new ConfigError(owner, 'PROXY_WILDCARD', `the wildcard ${wildcard} cannot be proven by http-01`, {
        fix: "write challenge: 'dns-01'",
        see: 'https://letsencrypt.org/docs/challenge-types/',
      });
    }
    if (proxy.hosts.length > 1) {
      throw new ConfigError(
        owner,
        'PROXY_CHALLENGE_SPREAD',
        `http-01 is answered by the host that asked, and requests arrive at any of ${proxy.hosts.map(pathOf).join(', ')}`,
        { fix: "write challenge: 'dns-01'" },
      );
    }
  }
}

const NAME = /^(?=.{1,253}$)(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
