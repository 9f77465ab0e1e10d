import { type ILifecycle, needOf, pathOf, Secret } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { IspConfigClient, IspConfigServer } from '../src';
import { cloudflare, company } from './company';

const needs = ({ lifecycle }: ILifecycle) => lifecycle.startsAfter.map(needOf).map(need => `${pathOf(need.on)} for ${need.for}`);

test('a zone at Cloudflare comes with its state, and is asked once the registrar knows it', () => {
  const zone = cloudflare(company());
  expect(needs(zone)).toEqual(['lab/dns for its records']);
  expect(zone.lifecycle.start).toEqual([
    expect.objectContaining({
      id: 'delegation',
      action: { byHand: 'At the registrar of example.net, enter the name servers and the DS record that Cloudflare has assigned' },
      check: { command: ['sh', '-c', "dig +short NS example.net | grep -q 'ns[.]cloudflare[.]com'"] },
      undo: { byHand: 'At the registrar of example.net, remove the DS record, wait for its TTL, and enter the name servers before' },
    }),
  ]);
});

test('a panel is installed on its machine, with a way to its packages, and then told its objects', () => {
  const { site, dmz } = company();
  const panel = new IspConfigServer(site, 'panel', { host: dmz.host('panel', 30) });
  expect(needs(panel)).toEqual([]);
  expect(panel.lifecycle.uses).toEqual([{ name: '203.0.113.1', for: 'its packages' }]);
  expect(panel.lifecycle.start?.map(step => step.id)).toEqual(['panel']);
  const password = Secret.fromOpenBao('kv/ispconfig', 'acme');
  new IspConfigClient(panel, 'acme', { contactName: 'Jo Doe', email: 'jo@example.com', country: 'DE', password });
  const [install, objects] = panel.lifecycle.start ?? [];
  expect(install?.check).toEqual({
    command: ['curl', '--insecure', '--silent', '--output', '/dev/null', '--max-time', '5', 'https://203.0.113.30:8080/'],
  });
  expect(objects?.action).toEqual({
    byHand: 'Send the calls of devices/ispconfig/panel/objects.json to the remote API of panel.example.net',
  });
  expect(Object.keys(Testing.files(site))).toContain('devices/ispconfig/panel/objects.json');
});
