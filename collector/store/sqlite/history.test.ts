import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  agents,
  bodyCount,
  bucketsOf,
  hourMs,
  linkDaysOf,
  measured,
  prune,
  rollUp,
  startsAtMs,
} from '../../../test/kit/history-reports.ts';
import { enrolAll, keep, storeFile } from '../../../test/kit/store-file.ts';
import { probe } from '../../../test/kit/test-agent.ts';
import { openConnection } from './open.ts';
import { runsOf } from './prune.ts';

interface Plan {
  which: 0 | 1;
  session: string;
  seq: number;
  /** Commit in which it arrives. */
  chunk: number;
}

const plans: fc.Arbitrary<Plan[]> = fc
  .uniqueArray(
    fc.record({
      which: fc.constantFrom(0 as const, 1 as const),
      session: fc.constantFrom('session-0001', 'session-0002'),
      seq: fc.integer({ min: 1, max: 30 }),
      chunk: fc.nat({ max: 6 }),
    }),
    { selector: (plan) => `${plan.which} ${plan.session} ${plan.seq}`, maxLength: 50 },
  )
  .filter((list) => list.length > 0);

/** @param turns the commits after which something is rolled up, and by whom. */
async function bucketsAfter(
  list: readonly Plan[],
  turns: ReadonlyMap<number, 'roll-up' | 'catch-up'>,
  restarts: boolean,
) {
  const file = storeFile();
  await enrolAll(file.store, agents, startsAtMs);
  for (let chunk = 0; chunk <= 6; chunk += 1) {
    const arrived = list.filter((plan) => plan.chunk === chunk);
    const batches = arrived.map(({ which, seq, session }) =>
      agents[which].batch([measured(which, seq, session)], chunk),
    );
    if (batches.length > 0) await keep(file.store, batches);
    const turn = turns.get(chunk);
    if (turn === 'catch-up') await file.store.history.catchUp([1]);
    if (turn === 'roll-up') {
      // A turn that is cut short by the end of the process leaves the rest for the next one.
      if (restarts) await file.store.history.rollUpOne(Infinity);
      else await rollUp(file.store);
    }
    if (restarts) await file.reopen();
  }
  await rollUp(file.store);
  const kept = { buckets: bucketsOf(file.path), linkDays: linkDaysOf(file.path) };
  await file.store.close();
  return kept;
}

const anyTurns = fc.uniqueArray(
  fc.tuple(fc.nat({ max: 6 }), fc.constantFrom('roll-up' as const, 'catch-up' as const)),
  { selector: ([chunk]) => chunk },
);

