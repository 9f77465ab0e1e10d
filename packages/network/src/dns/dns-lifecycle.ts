import { Duration, type Lifecycle, type NameUse, type Need, type Secret, type Step } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { carrierOf } from '../segments/carrier-of';
import type { Host } from '../segments/host';

/** A DNS server whose files are put in place by hand: nothing in the site reaches into it. */
export interface DnsServerFiles {
  readonly host: Host;
  /** Package of the distribution, e.g. `bind9`. */
  readonly software: string;
  /** Folder of its files in the output. */
  readonly folder: string;
  /** Where they go, and what reads them again. */
  readonly install: string;
  /** A name that it answers for once it has its files. */
  readonly name: string;
  /** Type of the record that it answers with. */
  readonly type: 'SOA' | 'NS';
  readonly secrets: readonly Secret[];
}

/** How DNS servers come up: each once its machine runs and can install the software. */
export function dnsLifecycle(dns: IConstruct, servers: readonly DnsServerFiles[], needs: readonly Need[] = []): Lifecycle {
  const carriers = servers.flatMap(({ host }) => {
    const on = carrierOf(
      dns,
      host.addresses.map(({ ip }) => ip),
    );
    return on ? [{ on, for: 'what it runs on' }] : [];
  });
  return { startsAfter: [...carriers, ...needs], uses: [...waysOut(servers)], start: servers.map(putFiles) };
}

function waysOut(servers: readonly DnsServerFiles[]): NameUse[] {
  const gateways = new Map(servers.map(({ host, software }) => [host.vlan.gateway, `the packages of ${software}`]));
  return [...gateways].map(([name, what]) => ({ name, for: what }));
}

function putFiles({ host, software, folder, install, name, type, secrets }: DnsServerFiles): Step {
  return {
    id: host.name,
    title: `Put the files of ${software} on ${host.fqdn}`,
    action: { byHand: `On ${host.fqdn} install ${software} and copy ${folder} there: ${install}` },
    check: { command: ['host', '-W', '2', '-t', type, name, host.ip] },
    undo: { byHand: `Stop ${software} on ${host.fqdn}` },
    budget: Duration.minutes(20),
    ...(secrets.length > 0 && { secrets }),
  };
}

/** Names and addresses under which servers are configured elsewhere. */
export function servedBy(hosts: readonly Host[]): readonly string[] {
  return hosts.flatMap(host => [host.fqdn, ...host.addresses.map(({ ip }) => ip)]);
}
