import { describe, expect, it } from 'vitest';
import { enrolAll, keep, storeFile } from '../../../test/kit/store-file.ts';
import { testAgent } from '../../../test/kit/test-agent.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const minuteMs = 60_000;
const whole = { bodyCount: 100, reportCount: 100 };

async function filled() {
  const file = storeFile();
  const agent = testAgent({ key: 1 });
  await enrolAll(file.store, [agent], startsAtMs);
  const at = (minute: number, patch = {}) => agent.report(startsAtMs + minute * minuteMs, patch);
  const again = at(1, { seq: 1 });
  await keep(file.store, [agent.batch([again], startsAtMs)]);
  await keep(file.store, [agent.batch([again, at(9, { seq: 4 })], startsAtMs)]);
  // Nothing of this one is new.
  await keep(file.store, [agent.batch([again], startsAtMs)]);
  await keep(file.store, [agent.batch([at(3, { seq: 3 }), at(2, { seq: 2 })], startsAtMs, () => true)]);
  return { ...file, agent };
}

const minutesOf = ({ reports }: { reports: { takenAtMs: number; place: number; late: boolean }[] }) =>
  reports.map(
    ({ takenAtMs, place, late }) => `${(takenAtMs - startsAtMs) / minuteMs} at ${place}${late ? ' late' : ''}`,
  );

describe('what remote write reads of the store', () => {
  it('are the bodies after a mark in the order in which they came, with what was new in them, oldest first', async () => {
    const { store, agent } = await filled();
    const bodies = await store.remoteWrite.next(0, whole);

    expect(bodies.map(minutesOf)).toEqual([['1 at 0'], ['9 at 1'], ['2 at 1 late', '3 at 0 late']]);
    expect(bodies.map(({ key }) => key)).toEqual([1, 2, 3]);
    expect(new Set(bodies.map((body) => body.agent))).toEqual(new Set([agent.id]));
    expect(await store.remoteWrite.next(3, whole)).toEqual([]);
    expect(await store.remoteWrite.bounds()).toEqual({ firstKey: 1, lastKey: 3 });
  });

  it('ends with the body that reaches the limit', async () => {
    const { store } = await filled();

    expect(await store.remoteWrite.next(0, { bodyCount: 2, reportCount: 100 })).toHaveLength(2);
    expect(await store.remoteWrite.next(1, { bodyCount: 100, reportCount: 2 })).toHaveLength(2);
    expect(await store.remoteWrite.next(0, { bodyCount: 100, reportCount: 1 })).toHaveLength(1);
  });

  it('are the newest reports of an agent up to a body, late ones left out', async () => {
    const { store, agent } = await filled();
    const newest = async (throughKey: number, limit: number) =>
      (await store.remoteWrite.newestUpTo(agent.id, throughKey, limit)).map(minutesOf);

    expect(await newest(3, 5)).toEqual([['1 at 0'], ['9 at 1']]);
    expect(await newest(3, 1)).toEqual([['9 at 1']]);
    expect(await newest(1, 5)).toEqual([['1 at 0']]);
    expect(await newest(0, 5)).toEqual([]);
  });

  it('is nothing when nothing is kept; marks of receivers outlive a restart', async () => {
    const file = storeFile();
    expect(await file.store.remoteWrite.bounds()).toEqual({ firstKey: 0, lastKey: 0 });
    expect(await file.store.remoteWrite.mark('a')).toBeUndefined();
    await file.store.remoteWrite.setMark('a', 7);
    await file.store.remoteWrite.setMark('b', 3);
    await file.store.remoteWrite.setMark('a', 8);
    const { remoteWrite } = await file.reopen();

    expect([await remoteWrite.mark('a'), await remoteWrite.mark('b')]).toEqual([8, 3]);
  });
});