describe('the roll-up of reports into hours', () => {
  it('is the same for reports in any pieces and lateness as for all at once', async () => {
    await fc.assert(
      fc.asyncProperty(plans, anyTurns, fc.boolean(), async (list, turns, restarts) => {
        const atOnce = list.map((plan) => ({ ...plan, chunk: 0 })).toSorted((a, b) => a.seq - b.seq);

        expect(await bucketsAfter(list, new Map(turns), restarts)).toEqual(
          await bucketsAfter(atOnce, new Map(), false),
        );
      }),
      { numRuns: 30 },
    );
  }, 120_000);

  it('counts each report once, however often it is called', async () => {
    const { store, path } = storeFile();
    await enrolAll(store, agents, startsAtMs);
    const reports = [1, 2, 3].map((seq) => measured(0, seq, 'session-0001'));
    await keep(store, [agents[0].batch(reports, startsAtMs)]);

    expect(await rollUp(store)).toBe(3);
    expect(await rollUp(store)).toBe(0);
    expect(bucketsOf(path)[`1 ${startsAtMs}`]).toEqual({
      reportCount: 3,
      firstAtMs: startsAtMs + 7 * 60_000,
      lastAtMs: startsAtMs + 21 * 60_000,
      gauges: {
        cpuBusyRatio: [3, 0, 1, 2],
        load1: [3, 4, 10, 21],
        memoryAvailableBytes: [3, 6, 16, 33],
        'filesystemAvailableBytes /': [3, 8, 22, 45],
        'lossRatio wan': [3, 0, 1, 2],
      },
      counters: { 'receiveBytes eth0': 202, 'transmitBytes eth0': 20 },
      rounds: { 'rounds wan': [1, 1, 1] },
    });
  });

  it('waits for reports that came too recently', async () => {
    const { store } = storeFile();
    await enrolAll(store, agents, startsAtMs);
    await keep(store, [agents[0].batch([measured(0, 1, 'session-0001')], startsAtMs)]);
    await keep(store, [agents[0].batch([measured(0, 2, 'session-0001')], startsAtMs + 10)]);

    expect(await rollUp(store, startsAtMs + 5)).toBe(1);
    expect(await rollUp(store, startsAtMs + 11)).toBe(1);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'takes %s for a name like any other',
    async (name) => {
      const { store, path } = storeFile();
      await enrolAll(store, agents, startsAtMs);
      const report = agents[0].report(startsAtMs, {
        probes: [probe('up', { name, roundTripSeconds: 1 })],
        interfaces: [{ name, up: true, receiveBytes: 1, transmitBytes: 1 }],
        filesystems: [{ mount: name, device: 'a', type: 'b', sizeBytes: 1, availableBytes: 1 }],
      });
      await keep(store, [agents[0].batch([report], startsAtMs)]);
      await rollUp(store);

      expect(bucketsOf(path)[`1 ${startsAtMs}`]?.rounds).toEqual({ [`rounds ${name}`]: [1, 0, 0] });
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect(Object.hasOwn(Object, '0')).toBe(false);
    },
  );
});

describe('pruning', () => {
  it('keeps bodies that are not rolled up, however old', async () => {
    const { store, path } = storeFile();
    await enrolAll(store, agents, startsAtMs);
    await keep(store, [agents[0].batch([measured(0, 1, 'session-0001')], startsAtMs)]);
    await prune(store, startsAtMs + hourMs);

    expect(bodyCount(path)).toBe(1);
  });

  it('keeps bodies that came after the moment', async () => {
    const { store, path } = storeFile();
    await enrolAll(store, agents, startsAtMs);
    for (const seq of [1, 2, 3]) {
      await keep(store, [agents[0].batch([measured(0, seq, 'session-0001')], startsAtMs + seq)]);
    }
    await rollUp(store);
    await prune(store, startsAtMs + 3);

    expect(bodyCount(path)).toBe(1);
  });

  it('loses nothing of what comes after everything was pruned', async () => {
    const file = storeFile();
    await enrolAll(file.store, agents, startsAtMs);
    for (const seq of [1, 2, 3]) {
      await keep(file.store, [agents[0].batch([measured(0, seq, 'session-0001')], startsAtMs)]);
    }
    await rollUp(file.store);
    await prune(file.store, startsAtMs + 30 * 24 * hourMs);
    const store = await file.reopen();
    for (const seq of [4, 5]) {
      await keep(store, [agents[0].batch([measured(0, seq, 'session-0001')], startsAtMs + hourMs)]);
    }

    expect(await rollUp(store)).toBe(2);
    expect(bucketsOf(file.path)[`1 ${startsAtMs}`]?.reportCount).toBe(5);
  });

  it('remembers runs of numbers, joined where they meet', () => {
    expect(runsOf([])).toEqual([]);
    expect(runsOf([1, 2, 3, 7, 9, 10])).toEqual([
      [1, 3],
      [7, 7],
      [9, 10],
    ]);
  });

  it('joins the ranges of several rounds', async () => {
    const { store, path } = storeFile();
    await enrolAll(store, agents, startsAtMs);
    for (const seq of [1, 2, 5, 4, 3, 9, 12]) {
      await keep(store, [agents[0].batch([measured(0, seq, 'session-0001')], startsAtMs + seq)]);
      await keep(store, [agents[1].batch([measured(1, seq, 'session-0001')], startsAtMs + hourMs)]);
      await rollUp(store);
      await prune(store, startsAtMs + hourMs);
    }
    const connection = openConnection(path);
    const ranges = connection.prepare('SELECT first_seq, last_seq FROM pruned_ranges WHERE session = 1').raw().all();
    connection.close();

    expect(ranges).toEqual([
      [1, 5],
      [9, 9],
    ]);
  });

  it('takes a long session in parts, each a short transaction', async () => {
    const { store, path } = storeFile();
    await enrolAll(store, agents, startsAtMs);
    for (let first = 1; first <= 2000; first += 50) {
      const reports = Array.from({ length: 50 }, (_, index) => measured(0, first + index, 'session-0001'));
      await keep(store, [agents[0].batch(reports, startsAtMs)]);
    }
    await rollUp(store);
    let largestStep = 0;
    for (let before = bodyCount(path); await store.history.pruneSome(startsAtMs + 1);) {
      const after = bodyCount(path);
      largestStep = Math.max(largestStep, before - after);
      before = after;
    }

    expect(largestStep).toBe(10);
    expect(bodyCount(path)).toBe(1);
  });
});

it('forgets hourly figures that are older than asked, and only those', async () => {
  const { store, path } = storeFile();
  await enrolAll(store, agents, startsAtMs);
  const batch = agents[0].batch([measured(0, 1, 'session-1'), measured(0, 20, 'session-1')], startsAtMs);
  await keep(store, [batch]);
  await rollUp(store);
  expect(Object.keys(bucketsOf(path))).toHaveLength(2);

  expect(await store.history.forgetHours(startsAtMs + hourMs)).toBe(1);

  expect(Object.keys(bucketsOf(path))).toEqual([`1 ${startsAtMs + 2 * hourMs}`]);
  expect(await store.history.forgetHours(startsAtMs + hourMs)).toBe(0);
});
