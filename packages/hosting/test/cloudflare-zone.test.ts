import { Secret, type Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { DnsRecordSet, DnsZones, MailDomain, MailServer } from '@ashlar/network';
import { expectGolden } from '../../network/test/golden';
import { CloudflareZone, IspConfigServer, IspConfigZone } from '../src';
import { ACCOUNT, cloudflare, company, stack, TOKEN } from './company';

function terraform(site: Site) {
  return JSON.parse(Testing.files(site)['terraform/dns/cdk.tf.json'] as string);
}

// biome-ignore lint/suspicious/noExplicitAny: whatever the provider takes
function records(site: Site): any[] {
  return Object.values(terraform(site).resource.cloudflare_dns_record);
}

describe('a zone at Cloudflare', () => {
  const model = company();
  cloudflare(model, { proxied: [model.www], certificateAuthorities: ['letsencrypt.org'] });

  it('is a state with every public record', () => {
    const text = Testing.files(model.site)['terraform/dns/cdk.tf.json'] as string;
    const anyEngine = text.replace(/("stackName": "dns",\s+"version": )"[\d.]+"/, '$1"of the engine"');
    expect(anyEngine).not.toBe(text);
    expectGolden('../../../hosting/test/golden/cloudflare/cdk.tf.json', anyEngine);
  });

  it('is strict with TLS, signed, and never destroyed', () => {
    const { resource } = terraform(model.site);
    // biome-ignore lint/suspicious/noExplicitAny: whatever the provider takes
    const settings = Object.values<any>(resource.cloudflare_zone_setting).map(({ setting_id, value }) => [setting_id, value]);
    expect(settings.sort()).toEqual([
      ['always_use_https', 'on'],
      ['min_tls_version', '1.2'],
      ['ssl', 'strict'],
    ]);
    // biome-ignore lint/suspicious/noExplicitAny: whatever the provider takes
    expect(Object.values<any>(resource.cloudflare_zone_dnssec)[0].status).toBe('active');
    // biome-ignore lint/suspicious/noExplicitAny: whatever the provider takes
    expect(Object.values<any>(resource.cloudflare_zone)[0].lifecycle).toEqual({ prevent_destroy: true });
  });

  it('has its token from a sensitive variable', () => {
    const { provider, variable } = terraform(model.site);
    expect(provider.cloudflare).toEqual([{ api_token: '${var.cloudflare_api_token}' }]);
    expect(variable.cloudflare_api_token).toMatchObject({ sensitive: true });
  });

  it('has no name of the inside', () => {
    const names = records(model.site).map(({ name }) => name);
    expect(names).toContain('www.example.net');
    expect(names).not.toContain('wiki.example.net');
  });

  it('writes a long text as quoted strings, and quotes in it with a backslash', () => {
    const texts = records(model.site)
      .filter(({ type }) => type === 'TXT')
      .map(({ content }) => content as string);
    expect(texts).toContain('"a \\"quoted\\" word"');
    const dkim = texts.find(text => text.includes('DKIM1')) as string;
    expect(dkim.split(' "').map(part => part.replaceAll('"', '').length)).toEqual([255, 155]);
  });

  it('keeps the address of a record in the state when another value joins it', () => {
    const addresses = (values: readonly string[]) => {
      const model = company();
      new DnsRecordSet(model.site, 'shop', { name: 'shop.example.net', type: 'A', values });
      cloudflare(model);
      return Object.keys(terraform(model.site).resource.cloudflare_dns_record).filter(id => id.includes('shop'));
    };
    const [one] = addresses(['203.0.113.81']);
    expect(addresses(['203.0.113.80', '203.0.113.81'])).toContain(one);
  });
});

it('a zone at Cloudflare has the records of mail domains that are declared after it', () => {
  const model = company();
  const at = stack(model.site);
  const zone = (id: string, domain: string) => new CloudflareZone(at, id, { domain, accountId: ACCOUNT, apiToken: TOKEN });
  zone('net', 'example.net');
  zone('org', 'example.org');
  const dmarc = { policy: 'reject', rua: ['dmarc@example.net'] } as const;
  new MailDomain(model.site, 'shop', { domain: 'example.org', exchangers: [model.mx1], dkim: [model.mail.signingKey], dmarc });
  expect(records(model.site).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['_dmarc.example.org', 'example.org._report._dmarc.example.net']),
  );
});

