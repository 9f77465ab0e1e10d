import { type Finding, findingAt, pathOf, type Rule, type Site } from '@ashlar/core';
import { ApiObject } from 'cdk8s';
import { clustersOf } from '../clusters-of';

/** Two constructs of one cluster that define the same object: the last one applied would win, then the other. */
export const duplicateObject: Rule = {
  code: 'DUPLICATE_OBJECT',
  severity: 'error',
  incident: 'two applications owned one ConfigMap, and each sync undid the other until both were paused',
  *check(site: Site): Iterable<Finding> {
    for (const cluster of clustersOf(site)) {
      const holders = new Map<string, ApiObject>();
      for (const object of cluster.units.flatMap(unit => unit.node.findAll()).filter(ApiObject.isApiObject)) {
        const name = `${object.kind} ${object.metadata.namespace ?? ''}/${object.name}`;
        const key = `${object.apiGroup} ${name}`;
        const holder = holders.get(key);
        if (holder)
          yield findingAt(object, this, `defines ${name}, which ${pathOf(holder)} already defines`, 'give one of them another id');
        else holders.set(key, object);
      }
    }
  },
};
