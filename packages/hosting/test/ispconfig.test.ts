import { Secret, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { DnsRecordSet, MailDomain, MailServer } from '@ashlar/network';
import { expectGolden } from '../../network/test/golden';
import { IspConfigClient, IspConfigMailbox, IspConfigMailDomain, IspConfigServer, IspConfigWebsite, IspConfigZone } from '../src';
import { company } from './company';

const password = Secret.fromOpenBao('kv/ispconfig', 'acme');
const person = { contactName: 'Jo Doe', companyName: 'Acme', email: 'jo@example.org', country: 'DE', password };

/** The company, its panel and a customer. */
function panel() {
  const model = company();
  const server = new IspConfigServer(model.site, 'panel', { host: model.dmz.host('panel', 20) });
  const acme = new IspConfigClient(server, 'acme', person);
  return { ...model, server, acme };
}

function calls(model: ReturnType<typeof panel>): { key: string; function: string; params: { params: Record<string, unknown> } }[] {
  return JSON.parse(Testing.files(model.site)['devices/ispconfig/panel/objects.json'] as string);
}

describe('a panel', () => {
  const model = panel();
  const { server, acme, mail, dmz } = model;
  const mailDomain = new IspConfigMailDomain(acme, 'mail', { mail });
  new IspConfigMailbox(mailDomain, 'jo', { name: 'Jo Doe', password: Secret.fromOpenBao('kv/mailboxes', 'jo'), quota: Size.gibibytes(5) });
  new IspConfigWebsite(acme, 'shop', { domain: 'shop.example.net', quota: Size.gibibytes(10), php: true });
  new IspConfigZone(server, 'example-net', { domain: 'example.net', nameServers: [dmz.host('ns1', 5), dmz.host('ns2', 6)] });

  it('is told in an order in which each refers to what is there', () => {
    expectGolden('../../../hosting/test/golden/ispconfig/objects.json', Testing.files(model.site)['devices/ispconfig/panel/objects.json']);
    const list = calls(model);
    const at = (key: unknown) => list.findIndex(call => call.key === key);
    const references = [...JSON.stringify(list).matchAll(/"\$id":"([^"]+)"/g)].map(match => match[1]);
    expect(references.length).toBeGreaterThan(15);
    for (const [i, call] of list.entries()) {
      for (const [, key] of JSON.stringify(call).matchAll(/"\$id":"([^"]+)"/g))
        expect([key, at(key) >= 0 && at(key) < i]).toEqual([key, true]);
    }
  });

  it('is told where passwords are kept, and none of them', () => {
    const secrets = [...JSON.stringify(calls(model)).matchAll(/"\$secret":"([^"]+)"/g)].map(match => match[1]);
    expect(secrets.sort()).toEqual(['openbao:kv/ispconfig#acme', 'openbao:kv/mail#dkim-2026a', 'openbao:kv/mailboxes#jo']);
  });

  it('gets a preference and the rest of a value apart, and names with their final dot', () => {
    const list = calls(model);
    const of = (name: string) =>
      list.filter(call => call.function === name).map(({ params: { params } }) => [params.name, params.aux, params.data]);
    expect(of('dns_mx_add')).toEqual([['example.net.', 10, 'mx1.example.net.']]);
    expect(of('dns_srv_add')).toContainEqual(['_imaps._tcp.example.net.', 0, '1 993 mx1.example.net.']);
    expect(of('dns_cname_add')).toContainEqual(['www.example.net.', 0, 'web.example.net.']);
    expect(of('dns_zone_add')).toEqual([[undefined, undefined, undefined]]);
  });
});

describe('a panel refuses', () => {
  it.each([
    [
      'a login with a space',
      (m: ReturnType<typeof panel>) => new IspConfigClient(m.server, 'jo doe', person),
      '[lab/panel/jo doe] the id of a client must be a login name of up to 64 letters, digits and . _ -, got "jo doe"; write it like acme (PROP_FORMAT)',
    ],
    [
      'a country in words',
      (m: ReturnType<typeof panel>) => new IspConfigClient(m.server, 'jo', { ...person, country: 'Germany' }),
      '[lab/panel/jo] country must be a country code of two capital letters, got "Germany"; write it like DE (PROP_FORMAT)',
    ],
    [
      'a server id of 0',
      (m: ReturnType<typeof panel>) => new IspConfigServer(m.site, 'two', { host: m.web, serverId: 0 }),
      '[lab/two] serverId must be from 1 to 2147483647, got 0; choose a value inside the range (PROP_RANGE)',
    ],
    [
      'a second panel on one machine',
      (m: ReturnType<typeof panel>) => new IspConfigServer(m.site, 'two', { host: m.server.host }),
      '[lab/two] panel.example.net already runs the panel lab/panel; add what it is told there (ISPCONFIG_SERVER)',
    ],
    [
      'a client of nobody',
      (m: ReturnType<typeof panel>) => new IspConfigClient(m.site as never, 'jo', person),
      "[lab/jo] a client belongs to a panel; write new IspConfigClient(panel, 'jo', …) (ISPCONFIG_SCOPE)",
    ],
    [
      'a web site of nobody',
      (m: ReturnType<typeof panel>) =>
        new IspConfigWebsite(m.server as never, 'shop', { domain: 'shop.example.net', quota: Size.gibibytes(1) }),
      "[lab/panel/shop] a web site belongs to a client; write new IspConfigWebsite(client, 'shop', …) (ISPCONFIG_SCOPE)",
    ],
    [
      'a mail domain of nobody',
      (m: ReturnType<typeof panel>) => new IspConfigMailDomain(m.server as never, 'mail', { mail: m.mail }),
      "[lab/panel/mail] a mail domain belongs to a client; write new IspConfigMailDomain(client, 'mail', …) (ISPCONFIG_SCOPE)",
    ],
    [
      'a mailbox of nobody',
      (m: ReturnType<typeof panel>) => new IspConfigMailbox(m.acme as never, 'jo', { name: 'Jo', password, quota: Size.gibibytes(1) }),
      "[lab/panel/acme/jo] a mailbox belongs to a mail domain; write new IspConfigMailbox(mailDomain, 'jo', …) (ISPCONFIG_SCOPE)",
    ],
    [
      'a zone of nobody',
      (m: ReturnType<typeof panel>) => new IspConfigZone(m.acme as never, 'zone', { domain: 'example.net', nameServers: [m.web] }),
      "[lab/panel/acme/zone] a zone belongs to a panel; write new IspConfigZone(panel, 'zone', …) (ISPCONFIG_SCOPE)",
    ],
    [
      'a zone without name servers',
      (m: ReturnType<typeof panel>) => new IspConfigZone(m.server, 'zone', { domain: 'example.net', nameServers: [] }),
      '[lab/panel/zone] nameServers is empty; write nameServers: [ns1] (PROP_EMPTY)',
    ],
    [
      'a contact with a dot',
      (m: ReturnType<typeof panel>) =>
        new IspConfigZone(m.server, 'zone', { domain: 'example.net', nameServers: [m.web], contact: 'jo.doe@example.net' }),
      '[lab/panel/zone] contact must be a mail address without a dot before the @, which the panel refuses, got "jo.doe@example.net"; write it like hostmaster@example.org (PROP_FORMAT)',
    ],
    [
      'a mailbox with an @',
      (m: ReturnType<typeof panel>) =>
        new IspConfigMailbox(new IspConfigMailDomain(m.acme, 'mail', { mail: m.mail }), 'jo@example.net', {
          name: 'Jo',
          password,
          quota: Size.gibibytes(1),
        }),
      '[lab/panel/acme/mail/jo@example.net] the id of a mailbox must be the lower-case part left of the @, got "jo@example.net"; write it like jo (PROP_FORMAT)',
    ],
  ])('%s', (_, make, message) => {
    expect(() => make(panel())).toThrow(new Error(message));
  });

  it('a selector with a dash, which its own form refuses', () => {
    const model = panel();
    const mx = new MailServer(model.site, 'mx9', { host: model.dmz.host('mx9', 29), pointer: 'mx9.example.net' });
    const dkim = [{ ...model.mail.signingKey, selector: 'key-1' }];
    const mail = new MailDomain(model.site, 'other', { domain: 'example.org', exchangers: [mx], dkim });
    expect(() => new IspConfigMailDomain(model.acme, 'other', { mail })).toThrow(
      new Error(
        '[lab/panel/acme/other] ISPConfig takes selectors of lower-case letters and digits, and example.org signs with key-1; give the key a selector like 2026a (ISPCONFIG_SELECTOR)',
      ),
    );
  });

  it('the same web site twice', () => {
    const model = panel();
    for (const id of ['one', 'two']) new IspConfigWebsite(model.acme, id, { domain: 'shop.example.net', quota: Size.gibibytes(1) });
    expect(Testing.findings(model.site)).toEqual([
      'error [lab/panel] two objects are web_domain/shop.example.net in ISPConfig; keep one of them (ISPCONFIG_KEY)',
    ]);
  });

  it('a text that does not fit', () => {
    const model = panel();
    new IspConfigZone(model.server, 'zone', { domain: 'example.net', nameServers: [model.web] });
    new DnsRecordSet(model.site, 'text', { name: 'text.example.net', type: 'TXT', values: ['x'.repeat(600)] });
    expect(Testing.findings(model.site)).toEqual([
      'error [lab/text] ISPConfig takes TXT records of up to 512 characters, and text.example.net has 600; shorten it: an RSA key of 2048 bits fits (ISPCONFIG_TEXT)',
    ]);
  });
});