it('a CAA record that the model has already is written once', () => {
  const model = company();
  new DnsRecordSet(model.site, 'caa', {
    name: 'example.net',
    type: 'CAA',
    values: ['0 issue "letsencrypt.org"', '0 iodef "mailto:ca@example.net"'],
  });
  cloudflare(model, { certificateAuthorities: ['letsencrypt.org'] });
  const caa = records(model.site).filter(({ type }) => type === 'CAA');
  expect(caa.map(({ data }) => data).sort((a, b) => (a.tag < b.tag ? -1 : 1))).toEqual([
    { flags: 0, tag: 'iodef', value: 'mailto:ca@example.net' },
    { flags: 0, tag: 'issue', value: 'letsencrypt.org' },
  ]);
});

describe('a zone at Cloudflare refuses', () => {
  it.each([
    [
      'a domain that is none',
      { domain: 'example' },
      '[lab/dns/example-net] domain must be a domain name in lower case, got "example"; write it like example.net (PROP_FORMAT)',
    ],
    [
      'an account that is none',
      { accountId: 'example' },
      '[lab/dns/example-net] accountId must be 32 hexadecimal digits, got "example"; write it like 0123456789abcdef0123456789abcdef (PROP_FORMAT)',
    ],
    [
      'a token in the program',
      { apiToken: 'abc' as never },
      `[lab/dns/example-net] apiToken must be a Secret; write apiToken: Secret.fromTerraformVariable('cloudflare_api_token') (PROP_TYPE)`,
    ],
    [
      'a token that Terraform cannot read',
      { apiToken: Secret.fromOpenBao('kv/cloudflare', 'token') },
      `[lab/dns/example-net] Terraform reads secrets from sensitive variables only, got "openbao:kv/cloudflare#token"; write Secret.fromTerraformVariable('name'), and set TF_VAR_name from where it is kept (SECRET_KIND)`,
    ],
    [
      'a TTL of a week',
      { ttl: 604_800 },
      '[lab/dns/example-net] ttl must be from 60 to 86400 seconds, got 604800; choose a value inside the range (PROP_RANGE)',
    ],
    [
      'an authority that is none',
      { certificateAuthorities: ["Let's Encrypt"] },
      `[lab/dns/example-net] certificateAuthorities must be the domain of an authority, got "Let's Encrypt"; write it like letsencrypt.org (PROP_FORMAT)`,
    ],
    [
      'a proxied name',
      { proxied: ['www' as never] },
      '[lab/dns/example-net] proxied takes hosts, aliases and record sets, got "www"; write proxied: [web] (CLOUDFLARE_PROXIED)',
    ],
    [
      'an unknown property',
      { proxy: true } as never,
      '[lab/dns/example-net] there is no property proxy; use one of domain, accountId, apiToken, proxied, ttl, certificateAuthorities (PROP_UNKNOWN)',
    ],
  ])('%s', (_, props, message) => {
    expect(() => cloudflare(company(), props)).toThrow(new Error(message));
  });

  it('a text record that is proxied', () => {
    const model = company();
    expect(() => cloudflare(model, { proxied: [model.verification] })).toThrow(
      new Error(
        '[lab/dns/example-net] www2.example.net TXT leads to no web server; proxied takes A, AAAA and CNAME records (CLOUDFLARE_PROXIED)',
      ),
    );
  });

  it('a place outside a state', () => {
    expect(() => new CloudflareZone(company().site, 'zone', { domain: 'example.net', accountId: ACCOUNT, apiToken: TOKEN })).toThrow(
      new Error('[lab/zone] a zone is a part of a Terraform state; write new CloudflareZone(workspace.stack, …) (CLOUDFLARE_STACK)'),
    );
  });

  it('a zone that another serves', () => {
    const model = company();
    const panel = new IspConfigServer(model.site, 'panel', { host: model.web });
    new IspConfigZone(panel, 'example-net', { domain: 'example.net', nameServers: [model.web] });
    expect(() => cloudflare(model)).toThrow(
      new Error(
        '[lab/dns/example-net] the zone example.net is already served by lab/panel/example-net; serve it in one place: resolvers ask whichever they are sent to (PUBLIC_ZONE_TAKEN)',
      ),
    );
  });

  it('another token in one state', () => {
    const { site } = company();
    const at = stack(site);
    new CloudflareZone(at, 'one', { domain: 'example.net', accountId: ACCOUNT, apiToken: TOKEN });
    const other = { domain: 'example.org', accountId: ACCOUNT, apiToken: Secret.fromTerraformVariable('other_token') };
    expect(() => new CloudflareZone(at, 'two', other)).toThrow(
      new Error(
        '[lab/dns/two] its API token is terraform:var.other_token, and another zone of dns uses terraform:var.cloudflare_api_token; give both the same token, or put the zones into workspaces of their own (CLOUDFLARE_TOKEN)',
      ),
    );
  });
});

