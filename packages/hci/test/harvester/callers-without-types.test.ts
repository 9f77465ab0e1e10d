import { ConfigError } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { HarvesterBackupJob, HarvesterBackupTarget, HarvesterClusterNetwork } from '../../src';
import { INSTALL, lab, node, SIZE } from './lab';

// biome-ignore lint/suspicious/noExplicitAny: callers without types write anything
type Any = any;

/** What a caller without types may write where something else belongs. */
const WRONG: readonly Any[] = [null, 5, 'text', '', true, [], [null], {}, () => undefined, Number.NaN];

/** Each makes a construct with one property spoilt. */
const MAKERS: Readonly<Record<string, readonly [properties: readonly string[], make: (spoilt: Any) => unknown]>> = {
  cluster: [
    ['version', 'nodes', 'vip', 'token', 'sshKeys', 'install', 'resolvers', 'storage', 'secretStore', 'adminUser'],
    spoilt => lab({ props: () => spoilt }),
  ],
  install: [
    [
      'release',
      'configUrl',
      'skipChecks',
      'bondMode',
      'mtu',
      'ntpServers',
      'tty',
      'sysctls',
      'modules',
      'persistentStatePaths',
      'addons',
      'podCidr',
      'serviceCidr',
    ],
    spoilt => lab({ props: () => ({ install: { ...INSTALL, ...spoilt } }) }),
  ],
  node: [
    ['machine', 'host', 'nics', 'installDisk', 'dataDisk', 'role'],
    spoilt =>
      lab({ count: 1, props: ({ machines: [first], management }) => ({ nodes: [{ ...node(first as Any, management, 0), ...spoilt }] }) }),
  ],
  storage: [['replicas', 'dataLocality', 'diskSelector', 'nodeSelector'], spoilt => lab({ props: () => ({ storage: spoilt }) })],
  guest: [
    ['host', 'otherNics', 'image', 'cores', 'memory', 'disk', 'dataDisks', 'stateful', 'notBackedUpBecause', 'placement', 'software'],
    spoilt => {
      const { hci, servers } = lab();
      return hci.guest('web', { ...SIZE, host: servers.host('web', 20), ...spoilt });
    },
  ],
  placement: [
    ['machines', 'highAvailability', 'apartFrom'],
    spoilt => {
      const { hci, servers } = lab();
      return hci.guest('web', { ...SIZE, host: servers.host('web', 20), placement: spoilt });
    },
  ],
  network: [
    ['uplinks', 'vlans', 'bondMode', 'mtu'],
    spoilt => {
      const { hci, servers, machines } = lab();
      return new HarvesterClusterNetwork(hci, 'workload', {
        uplinks: machines.map(machine => machine.nic('ens2f0')),
        vlans: [servers],
        ...spoilt,
      });
    },
  ],
  'backup target': [
    ['nfs', 's3', 'standsOn'],
    spoilt => new HarvesterBackupTarget(lab().hci, 'nas', { nfs: 'nfs://192.168.10.5:/srv/backup', ...spoilt }),
  ],
  'backup job': [
    ['target', 'from', 'retain', 'maxFailure'],
    spoilt => {
      const { hci } = lab();
      const target = new HarvesterBackupTarget(hci, 'nas', { nfs: 'nfs://192.168.10.5:/srv/backup' });
      return new HarvesterBackupJob(hci, 'nightly', { target, from: '22:00', ...spoilt });
    },
  ],
};

test.each(Object.entries(MAKERS).flatMap(([noun, [properties, make]]) => properties.map(property => [noun, property, make] as const)))(
  'a wrong %s.%s is told of, or does no harm',
  (_, property, make) => {
    for (const wrong of WRONG) {
      let made: Any;
      try {
        made = make({ [property]: wrong });
      } catch (error) {
        expect([wrong, ConfigError.isConfigError(error) ? 'told' : error]).toEqual([wrong, 'told']);
        continue;
      }
      expect(() => Testing.findings(made.site ?? made)).not.toThrow();
    }
  },
);
