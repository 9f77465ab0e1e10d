import { Duration, type Lifecycle } from '@ashlar/core';
import { carrierOf } from '@ashlar/network';
import { isIspConfigObject } from './ispconfig-call';
import type { IspConfigServer } from './ispconfig-server';

/** A panel is told its objects once its machine runs and somebody has installed it. */
export function serverLifecycle(server: IspConfigServer): Lifecycle {
  const { host, node } = server;
  const machine = carrierOf(
    server,
    host.addresses.map(({ ip }) => ip),
  );
  const objects = node.findAll().some(isIspConfigObject);
  return {
    startsAfter: machine ? [{ on: machine, for: 'what it runs on' }] : [],
    uses: [{ name: host.vlan.gateway, for: 'its packages' }],
    start: [
      {
        id: 'panel',
        title: `Install ISPConfig on ${host.fqdn}`,
        action: { byHand: `Install ISPConfig on ${host.fqdn}` },
        check: { command: ['curl', '--insecure', '--silent', '--output', '/dev/null', '--max-time', '5', `https://${host.ip}:8080/`] },
        undo: { byHand: `Stop the web server of ${host.fqdn}` },
        budget: Duration.hours(1),
      },
      ...(objects
        ? [
            {
              id: 'objects',
              title: `Tell ISPConfig on ${host.fqdn} its objects`,
              action: { byHand: `Send the calls of devices/ispconfig/${host.name}/objects.json to the remote API of ${host.fqdn}` },
              check: { ask: `Does ISPConfig on ${host.fqdn} show each client and each zone of objects.json?` },
              undo: { nothing: 'who sends them again leaves out what is there' },
              budget: Duration.minutes(30),
            },
          ]
        : []),
    ],
  };
}
