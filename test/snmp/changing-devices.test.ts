import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { columns, mikrotik, system, uptimes } from '../../agent/routers/snmp/oids.ts';
import { type FakeClock, fakeClock } from '../kit/fake-clock.ts';
import { type Device, honestAnswerer, openDevice } from './device.ts';
import { madeRouter } from './made-router.ts';
import { counter64, gauge32, integer, text, timeTicks } from './messages.ts';
import { readingOf, routerAt } from './reading.ts';

let device: Device;
let mib: Map<string, Buffer>;
let clock: FakeClock;
beforeEach(async () => {
  clock = fakeClock();
  mib = madeRouter({ interfaceCount: 3 });
  // Made anew for each question, because a device may get other interfaces.
  device = await openDevice((request) => honestAnswerer(mib)(request));
});
afterEach(() => device.close());

const reader = (more = {}) => readingOf(routerAt(device.port, more), { version: '2c', community: 'public' }, clock);

/** A minute passes on both sides. */
function passMinute(uptimeTicks: number): void {
  clock.advanceMs(60_000);
  mib.set(system.upTime, timeTicks(uptimeTicks));
  mib.set(uptimes.host, timeTicks(uptimeTicks + 4000));
  mib.set(uptimes.engine, integer(Math.floor(uptimeTicks / 100)));
}

describe('a device that changes from reading to reading', () => {
  it('tells what its interfaces carried since the reading before', async () => {
    const reading = reader();
    const first = await reading.read();
    passMinute(8_646_000);
    mib.set(`${columns.receiveBytes}.1`, counter64(1_000_003n + 750_000n));
    const second = await reading.read();

    expect(first.interfaces?.[0]).toMatchObject({ name: 'ether1', alias: 'WAN Diskominfo', receiveBytes: 1_000_003 });
    expect(first.previousTakenAt).toBeUndefined();
    expect(first.interfaces?.[0]?.receiveGrowthBytes).toBeUndefined();
    expect(second.previousTakenAt).toBe(first.takenAt);
    expect(second.interfaces?.[0]).toMatchObject({ receiveGrowthBytes: 750_000, transmitGrowthBytes: 0 });
    expect(second.bootedAt).toBe(first.bootedAt);
  });

  it('and was started again leaves a gap on every interface', async () => {
    const reading = reader();
    const first = await reading.read();
    passMinute(2000);
    mib.set(`${columns.receiveBytes}.3`, counter64(9_000_000_000n));
    const second = await reading.read();

    for (const [place, each] of (second.interfaces ?? []).entries()) {
      expect(each.receiveGrowthBytes).toBeUndefined();
      expect(each.epoch).toBeGreaterThan(first.interfaces?.[place]?.epoch ?? Infinity);
    }
    expect(Date.parse(second.bootedAt ?? '')).toBeGreaterThan(Date.parse(first.bootedAt ?? ''));
  });

  it('and was started again while it stopped in the middle leaves the gap at the next reading', async () => {
    const reading = reader({ timeoutSeconds: 1.5 });
    await reading.read();
    passMinute(2000);
    const whole = mib;
    mib = new Map([...whole].filter(([oid]) => oid.startsWith('1.3.6.1.2.1.1.')));
    mib.set(columns.name, integer(1));
    const { port } = device;
    await device.close();
    device = await openDevice((request) => (request.pduType === 0xa5 ? undefined : honestAnswerer(mib)(request)), {
      port,
    });
    expect(await reading.read()).toMatchObject({ state: 'up', reason: 'stopped-in-mid-walk' });

    await device.close();
    mib = whole;
    device = await openDevice((request) => honestAnswerer(mib)(request), { port });
    passMinute(8000);
    const third = await reading.read();
    expect(third.interfaces?.map(({ receiveGrowthBytes }) => receiveGrowthBytes)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('and went through the wrap of its uptime was not started again', async () => {
    passMinute(2 ** 32 - 3000);
    const reading = reader();
    const first = await reading.read();
    passMinute(3000);
    // The service's count in seconds does not go round.
    mib.set(uptimes.engine, integer(Math.floor((2 ** 32 + 3000) / 100)));
    mib.set(uptimes.host, timeTicks(7000));
    const second = await reading.read();

    expect(second.bootedAt).toBe(first.bootedAt);
    expect(second.uptimeSeconds).toBeCloseTo((2 ** 32 + 7000) / 100, 1);
    expect(second.interfaces?.[0]).toMatchObject({ receiveGrowthBytes: 0 });
  });

  it('and gave its interfaces other numbers after a start is known by their names', async () => {
    const reading = reader({ wanInterfaces: ['WAN Diskominfo'] });
    const first = await reading.read();
    passMinute(2000);
    for (const column of [columns.name, columns.alias]) {
      const [one, three] = [`${column}.1`, `${column}.3`].map((oid) => mib.get(oid) as Buffer);
      mib.set(`${column}.1`, three as Buffer);
      mib.set(`${column}.3`, one as Buffer);
    }
    const second = await reading.read();

    const wanOf = (found: typeof first) => found.interfaces?.filter(({ isWan }) => isWan === true);
    expect(wanOf(first)).toMatchObject([{ name: 'ether1', receiveBytes: 1_000_003 }]);
    expect(wanOf(second)).toMatchObject([{ name: 'ether1', receiveBytes: 3_000_009 }]);
  });

  it('and tells of a discontinuity of one interface leaves a gap there alone', async () => {
    const reading = reader();
    await reading.read();
    passMinute(8_646_000);
    mib.set(`${columns.discontinuity}.2`, timeTicks(8_643_000));
    const second = await reading.read();

    expect(second.interfaces?.map(({ receiveGrowthBytes }) => receiveGrowthBytes)).toEqual([0, undefined, 0]);
  });
});

describe('RouterOS', () => {
  it.each<[string, [string, Buffer][], object]>([
    [
      '6 tells tenths in single values',
      [
        [mikrotik.voltage, gauge32(241)],
        [mikrotik.temperature, gauge32(385)],
      ],
      { voltageVolts: 24.1, temperatureCelsius: 38.5 },
    ],
    [
      '7 tells them in a table of gauges',
      [
        [`${mikrotik.gauges.name}.13`, text('voltage')],
        [`${mikrotik.gauges.value}.13`, integer(238)],
        [`${mikrotik.gauges.unit}.13`, integer(3)],
        [`${mikrotik.gauges.name}.14`, text('cpu-temperature')],
        [`${mikrotik.gauges.value}.14`, integer(61)],
        [`${mikrotik.gauges.unit}.14`, integer(1)],
        [`${mikrotik.gauges.name}.17`, text('temperature')],
        [`${mikrotik.gauges.value}.17`, integer(42)],
        [`${mikrotik.gauges.unit}.17`, integer(1)],
      ],
      { voltageVolts: 23.8, temperatureCelsius: 42 },
    ],
  ])('%s', async (_, values, health) => {
    mib.set(system.description, text('RouterOS RB750Gr3'));
    mib.set(mikrotik.version, text('7.15.3'));
    mib.set(mikrotik.serial, text('HCJ0812ABCD'));
    mib.set(mikrotik.board, text('hEX'));
    for (const [oid, value] of values) mib.set(oid, value);

    expect(await reader().read()).toMatchObject({
      ...health,
      system: { version: '7.15.3', serial: 'HCJ0812ABCD', board: 'hEX', name: 'rtr-dinkes' },
    });
  });
});
