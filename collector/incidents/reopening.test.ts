import { describe, expect, it } from 'vitest';
import { judgingBench, type JudgingBench } from '../../test/kit/judging-bench.ts';
import { minutes, vantage, widePemda } from '../../test/kit/wide-pemda.ts';

/** A site whose WAN was down for a while and is up again. */
async function recovered() {
  const agent = vantage();
  const bench = await judgingBench({ config: widePemda({ siteCount: 1 }), agents: [agent] });
  const say = (count: number, state: 'up' | 'down') => minutes(bench, agent, count, () => state);
  await say(3, 'up');
  await say(6, 'down');
  await say(6, 'up');
  return { bench, say };
}

async function timeline(bench: JudgingBench): Promise<string[]> {
  const [first] = await bench.store.loadIncidents({});
  const events = await bench.store.incidentHistory.events(first?.id ?? '');
  return events
    .filter(({ event }) => event !== 'restated' && event !== 'notified')
    .map(({ event, actor }) => `${event} ${actor}`);
}

describe('a fault that comes back within the hour', () => {
  it('opens its incident again, and its end is told again', async () => {
    const { bench, say } = await recovered();
    expect(bench.notices()).toEqual(['kait opened kantor wan-down', 'kait resolved kantor wan-down']);
    await say(6, 'down');
    const [open] = bench.judging.openIncidents();

    expect(bench.notices()).toEqual(['kait reopened kantor wan-down']);
    expect(open).toMatchObject({ state: 'reopened', reopened: { count: 1 }, resolvedAtMs: undefined });
    expect(open?.reopened?.sinceMs).toBeGreaterThan(open?.sinceMs ?? Infinity);
    await say(6, 'up');
    expect(bench.notices()).toEqual(['kait resolved kantor wan-down']);
    expect(await bench.store.loadIncidents({})).toMatchObject([{ id: open?.id, state: 'resolved' }]);
    expect(await timeline(bench)).toEqual(['opened pantau', 'resolved pantau', 'reopened pantau', 'resolved pantau']);
  });

  it('does so after a restart, too', async () => {
    const { bench, say } = await recovered();
    await bench.restart();
    await say(6, 'down');

    expect(bench.judging.openIncidents()).toMatchObject([{ state: 'reopened' }]);
    await bench.restart();
    expect(bench.judging.openIncidents()).toMatchObject([{ state: 'reopened', reopened: { count: 1 } }]);
  });

  it('is not told a second time when the collector starts again or its configuration is read again', async () => {
    const { bench, say } = await recovered();
    await say(6, 'down');
    expect(bench.notices().at(-1)).toBe('kait reopened kantor wan-down');
    await bench.restart();
    await bench.judging.reconfigure(bench.config);

    expect(bench.notices()).toEqual([]);
  });

  it('is told as back to a channel that has not heard of it', async () => {
    const { bench, say } = await recovered();
    await say(6, 'down');
    bench.notices();
    const [first] = bench.config.notify;
    if (first === undefined) throw new Error('no channel');
    await bench.judging.reconfigure({ ...bench.config, notify: [first, { ...first, id: 'baru' }] });

    expect(bench.notices()).toEqual(['baru reopened kantor wan-down']);
  });

  it('is told each channel once for each time that it came back', async () => {
    const { bench, say } = await recovered();
    for (let time = 0; time < 2; time += 1) {
      await say(6, 'down');
      await say(6, 'up');
    }
    const { outbox } = bench.store;
    const keys: string[] = [];
    for (let [next] = outbox.dueEntries(Infinity, 1); next !== undefined; [next] = outbox.dueEntries(Infinity, 1)) {
      keys.push(next.notice.idempotencyKey.replace(/^INC-[^/]*\//, ''));
      outbox.markDelivered(next.id, bench.clock.nowMs());
    }

    // The third time in an hour it is a line that comes and goes, which is not over at once.
    expect(keys).toEqual(['opened', 'resolved', 'reopened/1', 'resolved/1', 'reopened/2']);
  });
});

it('a fault that comes back later is a new incident', async () => {
  const { bench, say } = await recovered();
  await say(61, 'up');
  await say(6, 'down');

  expect(bench.judging.openIncidents()).toMatchObject([{ state: 'open' }]);
  expect(await bench.store.loadIncidents({})).toHaveLength(2);
});
