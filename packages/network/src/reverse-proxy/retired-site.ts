import { Check, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import type { Certificate } from './certificate';
import type { ReverseProxy } from './reverse-proxy';
import { SiteNames, type SiteNamesProps } from './site-names';

export interface RetiredSiteProps extends SiteNamesProps {
  /** Name that took over; paths are kept, and clients remember it (status 301). @default - every request is answered with status 404 */
  readonly movedTo?: string;
}

/** Names that people and search engines still have, under which nothing is served any more. */
export class RetiredSite extends Construct {
  public static isRetiredSite(x: unknown): x is RetiredSite {
    return typeof x === 'object' && x !== null && RETIRED_SITE in x;
  }

  public readonly name: string;
  /** Sorted. */
  public readonly names: readonly string[];
  public readonly certificate: Certificate;
  public readonly movedTo?: string;

  /** @throws those of {@link SiteNames} */
  constructor(proxy: ReverseProxy, id: string, props: RetiredSiteProps) {
    super(vacant(proxy, id), id);
    Object.defineProperty(this, RETIRED_SITE, { value: true });
    const check = new Check(this);
    check.known(props, ['names', 'certificate', 'movedTo']);
    this.name = check.label('the id of a site', id);
    const names = new SiteNames(this, proxy, props);
    this.names = names.names;
    this.certificate = names.certificate;
    if (props.movedTo !== undefined) {
      this.movedTo = check.text(
        'movedTo',
        props.movedTo,
        /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/,
        'a DNS name',
        'shop.example.net',
      );
    }
  }
}

const RETIRED_SITE = Symbol.for('@ashlar/network.RetiredSite');