describe('public zones', () => {
  it('hold no private address', () => {
    const model = company();
    cloudflare(model);
    new DnsRecordSet(model.site, 'printer', { name: 'printer.example.net', type: 'A', values: ['10.60.0.9'] });
    expect(Testing.findings(model.site)).toEqual([
      'error [lab/printer] leads printer.example.net to 10.60.0.9, which is a private address, in the public zone example.net; write the public address, or give the name to a zone of the inside (PRIVATE_IN_PUBLIC_ZONE)',
    ]);
  });

  it('are served in one place', () => {
    const model = company();
    cloudflare(model);
    new DnsZones(model.site, 'zones', { primary: model.dmz.host('ns1', 5) });
    expect(Testing.findings(model.site)).toEqual([
      'error [lab/dns/example-net] serves example.net, and so does lab/zones; give the inside a domain of its own below it, like cloud.example.net, and leave the outer one here (ZONE_TWICE)',
    ]);
  });

  it('leave no record out', () => {
    const model = company();
    cloudflare(model);
    new DnsRecordSet(model.site, 'shop', { name: 'shop.example.org', type: 'A', values: ['203.0.113.81'] });
    expect(Testing.findings(model.site)).toEqual([
      'error [lab/shop] shop.example.org A is in no zone that anybody serves; declare the zone where it is served, or remove the record (RECORD_UNSERVED)',
    ]);
  });

  it('pass no mail through a proxy', () => {
    const model = company();
    const relay = model.dmz.host('relay', 26);
    new MailServer(model.site, 'relay', { host: relay, pointer: relay.fqdn });
    cloudflare(model, { proxied: [relay] });
    expect(Testing.findings(model.site)).toEqual([
      'error [lab/dns/example-net] proxies relay.example.net, and lab/relay takes and sends mail under that name; leave it out of proxied, and give the web server a name of its own (PROXIED_MAIL)',
    ]);
  });

  it('give a name to the innermost of them', () => {
    const model = company();
    const at = stack(model.site);
    const zone = (id: string, domain: string) => new CloudflareZone(at, id, { domain, accountId: ACCOUNT, apiToken: TOKEN });
    zone('outer', 'example.net');
    const shop = zone('shop', 'shop.example.net');
    new DnsRecordSet(model.site, 'cart', { name: 'cart.shop.example.net', type: 'A', values: ['203.0.113.81'] });
    Testing.files(model.site);
    expect(shop.node.findChild('records').node.children.map(child => child.node.id)).toEqual(['a-cart.shop.example.net-30dba9d9']);
  });
});
