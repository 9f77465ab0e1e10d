import * as fc from 'fast-check';
import { Bandwidth, Duration, Money, Power, Size } from '../src';
import { told, untyped } from './told';

test.each<[string, (value: number) => unknown]>([
  ['Size.bytes', Size.bytes],
  ['Size.kibibytes', Size.kibibytes],
  ['Size.mebibytes', Size.mebibytes],
  ['Size.gibibytes', Size.gibibytes],
  ['Size.tebibytes', Size.tebibytes],
  ['Size.gigabytes', Size.gigabytes],
  ['Size.terabytes', Size.terabytes],
  ['Duration.seconds', Duration.seconds],
  ['Duration.minutes', Duration.minutes],
  ['Duration.hours', Duration.hours],
  ['Duration.days', Duration.days],
  ['Power.watts', Power.watts],
  ['Power.kilowatts', Power.kilowatts],
  ['Bandwidth.megabits', Bandwidth.megabits],
  ['Bandwidth.gigabits', Bandwidth.gigabits],
])('%s takes a finite number, 0 or more', (name, make) => {
  for (const [value, shown] of [
    [-1, '-1'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    ['2', '"2"'],
    [undefined, 'undefined'],
  ])
    expect(told(() => make(untyped(value)))).toBe(
      `[${name}] the amount must be a finite number, 0 or more, got ${shown}; write ${name}(1) (QUANTITY)`,
    );
  make(0);
});

test('a conversion that would round is refused', () => {
  expect(told(() => Size.bytes(1.5))).toBe(
    '[Size.bytes] is 1.5 bytes, and a whole number is needed; choose a multiple of one byte (QUANTITY_FRACTION)',
  );
  expect(told(() => Size.mebibytes(512).toGibibytes())).toBe(
    '[Size 512 MiB] is 0.5 gibibytes, and a whole number is needed; choose a multiple of one gibibyte (QUANTITY_FRACTION)',
  );
  expect(told(() => Size.kibibytes(1).toMebibytes())).toContain('(QUANTITY_FRACTION)');
  expect(told(() => Duration.seconds(90).toMinutes())).toBe(
    '[Duration 90s] is 1.5 minutes, and a whole number is needed; choose a multiple of one minute (QUANTITY_FRACTION)',
  );
  expect(told(() => Duration.seconds(0.5).toSeconds())).toBe(
    '[Duration 0.5s] is 0.5 seconds, and a whole number is needed; choose a multiple of one second (QUANTITY_FRACTION)',
  );
});

test('sizes: binary and decimal units, for machines and for people', () => {
  const shown = (size: Size) => [size.toBytes(), size.toQuantity(), String(size)];
  expect(shown(Size.bytes(0))).toEqual([0, '0', '0 B']);
  expect(shown(Size.bytes(1500))).toEqual([1500, '1500', '1500 B']);
  expect(shown(Size.kibibytes(3))).toEqual([3072, '3Ki', '3 KiB']);
  expect(shown(Size.mebibytes(512))).toEqual([536_870_912, '512Mi', '512 MiB']);
  expect(shown(Size.mebibytes(2048))).toEqual([2_147_483_648, '2Gi', '2 GiB']);
  expect(shown(Size.tebibytes(1))).toEqual([1_099_511_627_776, '1Ti', '1 TiB']);
  expect(shown(Size.gigabytes(960))).toEqual([960_000_000_000, '937500000Ki', '960 GB']);
  expect(shown(Size.terabytes(1.92))).toEqual([1_920_000_000_000, '1875000000Ki', '1.92 TB']);
  expect(Size.gibibytes(8).toMebibytes()).toBe(8192);
  expect(Size.tebibytes(2).toGibibytes()).toBe(2048);
});

test('a size is a whole number of bytes, also where a float is not', () => {
  expect(Size.gigabytes(2.3).toBytes()).toBe(2_300_000_000);
  expect(Size.gibibytes(0.1).toQuantity()).toBe('107374182');
});

test('sums', () => {
  expect(String(Size.sum([Size.gibibytes(1), Size.mebibytes(512)]))).toBe('1536 MiB');
  expect(Size.gibibytes(1).plus(Size.gibibytes(2)).toGibibytes()).toBe(3);
  expect(Power.sum([Power.watts(65), Power.kilowatts(1)]).toWatts()).toBe(1065);
  expect(String(Bandwidth.sum([Bandwidth.megabits(500), Bandwidth.gigabits(2)]))).toBe('2.5 Gb/s');
  expect([Size.sum([]), Power.sum([]), Bandwidth.sum([])].map(String)).toEqual(['0 B', '0 W', '0 Mb/s']);
});

test('durations as Go writes them', () => {
  const go = [Duration.seconds(0), Duration.seconds(90), Duration.minutes(5), Duration.hours(36), Duration.days(30)].map(d => d.toGo());
  expect(go).toEqual(['0s', '90s', '5m', '36h', '720h']);
  expect(Duration.days(1).toSeconds()).toBe(86_400);
  expect(Duration.hours(2).toMinutes()).toBe(120);
});

test('a quantity that is written in Kubernetes form is the same number of bytes', () => {
  const unit: Record<string, number> = { '': 1, Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3, Ti: 1024 ** 4 };
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(1, 1024, 1024 ** 2), (count, factor) => {
      const [, number, suffix] = Size.bytes(count * factor)
        .toQuantity()
        .match(/^(\d+)(|Ki|Mi|Gi|Ti)$/) as RegExpMatchArray;
      expect(Number(number) * (unit[suffix as string] as number)).toBe(count * factor);
    }),
    { seed: 1 },
  );
});

test('money is exact, and never of two currencies', () => {
  expect(String(Money.euros(0.1).plus(Money.euros(0.2)))).toBe('0.30 EUR');
  expect(String(Money.dollars(19.99).times(3))).toBe('59.97 USD');
  expect(Money.of(12.5, 'CHF').toNumber()).toBe(12.5);
  expect(told(() => Money.euros(1).plus(Money.dollars(1)))).toBe(
    '[Money.plus] 1.00 EUR and 1.00 USD have different currencies; convert one of them at a dated rate first (MONEY_CURRENCIES)',
  );
  expect(told(() => Money.of(1, 'eur'))).toBe(
    '[Money.of] currency must be an ISO 4217 code, got "eur"; write it like EUR (MONEY_CURRENCY)',
  );
  expect(told(() => Money.of(-1, 'EUR'))).toBe(
    '[Money.of] the amount must be a finite number, 0 or more, got -1; write Money.of(1) (QUANTITY)',
  );
  expect(told(() => Money.euros(1).times(Number.NaN))).toBe(
    '[Money.times] the amount must be a finite number, 0 or more, got NaN; write Money.times(1) (QUANTITY)',
  );
});

test('each is recognised by its marker, and by no other', () => {
  const classes = [Size, Duration, Power, Bandwidth, Money];
  const values = [Size.bytes(1), Duration.seconds(1), Power.watts(1), Bandwidth.megabits(1), Money.euros(1)];
  for (const [i, type] of classes.entries()) {
    for (const [j, value] of values.entries()) expect(type.is(value)).toBe(i === j);
    for (const other of [undefined, null, 5, '1 GiB', {}]) expect(type.is(other)).toBe(false);
  }
});
