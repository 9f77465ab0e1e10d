import { Verdict } from '../verdict';
import { hosted } from './hosted';
import { FUNCTIONS, faults } from './ispconfig-api';

type Call = { function: string; params: Record<string, unknown> & { params: Record<string, unknown> } };

describe('ISPConfig: NOT the panel itself, a table of the documentation of its remote API', () => {
  const verdict = new Verdict('table of the ISPConfig remote API (no panel)');
  const calls: Call[] = JSON.parse(hosted().render().output.read('devices/ispconfig/panel/objects.json') as string);
  const of = (name: string) => structuredClone(calls.find(call => call.function === name)) as Call;

  test.skip('SKIPPED: no real ISPConfig was run, it cannot be had from a package registry; nothing here proves that one accepts these calls', () =>
    undefined);

  test('every call has all parameters of its function, of their types, and no other', () => {
    const wrong = calls.map(call => ({ function: call.function, faults: faults(call) })).filter(({ faults }) => faults.length > 0);
    verdict.took(calls.length, wrong.length);
    expect(wrong).toEqual([]);
    const unused = Object.keys(FUNCTIONS).filter(name => !calls.some(call => call.function === name));
    expect(unused).toEqual(['dns_caa_add']);
  });

  const broken: readonly (readonly [string, string, (call: Call) => void, string])[] = [
    [
      'a function that is none',
      'client_add',
      c => {
        c.function = 'client_create';
      },
      'there is no function client_create',
    ],
    [
      'a client without owner',
      'client_add',
      c => {
        delete c.params.reseller_id;
      },
      'reseller_id is missing',
    ],
    [
      'a client without login',
      'client_add',
      c => {
        delete c.params.params.username;
      },
      'username is missing',
    ],
    [
      'a country in words',
      'client_add',
      c => {
        c.params.params.country = 'Germany';
      },
      'country has 7 characters of 2',
    ],
    [
      'a misspelt limit',
      'client_add',
      c => {
        c.params.params.limit_mailboxes = -1;
      },
      'there is no limit_mailboxes',
    ],
    [
      'a limit in words',
      'client_add',
      c => {
        c.params.params.limit_mailbox = 'many';
      },
      'limit_mailbox is no whole number: many',
    ],
    [
      'a zone whose contact has an @',
      'dns_zone_add',
      c => {
        c.params.params.mbox = 'hostmaster@example.org.';
      },
      'mbox is refused by its form: hostmaster@example.org.',
    ],
    [
      'a record without zone',
      'dns_a_add',
      c => {
        delete c.params.params.zone;
      },
      'zone is missing',
    ],
    [
      'a record of another type',
      'dns_a_add',
      c => {
        c.params.params.type = 'HOST';
      },
      'type is none of A, AAAA, ALIAS, CAA, CNAME, MX, NS, PTR, SRV, SSHFP, TLSA, TXT: HOST',
    ],
    [
      'a preference in the value of an MX record',
      'dns_mx_add',
      c => {
        c.params.params.data = '10 mx1.example.net.';
      },
      'data is refused by its form: 10 mx1.example.net.',
    ],
    [
      'a text that is too long',
      'dns_txt_add',
      c => {
        c.params.params.data = 'x'.repeat(513);
      },
      'data has 513 characters of 512',
    ],
    [
      'a mail domain that is neither active nor not',
      'mail_domain_add',
      c => {
        c.params.params.active = true;
      },
      'active is no text',
    ],
    [
      'a selector with a dash',
      'mail_domain_add',
      c => {
        c.params.params.dkim_selector = 'key-1';
      },
      'dkim_selector is refused by its form: key-1',
    ],
    [
      'a quota without end',
      'mail_user_add',
      c => {
        c.params.params.quota = -1;
      },
      'quota is refused by its form: -1',
    ],
    [
      'a name that is a secret',
      'mail_user_add',
      c => {
        c.params.params.name = { $secret: 'openbao:kv/a#b' };
      },
      'name is no secret',
    ],
    [
      'a web site in a language that it does not run',
      'sites_web_domain_add',
      c => {
        c.params.params.php = 'y';
      },
      'php is none of no, fast-cgi, mod, suphp, php-fpm: y',
    ],
  ];
  test.each(broken)('broken: refuses %s', (_, name, spoil, fault) => {
    const call = of(name);
    spoil(call);
    verdict.sawBroken(faults(call).length > 0);
    expect(faults(call)).toEqual([fault]);
  });
});
