import { type Finding, findingAt, pathOf, type Rule, type Site } from '@ashlar/core';
import { Tokenization } from 'cdktf';
import { constructsOf, endpointsOf, namesOf, providersOf, textsIn } from '../state-endpoints';
import { workspacesOf } from '../workspaces-of';

/** A provider or a backend that is configured with what the same state creates: there is no value when it is applied first. */
export const stateFeedsItself: Rule = {
  code: 'STATE_FEEDS_ITSELF',
  severity: 'error',
  incident:
    'a state held a cluster and, through a provider with the address of that cluster, what runs in it; when the cluster had to be replaced, neither plan nor destroy could run any more',
  *check(site: Site): Iterable<Finding> {
    for (const workspace of workspacesOf(site)) {
      const { stack } = workspace;
      const fix = 'put what it creates first into a workspace of its own, and let this one start after that';
      for (const provider of providersOf(stack)) {
        for (const text of textsIn(provider.toTerraform())) {
          for (const token of Tokenization.reverse(text)) {
            const { identifier, originStack } = token as { identifier?: string; originStack?: unknown };
            if (originStack !== stack || typeof identifier !== 'string' || /^(var|local|data)\./.test(identifier)) continue;
            yield findingAt(provider, this, `is configured with ${identifier}, which the same state ${workspace.name} creates`, fix);
          }
        }
      }
      const endpoints = endpointsOf(stack);
      for (const construct of endpoints.length > 0 ? constructsOf(stack) : []) {
        const names = namesOf(construct);
        const use = endpoints.find(({ name }) => names.includes(name));
        if (use) yield findingAt(workspace, this, `needs ${pathOf(construct)} for ${use.for}, which the same state creates`, fix);
      }
    }
  },
};
