import { Bandwidth, type Site, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { SiteReport } from '../src';
import { svg, svgText } from '../src/picture/svg';
import { FACT, fitText, textWidth } from '../src/picture/text-style';
import { Feed, Guest, Machine, Service, Shown, Switch, Vlan } from './lab';
import { largeSite, rackedSite, routedSite, smallSite } from './sites';

function pictureOf(site: Site, name = 'topology'): string {
  return Testing.files(site)[`report/${name}.svg`] as string;
}

function oneMachine(guests = 5): Site {
  const site = Testing.site();
  const vlan = new Vlan(site, 'lan', 1, ['192.168.1.0/24']);
  const machine = new Machine(site, 'nuc', {
    model: 'Intel NUC',
    capacity: { cores: 4, threads: 8, memory: Size.gibibytes(32), disk: Size.terabytes(1), network: Bandwidth.gigabits(1) },
    watts: 65,
    feeds: [new Feed(site, 'outlet', 2300)],
  });
  for (let i = 1; i <= guests; i++) {
    new Guest(site, `box-${i}`, {
      on: [machine],
      threads: 4,
      memory: Size.gibibytes(4),
      addresses: i % 2 ? [vlan.address(`box-${i}`, `192.168.1.${i}`)] : [],
    });
  }
  new SiteReport(site, 'report');
  return site;
}

function noMachine(): Site {
  const site = Testing.site();
  new Guest(site, 'adrift', { on: [], threads: 4 });
  new Service(site, 'web', [], ['2 replicas']);
  new SiteReport(site, 'report');
  return site;
}

interface TextBox {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  /** How far it goes up from there. */
  readonly size: number;
}

/** Every line of text with the room that it was laid out for. */
function textBoxes(picture: string): TextBox[] {
  return [...picture.matchAll(/<text ([^>]*)>(?:<title>[^<]*<\/title>)?([^<]*)<\/text>/g)].map(([, attributes = '', text = '']) => {
    const attribute = (name: string) => attributes.match(new RegExp(`(?:^| )${name}="([^"]*)"`))?.[1];
    const size = Number(attribute('font-size'));
    const width = textWidth(text, {
      size,
      bold: attribute('font-weight') !== undefined,
      mono: attribute('font-family') !== undefined,
      fill: '',
    });
    const upwards = attribute('transform') !== undefined;
    if (upwards)
      return { text, left: Number(attribute('x')) - size, right: Number(attribute('x')), y: Number(attribute('y')), size: width };
    const left = Number(attribute('x')) - (attribute('text-anchor') ? width / 2 : 0);
    return { text, left, right: left + width, y: Number(attribute('y')), size };
  });
}

describe.each([
  ['three mini PCs', smallSite, 'topology'],
  ['24 machines in two racks', largeSite, 'topology'],
  ['one machine outside a rack', oneMachine, 'topology'],
  ['one machine without guests', () => oneMachine(0), 'topology'],
  ['guests without a machine', noMachine, 'topology'],
  ['two racks to scale', rackedSite, 'rack'],
  ['racks where nothing has a unit', largeSite, 'rack'],
  ['a machine that is in no rack', oneMachine, 'rack'],
  ['no rack', noMachine, 'rack'],
  ['two routers and their segments', routedSite, 'network'],
  ['segments without a router', smallSite, 'network'],
  ['who reaches whom over two routers', routedSite, 'zones'],
  ['nobody who reaches anybody', noMachine, 'zones'],
])('the picture of %s', (_, build, name) => {
  const picture = pictureOf(build(), name);

  test('has whole numbers for coordinates', () => {
    const numbers = [...picture.matchAll(/ (?:x|y|width|height|rx|d|font-size|viewBox)="([^"]*)"/g)].map(match => match[1]);
    expect(numbers.length).toBeGreaterThan(0);
    expect(numbers.filter(number => number?.includes('.') || number?.includes('NaN') || number?.includes('e'))).toEqual([]);
  });

  test('has no text over another, nor outside the picture', () => {
    const boxes = textBoxes(picture).sort((a, b) => a.y - b.y);
    const [width = 0, height = 0] = (picture.match(/viewBox="0 0 (\d+) (\d+)"/) ?? []).slice(1).map(Number);
    expect(boxes.filter(box => box.left < 0 || box.right > width || box.y > height)).toEqual([]);
    const clashes: string[] = [];
    boxes.forEach((a, i) => {
      for (const b of boxes.slice(i + 1)) {
        if (b.y - b.size >= a.y) break;
        if (a.left < b.right && b.left < a.right) clashes.push(`${a.text} / ${b.text}`);
      }
    });
    expect(clashes).toEqual([]);
  });

  test('has no negative size, and closes what it opens', () => {
    expect(picture).not.toMatch(/(width|height)="-/);
    const open: string[] = [];
    for (const [, close, name = '', self] of picture.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
      if (close) expect(open.pop()).toBe(name);
      else if (!self) open.push(name);
    }
    expect(open).toEqual([]);
  });

  test('says to those who cannot see it what it shows', () => {
    expect(picture).toMatch(/^<svg [^>]*role="img" aria-labelledby="title desc"/);
    expect(picture).toMatch(/<title id="title">[^<]+<\/title>\n {2}<desc id="desc">[^<]+<\/desc>/);
  });
});

test('routers are told with the segments that they join, and what nothing routes', () => {
  const picture = pictureOf(routedSite(), 'network');
  expect(picture).toContain('gateway joins management, servers, storage, and leads out as 10.0.0.2.');
  expect(picture).toContain('office joins people, and leads out over PPPoE. Nothing routes apart.');
  expect(picture).toContain('and 7 more');
});

test('who reaches whom: ports by segment, router, tunnel and the Internet, and everything inside a zone', () => {
  const picture = pictureOf(routedSite(), 'zones');
  expect(picture).toMatch(/<desc id="desc">servers to storage: everything\. storage to servers: everything\. people to servers: 22\/tcp, /);
  expect(picture).toContain('people to gateway: 53/udp.');
  expect(picture).toContain('branch to servers: 443/tcp. Internet to servers: 443/tcp.</desc>');
  expect(picture).toContain('and 3 more');
});

describe('racks', () => {
  const picture = pictureOf(rackedSite(), 'rack');
  /** Height and lower edge of the front of a device. */
  const front = (name: string) => {
    const [, y, height] =
      picture.match(new RegExp(`<title>${name} · [^<]*</title>\\n\\s*<rect x="\\d+" y="(\\d+)" width="\\d+" height="(\\d+)"`)) ?? [];
    return { height: Number(height), bottom: Number(y) + Number(height) };
  };

  test('are to scale: two units are twice as high as one, and unit 4 is three above unit 1', () => {
    const unit = front('pve-a2').height + 2;
    expect(front('pve-a1').height + 2).toBe(2 * unit);
    expect(front('pve-a1').bottom - front('pve-a2').bottom).toBe(3 * unit);
    expect(front('leaf-a').bottom - front('oob-a').bottom).toBe(-unit);
  });

  test('tell what is where, what runs there, and which cable is slower than its port', () => {
    expect(picture).toContain('rack-a: leaf-a in unit 12, oob-a in unit 11, pve-a2 in unit 4, pve-a1 in unit 1, pve-a3.');
    expect(picture).toContain('>runs mail, shop<');
    expect(picture).toContain('>leaf-a: eno1, port 1, 10 Gb/s of 25 Gb/s · oob-a: bmc, port 1, 1 Gb/s<');
    expect(picture).toContain('<title>left-a · 204 W of 2300 W</title>');
  });

  test('have a dot where a device hangs on a feed or a switch', () => {
    // In each rack: five on the left feed, three on the right; four on the leaf, its own among them, and four on the other.
    expect(picture.match(/<circle /g)).toHaveLength(2 * (5 + 3 + 4 + 4));
  });

  test('do not hold a machine that is only cabled to a switch in one, nor its feed', () => {
    const site = Testing.site();
    const rack = new Shown(site, 'rack', { kind: 'rack', label: 'rack', facts: [], units: { first: 1, count: 6 } });
    const lan = new Switch(rack, 'lan', [new Feed(site, 'of-the-rack', 2300)], [], [], 6);
    const capacity = { cores: 4, threads: 8, memory: Size.gibibytes(32), disk: Size.terabytes(1), network: Bandwidth.gigabits(1) };
    const links = [{ to: lan, label: 'eno1, port 1, 1 Gb/s', speed: Bandwidth.gigabits(1) }];
    const machine = new Machine(site, 'nuc', {
      model: 'Intel NUC',
      capacity,
      watts: 65,
      feeds: [new Feed(site, 'of-the-wall', 2300)],
      links,
    });
    Object.assign(machine.placement, { standsOn: machine.placement.standsOn.slice(1) });
    new SiteReport(site, 'report');
    const [inside = '', outside = ''] = pictureOf(site, 'rack').split('>Outside a rack<');
    expect(inside).toContain('rack: lan in unit 6. Outside a rack: nuc.');
    expect([inside.includes('<title>of-the-wall'), outside.includes('<title>of-the-wall'), outside.includes('of-the-rack')]).toEqual([
      false,
      true,
      false,
    ]);
  });

  test('cut a name that is longer than its room, and tell it to whoever points at it', () => {
    const site = Testing.site();
    const feed = new Feed(site, 'the-uninterruptible-supply-of-the-second-floor', 2300);
    const capacity = { cores: 4, threads: 8, memory: Size.gibibytes(32), disk: Size.terabytes(1), network: Bandwidth.gigabits(1) };
    new Machine(site, 'nuc', { model: 'Intel NUC', capacity, watts: 65, feeds: [feed] });
    new SiteReport(site, 'report');
    expect(pictureOf(site, 'rack')).toContain('<title>the-uninterruptible-supply-of-the-second-floor</title>the-uninterruptibl…</text>');
  });
});

test('a guest stands on its machine, with its addresses in the colours of their segments', () => {
  const picture = pictureOf(smallSite());
  expect(picture).toContain('pve-01 in shelf carries k3s-1, pfsense.');
  expect(picture).toContain('<title>pfsense-wan has 203.0.113.2 on VLAN 2</title>');
  expect(picture).toContain('<title>moves to pve-02, pve-03</title>');
});

test('a cable is labelled, and a cable to a switch of another rack names it', () => {
  const site = Testing.site();
  const [a, b] = ['a', 'b'].map(id => new Shown(site, id, { kind: 'rack', label: id, facts: [] })) as [Shown, Shown];
  const lan = new Shown(a, 'lan', { kind: 'switch', label: 'lan', facts: [] });
  const capacity = { cores: 4, threads: 8, memory: Size.gibibytes(32), disk: Size.terabytes(1), network: Bandwidth.gigabits(1) };
  for (const rack of [a, b])
    new Machine(rack, `of-${rack.node.id}`, {
      model: 'Intel NUC',
      capacity,
      watts: 65,
      feeds: [],
      links: [{ to: lan, label: 'eno1, port 1, 1 Gb/s' }],
    });
  new SiteReport(site, 'report');
  const picture = pictureOf(site);
  expect(picture).toContain('<title>eno1, port 1, 1 Gb/s</title>');
  expect(picture).toContain('<title>lan: eno1, port 1, 1 Gb/s</title>');
  expect(picture.match(/stroke-width="2"/g)).toHaveLength(1);
});

test('names may hold anything', () => {
  const site = Testing.site();
  new Shown(site, 'odd', { kind: 'guest', label: '<b>&"\u0000\ud800', facts: ['日本語', 'x'.repeat(300)] });
  new SiteReport(site, 'report');
  const picture = pictureOf(site);
  expect(picture).toContain('&lt;b&gt;&amp;&quot;\ufffd\ufffd</text>');
  expect(picture).toContain(`<title>${'x'.repeat(300)}</title>x`);
});

test('a text that is too wide ends in an ellipsis', () => {
  expect(fitText('a-segment-with-a-long-name', FACT, 80)).toBe('a-segment-…');
  expect(textWidth('a-segment-…', FACT)).toBeLessThanOrEqual(80);
  expect(fitText('short', FACT, 80)).toBe('short');
  expect(fitText('anything', FACT, 0)).toBe('…');
});

test('an element is drawn with escaped attributes and indented children', () => {
  expect(svgText(svg('g', { id: 'a"b' }, svg('rect', { x: 1 }), svg('text', { x: 2 }, 'a & b')))).toBe(
    '<g id="a&quot;b">\n  <rect x="1"/>\n  <text x="2">a &amp; b</text>\n</g>',
  );
});

test('a coordinate that is not whole is a fault of ours, and says where', () => {
  expect(() => svg('rect', { x: 0.5 })).toThrow('rect x=0.5 is not a whole number');
});
