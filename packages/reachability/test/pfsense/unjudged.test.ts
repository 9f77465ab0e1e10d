import { readPfSense } from '../../src/pfsense/read-pfsense';
import { alias, config, type Parts, rule } from './config';

const FILE = 'devices/pfsense/gw.xml';

/** The whole message about a configuration, without the place. */
function refusal(parts: Parts | string): string {
  try {
    readPfSense(FILE, typeof parts === 'string' ? parts : config(parts));
  } catch (error) {
    return (error as Error).message.replace(/^\[devices\/pfsense\/gw\.xml:\d+\] /, '');
  }
  return 'judged';
}

test('the place is the file and the line', () => {
  expect(() => readPfSense(FILE, config({ filter: rule({ os: 'Windows' }) }))).toThrow(
    '[devices/pfsense/gw.xml:15] <os>Windows</os> cannot be judged; write the rule without it (REACH_UNJUDGED)',
  );
});

test.each<[string, Parts, string]>([
  ['an unknown section', { more: '<magic/>' }, '<magic> cannot be judged; write the rule without it'],
  ['a tunnel', { more: '<ipsec><phase1/></ipsec>' }, '<ipsec> cannot be judged; leave it out'],
  ['a switched-off filter', { more: '<system><disablefilter/></system>' }, '<disablefilter> cannot be judged; write the rule without it'],
  ['an unknown part of a rule', { filter: rule({ magic: '1' }) }, '<magic>1</magic> cannot be judged; write the rule without it'],
  ['an unknown type', { filter: rule({ type: 'allow' }) }, '<type>allow</type> cannot be judged; write pass, block or reject'],
  [
    'an unknown protocol',
    { filter: rule({ protocol: 'pigeon' }) },
    '<protocol>pigeon</protocol> cannot be judged; write tcp, udp, tcp/udp, icmp or any',
  ],
  [
    'an unknown family',
    { filter: rule({ ipprotocol: 'ipx' }) },
    '<ipprotocol>ipx</ipprotocol> cannot be judged; write inet, inet6 or inet46',
  ],
  [
    'the port of a source',
    { filter: rule({ source: '<any/><port>1024</port>' }) },
    '<port>1024</port> cannot be judged; leave the port of the source open: no client keeps to one',
  ],
  [
    'a port without a protocol',
    { filter: rule({ protocol: '', destination: '<any/><port>22</port>' }) },
    '<port>22</port> cannot be judged; name tcp or udp as <protocol>',
  ],
  [
    'a port that is none',
    { filter: rule({ destination: '<any/><port>ssh</port>' }) },
    '<port>ssh</port> cannot be judged; write a port, a range like 5000-5010, or an alias of ports',
  ],
  [
    'an alias that is not there',
    { filter: rule({ source: '<address>NOWHERE</address>' }) },
    '<address>NOWHERE</address> cannot be judged; write an address, a prefix, or an alias of the file',
  ],
  [
    'a family that pf refuses',
    { filter: rule({ ipprotocol: 'inet46', source: '<address>10.1.0.0/24</address>' }) },
    '<address>10.1.0.0/24</address> cannot be judged; write an IPv6 address, or another <ipprotocol>: pf refuses a rule that mixes them',
  ],
  [
    'a name that DNS answers',
    { aliases: alias('WEB', 'host', 'www.example.net'), filter: rule({ source: '<address>WEB</address>' }) },
    '<address>www.example.net</address> cannot be judged; write "www.example.net" as addresses, ports or an alias of the file',
  ],
  [
    'a list that is downloaded',
    { aliases: alias('BAD', 'urltable', ''), filter: rule({ source: '<address>BAD</address>' }) },
    '<type>urltable</type> cannot be judged; use an alias of type host or network there',
  ],
  [
    'an alias that is there twice',
    { aliases: alias('A', 'host', '10.1.0.5').repeat(2) },
    '<alias> cannot be judged; write the alias A once',
  ],
  [
    'states that are not kept',
    { filter: rule({ statetype: 'none' }) },
    '<statetype>none</statetype> cannot be judged; keep state: without it answers do not pass',
  ],
  ['a group of gateways', { filter: rule({ gateway: 'BOTH' }) }, '<rule> cannot be judged; name a gateway of the file'],
  [
    'a source outward, after translation',
    { filter: rule({ floating: 'yes', direction: 'out', interface: 'wan', source: '<address>10.2.0.0/24</address>' }) },
    '<rule> cannot be judged; filter where packets arrive: the source that leaves wan is another one after outbound NAT',
  ],
  [
    'policy routing of what is translated',
    {
      filter: rule({ interface: 'wan', gateway: 'WAN_GW' }),
      nat: '<rule><ipprotocol>inet</ipprotocol><protocol>tcp</protocol><source><any/></source><destination><network>wanip</network></destination><target>10.2.0.5</target></rule>',
    },
    '<rule> cannot be judged; forward no ports that arrive on wan, or route without a gateway',
  ],
  [
    'reflection by a proxy',
    {
      nat: '<rule><ipprotocol>inet</ipprotocol><protocol>tcp</protocol><source><any/></source><destination><network>wanip</network></destination><target>10.2.0.5</target><natreflection>enable</natreflection></rule>',
    },
    '<rule> cannot be judged; write <natreflection>purenat</natreflection>: a proxy makes connections of its own',
  ],
  [
    'a pool of targets',
    {
      aliases: alias('POOL', 'host', '10.2.0.5 10.2.0.7'),
      nat: '<rule><ipprotocol>inet</ipprotocol><protocol>tcp</protocol><source><any/></source><destination><network>wanip</network></destination><target>POOL</target></rule>',
    },
    '<target>POOL</target> cannot be judged; forward to one address',
  ],
  [
    'an unknown mode',
    { nat: '<outbound><mode>magic</mode></outbound>' },
    '<mode>magic</mode> cannot be judged; write automatic, hybrid, advanced or disabled',
  ],
  [
    'a mapping of everything',
    { nat: '<onetoone><external>203.0.113.9</external><source><any/></source><destination><any/></destination></onetoone>' },
    '<source> cannot be judged; name the address or prefix inside',
  ],
  [
    'a virtual address of no interface',
    {
      more: '<virtualip><vip><mode>ipalias</mode><interface>opt9</interface><subnet>10.9.0.1</subnet><subnet_bits>24</subnet_bits></vip></virtualip>',
    },
    '<vip> cannot be judged; name an interface that is switched on',
  ],
])('%s is refused', (_what, parts, message) => {
  expect(refusal(parts)).toBe(`${message} (REACH_UNJUDGED)`);
});

