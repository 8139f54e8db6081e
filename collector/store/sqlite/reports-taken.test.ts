import { describe, expect, it } from 'vitest';
import { enrolAll, keep, storeFile } from '../../../test/kit/store-file.ts';
import { testAgent } from '../../../test/kit/test-agent.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const minuteMs = 60_000;

describe('reports taken within a time', () => {
  it('are those of the agent, late ones and earlier sessions among them, oldest first', async () => {
    const { store } = storeFile();
    const [one, other] = [testAgent({ key: 1 }), testAgent({ key: 2, node: 'server-2' })] as const;
    await enrolAll(store, [one, other], startsAtMs);
    const at = (minute: number, patch = {}) => one.report(startsAtMs + minute * minuteMs, patch);
    await keep(store, [one.batch([at(9)], startsAtMs + 9 * minuteMs)]);
    const late = [at(3, { session: 'session-0002', seq: 1 }), at(2), at(1), at(8)];
    await keep(store, [one.batch(late, startsAtMs + 10 * minuteMs, () => true)]);
    await keep(store, [other.batch([other.report(startsAtMs + 4 * minuteMs)], startsAtMs)]);
    const { times, sample } = await store.reportsTaken(1, startsAtMs + 2 * minuteMs, startsAtMs + 8 * minuteMs);

    expect(
      times.map(({ takenAtMs, receivedAtMs }) => [takenAtMs, receivedAtMs].map((ms) => (ms - startsAtMs) / minuteMs)),
    ).toEqual([
      [2, 10],
      [3, 10],
      [8, 10],
    ]);
    expect(times.map(({ isLate, isFirst }) => [isLate, isFirst])).toEqual([
      [true, false],
      [true, true],
      [true, false],
    ]);
    expect(sample.map(({ report }) => report.session)).toEqual(['session-0001', 'session-0002', 'session-0001']);
  });

  it('of a long time are counted all, and read as a hundred that are spread over it', async () => {
    const { store } = storeFile();
    const agent = testAgent({ key: 1 });
    await enrolAll(store, [agent], startsAtMs);
    for (let batch = 0; batch < 10; batch += 1) {
      const reports = Array.from({ length: 50 }, (_, at) => agent.report(startsAtMs + (batch * 50 + at) * minuteMs));
      await keep(store, [agent.batch(reports, startsAtMs + 500 * minuteMs)]);
    }
    const { times, sample } = await store.reportsTaken(1, startsAtMs, startsAtMs + 500 * minuteMs);

    expect([times.length, sample.length]).toEqual([500, 100]);
    expect(sample.map(({ takenAtMs }) => (takenAtMs - startsAtMs) / minuteMs)).toEqual(
      Array.from({ length: 100 }, (_, at) => at * 5),
    );
  });
});
