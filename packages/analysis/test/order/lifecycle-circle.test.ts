import { Secret, type Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { BootstrapPlan } from '../../src';
import {
  BootServer,
  Chart,
  Cluster,
  Gateway,
  Guest,
  Machine,
  Part,
  Registry,
  Resolver,
  reading,
  SecretStore,
  site,
  Workspace,
} from './parts';

const FIX = 'move one of them out of what needs it, or name a second one outside that is up before (LIFECYCLE_CIRCLE)';

function circles(of: Site): string[] {
  new BootstrapPlan(of, 'bootstrap');
  return Testing.findings(of).filter(line => line.endsWith('(LIFECYCLE_CIRCLE)'));
}

describe('a resolver inside what it resolves for', () => {
  function build(names: 'its own' | 'outside') {
    const lab = site();
    const state = new Workspace(lab, 'hypervisors');
    const resolver = new Resolver(lab, 'resolver', { on: [[new Guest(state, 'ns1')]] });
    state.startsAfter({ on: names === 'its own' ? resolver : new Resolver(lab, 'router'), for: 'the names of its providers' });
    return circles(lab);
  }

  test('prints the whole way around', () => {
    expect(build('its own')).toEqual([
      `error [lab/hypervisors] never comes up, because it needs itself: lab/hypervisors (Workspace) needs lab/resolver for the names of its providers → lab/resolver (Resolver) needs lab/hypervisors/ns1 for what it stands on → lab/hypervisors/ns1 (Guest) needs lab/hypervisors for its creation; ${FIX}`,
    ]);
  });

  test('one outside is fine', () => {
    expect(build('outside')).toEqual([]);
  });
});

describe('a registry inside the cluster that pulls from it', () => {
  function build(image: string) {
    const lab = site();
    const cluster = new Cluster(lab, 'prod', { uses: [{ name: image, for: 'its images' }] });
    new Registry(cluster, 'harbor', { after: [cluster] });
    return circles(lab);
  }

  test('is found by its name', () => {
    expect(build('harbor.example.net')).toEqual([
      `error [lab/prod] never comes up, because it needs itself: lab/prod (Cluster) needs lab/prod/harbor for its images → lab/prod/harbor (Registry) needs lab/prod for its start; ${FIX}`,
    ]);
  });

  test('one elsewhere is fine', () => {
    expect(build('registry.example.org')).toEqual([]);
  });
});

describe('a provider fed by the resource that it creates', () => {
  function build(where: 'same state' | 'state before') {
    const lab = site();
    const before = new Workspace(lab, 'clusters');
    const state = where === 'same state' ? before : new Workspace(lab, 'services');
    const cluster = new Guest(before, 'kubernetes');
    state.startsAfter({ on: cluster, for: 'the endpoint of its provider' });
    return circles(lab);
  }

  test('is a circle of two', () => {
    expect(build('same state')).toEqual([
      `error [lab/clusters] never comes up, because it needs itself: lab/clusters (Workspace) needs lab/clusters/kubernetes for the endpoint of its provider → lab/clusters/kubernetes (Guest) needs lab/clusters for its creation; ${FIX}`,
    ]);
  });

  test('in a state of its own it is fine', () => {
    expect(build('state before')).toEqual([]);
  });
});

describe('a secret store that needs itself', () => {
  function build(unseal: Secret, stores = 1) {
    const lab = site();
    const store = new SecretStore(lab, 'bao');
    store.props.start = [reading(unseal)];
    if (stores === 2) new SecretStore(lab, 'transit');
    return circles(lab);
  }

  test('is told in one sentence', () => {
    expect(build(Secret.fromOpenBao('sys/unseal', 'key'))).toEqual([
      `error [lab/bao] never comes up: it needs itself for the secret openbao:sys/unseal#key; ${FIX}`,
    ]);
  });

  test('with its key in SOPS, or in a second store, it is fine', () => {
    expect(build(Secret.fromSops('unseal.yaml', 'key'))).toEqual([]);
    expect(build(Secret.fromOpenBao('sys/unseal', 'key'), 2)).toEqual([]);
  });

  test('also by way of what it stands on', () => {
    const lab = site();
    const state = new Workspace(lab, 'guests', { start: [reading(Secret.fromOpenBao('kv/proxmox', 'token'))] });
    new SecretStore(lab, 'bao', { on: [[new Guest(state, 'bao-1')]] });
    expect(circles(lab)).toEqual([
      `error [lab/bao] never comes up, because it needs itself: lab/bao (SecretStore) needs lab/guests/bao-1 for what it stands on → lab/guests/bao-1 (Guest) needs lab/guests for its creation → lab/guests (Workspace) needs lab/bao for the secret openbao:kv/proxmox#token; ${FIX}`,
    ]);
  });
});

describe('a custom resource before its definition', () => {
  function build(defines: 'with it' | 'before it') {
    const lab = site();
    const definitions = new Chart(lab, 'definitions');
    const issuer = new Part(lab, 'issuer', { after: [{ on: definitions, for: 'the definition of its kind' }] });
    if (defines === 'with it') definitions.startsAfter({ on: issuer, for: 'the certificate of its webhook' });
    return circles(lab);
  }

  test('is a circle when the chart that defines it waits for it', () => {
    expect(build('with it')).toEqual([
      `error [lab/definitions] never comes up, because it needs itself: lab/definitions (Chart) needs lab/issuer for the certificate of its webhook → lab/issuer (Part) needs lab/definitions for the definition of its kind; ${FIX}`,
    ]);
  });

  test('after its definition it is fine', () => {
    expect(build('before it')).toEqual([]);
  });
});

describe('a boot server on what it boots', () => {
  function build(on: 'm1' | 'seed') {
    const lab = site();
    const machines = { m1: new Machine(lab, 'm1'), seed: new Machine(lab, 'seed') };
    const server = new BootServer(lab, 'tinkerbell', { on: [[machines[on]]] });
    machines.m1.startsAfter({ on: server, for: 'what it boots from the network' });
    return circles(lab);
  }

  test('is a circle', () => {
    expect(build('m1')).toEqual([
      `error [lab/m1] never comes up, because it needs itself: lab/m1 (Machine) needs lab/tinkerbell for what it boots from the network → lab/tinkerbell (BootServer) needs lab/m1 for the machine under it; ${FIX}`,
    ]);
  });

  test('on a machine that it does not boot it is fine', () => {
    expect(build('seed')).toEqual([]);
  });
});

test('a gateway on a guest of hypervisors that reach their storage through it', () => {
  const lab = site();
  const state = new Workspace(lab, 'guests');
  const gateway = new Gateway(lab, 'gateway', { on: [[new Guest(state, 'vyos')]] });
  state.startsAfter({ on: gateway, for: 'the way to its storage' });
  expect(circles(lab)).toHaveLength(1);
});

test('of many circles through the same constructs the shortest is told, and each knot once', () => {
  const lab = site();
  const ring = (name: string, size: number) => {
    const parts = Array.from({ length: size }, (_, i) => new Part(lab, `${name}${i}`));
    for (const [i, part] of parts.entries()) part.startsAfter(parts[(i + 1) % size] as Part);
    return parts;
  };
  const [first, , third] = ring('a', 5) as [Part, Part, Part];
  third.startsAfter({ on: first, for: 'a short cut' });
  ring('b', 2);
  expect(circles(lab)).toEqual([
    `error [lab/a0] never comes up, because it needs itself: lab/a0 (Part) needs lab/a1 for its start → lab/a1 (Part) needs lab/a2 for its start → lab/a2 (Part) needs lab/a0 for a short cut; ${FIX}`,
    `error [lab/b0] never comes up, because it needs itself: lab/b0 (Part) needs lab/b1 for its start → lab/b1 (Part) needs lab/b0 for its start; ${FIX}`,
  ]);
});

test('hosts that all stand in for each other are a circle when each of them is inside it', () => {
  const lab = site();
  const machines = [new Machine(lab, 'm1'), new Machine(lab, 'm2')];
  const resolver = new Resolver(lab, 'resolver', { on: [machines] });
  for (const machine of machines) machine.startsAfter({ on: resolver, for: 'names' });
  expect(circles(lab)).toEqual([
    `error [lab/m1] never comes up, because it needs itself: lab/m1 (Machine) needs lab/resolver for names → lab/resolver (Resolver) needs lab/m1 for the machine under it; ${FIX}`,
  ]);
});

test('a circle of 20,000 is found, and none overflows', () => {
  const lab = site();
  const parts = Array.from({ length: 20_000 }, (_, i) => new Part(lab, `p${i}`));
  for (const [i, part] of parts.entries()) part.startsAfter(parts[(i + 1) % parts.length] as Part);
  const [only, ...more] = circles(lab);
  expect(more).toEqual([]);
  expect(only?.split(' → ')).toHaveLength(20_000);
});

describe('upgrades', () => {
  function build(...pairs: readonly (readonly [string, string])[]) {
    const lab = site();
    const parts = Object.fromEntries(['a', 'b'].map((id): [string, Part] => [id, new Part(lab, id)]));
    for (const [late, early] of pairs) Object.assign((parts[late] as Part).props, { rest: { upgradesAfter: [parts[early]] } });
    parts.b?.startsAfter(parts.a as Part);
    return circles(lab);
  }

  test('that wait for each other are a circle', () => {
    expect(build(['a', 'b'], ['b', 'a'])).toEqual([
      'error [lab/a] is never upgraded, because it needs itself: lab/a (Part) needs lab/b for its upgrade → lab/b (Part) needs lab/a for its upgrade; leave out one of the upgradesAfter (LIFECYCLE_CIRCLE)',
    ]);
  });

  test('may go against the order of the start', () => {
    expect(build(['a', 'b'])).toEqual([]);
  });
});
