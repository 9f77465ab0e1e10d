import { onRender, Site, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import { AddressBook } from './address-book';
import { renderAddresses } from './address-page';
import { Capacity } from './capacity';
import { renderCapacityData } from './capacity-data';
import { renderCapacity } from './capacity-page';
import { Copies } from './copies';
import { renderCopies } from './copies-page';
import { domainLosses } from './evacuation';
import { renderClaims } from './isolation/environment-claim';
import { claimsOf } from './isolation/site-claims';
import { NetworkLoad } from './network-load';
import { renderOverview } from './overview-page';
import { renderNetworkPlan } from './picture/network-picture';
import { readNetworkPlan } from './picture/network-plan-reader';
import { renderRackPlan } from './picture/rack-picture';
import { readRackPlan } from './picture/rack-plan-reader';
import { renderTopology } from './picture/topology-layout';
import { TopologyReader } from './picture/topology-reader';
import { renderZoneMatrix } from './picture/zone-matrix-picture';
import { BACKUP_TOGETHER } from './rules/backup-together';
import { COPIES_TOGETHER } from './rules/copies-together';
import { DISK_OVERCOMMITTED } from './rules/disk-overcommitted';
import { MEMORY_OVERCOMMITTED } from './rules/memory-overcommitted';
import { N_PLUS_ONE } from './rules/n-plus-one';
import { failingDomains } from './standing';
import { ZoneMatrix } from './zone-matrix';

/**
 * A report on the whole site for people, in the folder of the output that has its id: addresses, capacity, copies of
 * data, and pictures: racks to scale, what stands on what, the network, who reaches whom. Beside them, for programs, what the
 * site takes for itself, by which environments are compared.
 *
 * It reads contracts only, so it also tells of constructs that it has never heard of.
 */
export class SiteReport extends Construct {
  constructor(scope: Construct, id: string) {
    super(vacant(scope, id), id);
    const site = Site.of(this);
    site.addRules(MEMORY_OVERCOMMITTED, DISK_OVERCOMMITTED, N_PLUS_ONE, COPIES_TOGETHER, BACKUP_TOGETHER);
    onRender(this, output => {
      const book = AddressBook.of(site);
      const capacity = Capacity.of(site);
      output.write(this, `${id}/README.md`, renderOverview(site, book, capacity));
      output.write(this, `${id}/addresses.md`, renderAddresses(book));
      const network = NetworkLoad.of(site);
      const domains = domainLosses(capacity, failingDomains(site));
      output.write(this, `${id}/capacity.md`, renderCapacity(capacity, network, domains));
      output.write(this, `${id}/capacity.json`, renderCapacityData(capacity, network, domains));
      output.write(this, `${id}/copies.md`, renderCopies(Copies.of(site)));
      output.write(this, `${id}/rack.svg`, renderRackPlan(readRackPlan(site, capacity)));
      output.write(this, `${id}/network.svg`, renderNetworkPlan(readNetworkPlan(site, book)));
      output.write(this, `${id}/zones.svg`, renderZoneMatrix(site.node.id, new ZoneMatrix(site, book)));
      output.write(this, `${id}/topology.svg`, renderTopology(new TopologyReader(site, book, capacity).read()));
    });
    // What it takes from others is read from the files of all, so it is written after them.
    site.onRendered(output => {
      output.write(this, `${id}/claims.json`, renderClaims(claimsOf(site, output)));
      return [];
    });
  }
}
