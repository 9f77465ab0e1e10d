import type { ServerType } from './server-type';

/** What a vendor says of its servers and networks, each with the page that says it. */
export interface CloudFacts {
  /** `Hetzner Cloud` */
  readonly vendor: string;
  readonly types: readonly ServerType[];
  /** Page that lists the types. */
  readonly typesSee: string;
  /** Servers in one private network. */
  readonly servers: { readonly most: number; readonly see: string };
  /** Addresses that the vendor keeps in each subnet, at its begin and at its end. */
  readonly reserved: { readonly first: number; readonly last: number; readonly see: string };
  /** Whether a subnet lies in one zone, so that a segment is divided among the zones. */
  readonly zonalSubnets: boolean;
  /** Bytes of user data, as it is sent. */
  readonly userData: { readonly most: number; readonly see: string };
  /** Rules in each direction of one firewall; where one names a single prefix or the group itself, a flow to many takes as many. */
  readonly rules: { readonly most: number; readonly see: string; readonly perPrefix: boolean };
  /** Whether its firewalls can name SCTP. */
  readonly sctp: boolean;
}
