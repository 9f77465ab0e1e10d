import type { Family } from '../space/address-text';

/** Types of ICMP by the names that pf gives them. @see https://man.freebsd.org/cgi/man.cgi?query=icmp and icmp6 */
const TYPES: Readonly<Record<Family, Readonly<Record<string, number>>>> = {
  4: {
    echorep: 0,
    unreach: 3,
    squench: 4,
    redir: 5,
    althost: 6,
    echoreq: 8,
    routeradv: 9,
    routersol: 10,
    timex: 11,
    paramprob: 12,
    timereq: 13,
    timerep: 14,
    inforeq: 15,
    inforep: 16,
    maskreq: 17,
    maskrep: 18,
    trace: 30,
    dataconv: 31,
    mobredir: 32,
    'ipv6-where': 33,
    'ipv6-here': 34,
    mobregreq: 35,
    mobregrep: 36,
    skip: 39,
    photuris: 40,
  },
  6: {
    unreach: 1,
    toobig: 2,
    timex: 3,
    paramprob: 4,
    echoreq: 128,
    echorep: 129,
    groupqry: 130,
    listqry: 130,
    grouprep: 131,
    listenrep: 131,
    groupterm: 132,
    listendone: 132,
    routersol: 133,
    routeradv: 134,
    neighbrsol: 135,
    neighbradv: 136,
    redir: 137,
    routrrenum: 138,
    niqry: 139,
    wrureq: 139,
    fqdnreq: 139,
    nirep: 140,
    wrurep: 140,
    fqdnrep: 140,
    mtraceresp: 200,
    mtrace: 201,
  },
};

/** Undefined for a name or number that the family does not have. */
export function icmpTypeOf(name: string, family: Family): bigint | undefined {
  const type = /^\d{1,3}$/.test(name) ? Number(name) : TYPES[family][name];
  return type === undefined || type > 255 ? undefined : BigInt(type);
}
