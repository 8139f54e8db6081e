import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RouterConfig } from '../../shared/agent-config-schema.ts';
import { fakeClock } from '../../test/kit/fake-clock.ts';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { schemaErrors } from '../sensors/report-checks.ts';
import { createSelfReader } from './self.ts';

const router: RouterConfig = {
  host: '10.20.1.1',
  reader: 'self',
  wanInterfaces: ['wan0'],
  timeoutSeconds: 2,
  everySeconds: 60,
};

/** A machine whose kernel counts what the test says. */
function machine() {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'proc/net'), { recursive: true });
  for (const name of ['wan0', 'lan0']) {
    mkdirSync(join(folder, 'sys/class/net', name, 'device'), { recursive: true });
    writeFileSync(join(folder, 'sys/class/net', name, 'operstate'), 'up\n');
  }
  const clock = fakeClock(Date.parse('2026-11-22T03:00:00Z'));
  const reader = createSelfReader({ proc: join(folder, 'proc'), sys: join(folder, 'sys'), addressed: () => new Set() });
  const memory = new Map<string, unknown>();
  return {
    count: (wan: [number, number], lan: [number, number] = [0, 0]): void => {
      const line = (name: string, [receive, transmit]: [number, number]) =>
        `${name}: ${receive} 1 0 0 0 0 0 0 ${transmit} 1 0 0 0 0 0 0`;
      writeFileSync(join(folder, 'proc/net/dev'), `a\nb\n${line('wan0', wan)}\n${line('lan0', lan)}\n`);
    },
    read: async (passedMs = 60_000) => {
      clock.advanceMs(passedMs);
      const reading = await reader.read(router, {
        dataFolder: folder,
        clock,
        memory,
        signal: new AbortController().signal,
      });
      expect(schemaErrors('routers', [reading])).toEqual([]);
      return reading;
    },
  };
}

describe('a router that the agent runs on', () => {
  it('tells by how much its WAN grew since the reading before', async () => {
    const { count, read } = machine();
    count([1000, 500]);
    const first = await read();
    count([7000, 800], [1, 1]);
    const second = await read();

    expect(first).not.toHaveProperty('previousTakenAt');
    expect(first.interfaces?.[0]).not.toHaveProperty('receiveGrowthBytes');
    expect(second).toMatchObject({ state: 'up', reader: 'self', previousTakenAt: first.takenAt });
    expect(second.interfaces).toMatchObject([
      { name: 'wan0', isWan: true, receiveBytes: 7000, receiveGrowthBytes: 6000, transmitGrowthBytes: 300 },
      { name: 'lan0', receiveGrowthBytes: 1 },
    ]);
    expect(second.interfaces?.[1]).not.toHaveProperty('isWan');
    expect(second.interfaces?.[0]?.epoch).toBe(first.interfaces?.[0]?.epoch);
  });

  it('makes a gap of a counter that began anew, never a spike', async () => {
    const { count, read } = machine();
    count([9_000_000, 9_000_000]);
    const before = await read();
    count([40, 9_000_100]);
    const after = await read();

    expect(after.interfaces?.[0]).not.toHaveProperty('receiveGrowthBytes');
    expect(after.interfaces?.[0]).not.toHaveProperty('transmitGrowthBytes');
    expect(after.interfaces?.[0]?.epoch).toBeGreaterThan(before.interfaces?.[0]?.epoch ?? Infinity);
    count([100, 9_000_160]);
    expect((await read()).interfaces?.[0]).toMatchObject({ receiveGrowthBytes: 60, transmitGrowthBytes: 60 });
  });
});