test('an address that an interface is given is refused where a rule names it', () => {
  const text = config({ filter: rule({ destination: '<network>wanip</network>' }) }).replace(
    '203.0.113.2</ipaddr><subnet>24</subnet>',
    'dhcp</ipaddr>',
  );
  expect(refusal(text)).toBe(
    '<network>wanip</network> cannot be judged; give wan a static address: what it is given is not in the file (REACH_UNJUDGED)',
  );
});

test('two default gateways of a family are refused when none is named', () => {
  const second =
    '<gateway_item><interface>lan</interface><gateway>10.1.0.9</gateway><name>OTHER</name><ipprotocol>inet</ipprotocol></gateway_item>';
  expect(refusal(config().replace('<defaultgw4>WAN_GW</defaultgw4>', second))).toBe(
    '<gateway_item> cannot be judged; name one of them in <defaultgw4> (REACH_UNJUDGED)',
  );
});

test.each([
  ['<pfsense><a></b></pfsense>', '</b> cannot be judged; close <a> of line 1 first'],
  ['<pfsense><a x="1"/></pfsense>', '"<a x="1"/></pfsense>" cannot be judged; write elements without attributes'],
  ['<pfsense>', '<pfsense> cannot be judged; close it'],
  ['<pfsense>&magic;</pfsense>', '"&magic;" cannot be judged; write &amp; for an ampersand'],
  ['<pfsense>text<a/></pfsense>', '"text" beside elements in <pfsense> cannot be judged; remove it'],
  ['<opnsense/>', '<opnsense> cannot be judged; write <pfsense>'],
])('%s is no configuration', (text, message) => {
  expect(refusal(text)).toBe(`${message} (REACH_UNJUDGED)`);
});

test('comments, entities and literal text are read', () => {
  const descr = '<!-- note --><descr>R&amp;D &#60;lab&#62; <![CDATA[<b>]]></descr>';
  const router = readPfSense(
    FILE,
    config({
      filter: `<rule><interface>lan</interface><protocol>tcp</protocol><source><any/></source><destination><any/></destination>${descr}</rule>`,
    }),
  );
  expect(router.forward('lan', 'opt1').rules.at(-1)?.name).toBe('devices/pfsense/gw.xml: rule of line 15 (R&D <lab> <b>)');
});
