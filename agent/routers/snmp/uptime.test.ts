import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextUptime, type UptimeSample, type UptimeState, uptimeSecondsOf } from './uptime.ts';

const bootedAtMs = Date.parse('2026-01-05T00:00:00Z');
const wrapTicks = 2 ** 32;
const daySeconds = 86_400;

/** What a device with this uptime says, a reading `atSeconds` after the test began. */
function sampleAt(atSeconds: number, uptimeSeconds: number, more: Partial<UptimeSample> = {}): UptimeSample {
  const ticks = Math.round(uptimeSeconds * 100) % wrapTicks;
  return { atMs: atSeconds * 1000, nowMs: bootedAtMs + uptimeSeconds * 1000, serviceTicks: ticks, ...more };
}

function follow(samples: readonly UptimeSample[]): UptimeState[] {
  const states: UptimeState[] = [];
  for (const sample of samples) states.push(nextUptime(states.at(-1), sample));
  return states;
}

describe('uptime of a device', () => {
  it('goes on through the wrap of its counter after 497 days, and the boot stays where it was', () => {
    const wrapSeconds = wrapTicks / 100;
    const states = follow([
      sampleAt(0, wrapSeconds - 90),
      sampleAt(60, wrapSeconds - 30),
      sampleAt(120, wrapSeconds + 30),
      sampleAt(180, wrapSeconds + 90),
    ]);

    expect(states.map(({ restartCount }) => restartCount)).toEqual([0, 0, 0, 0]);
    expect(uptimeSecondsOf(states[3] as UptimeState)).toBeCloseTo(wrapSeconds + 90, 1);
    expect(states[3]?.bootedAtMs).toBeCloseTo(bootedAtMs, -2);
  });

  it('begins anew after a restart', () => {
    const states = follow([sampleAt(0, 10 * daySeconds), sampleAt(60, 25)]);

    expect(states[1]).toMatchObject({ restartCount: 1, serviceTicks: 2500 });
    expect(states[1]?.bootedAtMs).toBe(bootedAtMs);
  });

  it('sees a second restart that lies further back than the first', () => {
    // Up for 30 s at the first look, for 500 s at the look ten minutes later: it cannot be the same run.
    const states = follow([sampleAt(0, 30), sampleAt(600, 500)]);

    expect(states[1]?.restartCount).toBe(1);
  });

  it('sees a restart just at the wrap by the count in seconds', () => {
    const nearWrap = wrapTicks / 100 - 30;
    const states = follow([
      sampleAt(0, nearWrap, { engineSeconds: Math.floor(nearWrap) }),
      sampleAt(60, 30, { engineSeconds: 30 }),
    ]);

    expect(states[1]?.restartCount).toBe(1);
  });

  it('learns from the count in seconds how often the other one went round before it was first seen', () => {
    const uptimeSeconds = 1200 * daySeconds;
    const [state] = follow([sampleAt(0, uptimeSeconds, { engineSeconds: uptimeSeconds + 3 })]);

    expect(uptimeSecondsOf(state as UptimeState)).toBeCloseTo(uptimeSeconds, 1);
  });

  it('believes no count in seconds that does not fit', () => {
    const [state] = follow([sampleAt(0, 1000, { engineSeconds: 4_000_000 })]);

    expect(uptimeSecondsOf(state as UptimeState)).toBe(1000);
  });

  it('tells the device from its SNMP service, whose restart breaks the counters and not the boot', () => {
    const states = follow([
      sampleAt(0, 5000, { hostTicks: 600_000 }),
      sampleAt(60, 10, { nowMs: bootedAtMs + 5_060_000, hostTicks: 606_000 }),
    ]);

    expect(states[1]?.restartCount).toBe(1);
    expect(uptimeSecondsOf(states[1] as UptimeState)).toBe(6060);
    expect(states[1]?.bootedAtMs).toBe(bootedAtMs - 1_000_000);
  });

  it('keeps the boot of the device when it tells only of its service for a while', () => {
    const states = follow([
      sampleAt(0, 5000, { hostTicks: 600_000 }),
      sampleAt(60, 5060),
      sampleAt(120, 5120),
      sampleAt(180, 5180, { hostTicks: 618_000 }),
    ]);

    expect(new Set(states.map((state) => state.bootedAtMs))).toEqual(new Set([bootedAtMs - 1_000_000]));
    expect(states.map(uptimeSecondsOf)).toEqual([6000, 6060, 6120, 6180]);
  });

  it('ignores a device that claims to run for less time than its service', () => {
    const [state] = follow([sampleAt(0, 5000, { hostTicks: 0 })]);

    expect(uptimeSecondsOf(state as UptimeState)).toBe(5000);
  });

  it('takes a clock that stands still for an odd clock, not for a restart at each look', () => {
    const states = follow(
      [0, 60, 120].map((atSeconds) => ({ ...sampleAt(atSeconds, 70_000), atMs: atSeconds * 1000 })),
    );

    expect(states.map(({ restartCount }) => restartCount)).toEqual([0, 0, 0]);
  });

  it('never takes time that passes for a restart, nor a restart for time that passes', () => {
    const step = fc.record({ seconds: fc.integer({ min: 1, max: 40 * daySeconds }), restarts: fc.boolean() });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 900 * daySeconds }), fc.array(step, { maxLength: 40 }), (start, steps) => {
        let atSeconds = 0;
        let uptimeSeconds = start;
        let restartCount = 0;
        let state = nextUptime(undefined, sampleAt(0, uptimeSeconds, { engineSeconds: uptimeSeconds }));
        for (const { seconds, restarts } of steps) {
          atSeconds += seconds;
          uptimeSeconds = restarts ? Math.floor(seconds / 2) : uptimeSeconds + seconds;
          restartCount += restarts && uptimeSeconds < Math.floor((state.serviceTicks ?? 0) / 100) ? 1 : 0;
          // A restart that leaves a longer uptime than before breaks no counter that could be compared.
          if (restarts && uptimeSeconds >= Math.floor((state.serviceTicks ?? 0) / 100)) return;
          state = nextUptime(state, sampleAt(atSeconds, uptimeSeconds, { engineSeconds: uptimeSeconds }));
          expect(state.restartCount).toBe(restartCount);
          expect(uptimeSecondsOf(state)).toBeCloseTo(uptimeSeconds, 1);
        }
      }),
    );
  });
});
