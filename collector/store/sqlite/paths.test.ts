import { describe, expect, it } from 'vitest';
import { enrolAll, storeFile } from '../../../test/kit/store-file.ts';
import { testAgent } from '../../../test/kit/test-agent.ts';
import { noFactChanges } from '../no-changes.ts';
import type { PathRow, SeenList } from '../path-rows.ts';

const record = { agent: 'a'.repeat(16), session: 'session-0001', seq: 1 };
const nothing: SeenList = { lookedAtMs: 0, seen: [] };

const seenAt = (address: string, atMs: number): SeenList => ({
  lookedAtMs: atMs,
  seen: [{ address, firstAtMs: atMs, lastAtMs: atMs, sinceMs: atMs, firstRecord: record, record }],
});

function row(day: string, patch: Partial<PathRow> = {}): PathRow {
  const lists = { sources: nothing, gateways: nothing, egresses: nothing, hops: nothing };
  return { agentKey: 1, pd: 'dinkes', site: 'kantor', day, fromMs: 1, knownSources: [], ...lists, ...patch };
}

async function kept(...rows: PathRow[]) {
  const file = storeFile();
  await enrolAll(file.store, [testAgent()], 1);
  for (const each of rows) await file.store.commitReports([], () => ({ ...noFactChanges(), paths: [each] }));
  return file;
}

const days = (rows: readonly PathRow[]) => rows.map(({ day }) => day);
const all = { pd: 'dinkes', fromDay: '0000-00-00', untilDay: '9999-12-31' };

describe('the days of ways', () => {
  it('join what is kept of a day with what comes later, in whatever order', async () => {
    const early = row('2026-11-22', { fromMs: 10, sources: seenAt('10.20.1.9', 10), knownSources: ['a'] });
    const late = row('2026-11-22', { fromMs: 20, sources: seenAt('203.0.113.7', 20), knownSources: ['b'] });
    const forwards = await kept(early, late);
    const backwards = await kept(late, early);

    const [one] = await forwards.store.pathsOf(all);
    const [other] = await backwards.store.pathsOf(all);
    expect(one?.sources).toEqual(other?.sources);
    expect([one?.fromMs, one?.sources.lookedAtMs, one?.sources.seen.map(({ address }) => address)]).toEqual([
      10,
      20,
      ['203.0.113.7', '10.20.1.9'],
    ]);
    expect(one?.knownSources.toSorted()).toEqual(['a', 'b']);
  });

  it('are found by department and day, and the newest one after a restart', async () => {
    const file = await kept(
      row('2026-11-21'),
      row('2026-11-23'),
      row('2026-11-22'),
      row('2026-11-24', { pd: 'disdik' }),
    );
    const store = await file.reopen();

    expect(days(await store.pathsOf({ ...all, fromDay: '2026-11-22' }))).toEqual(['2026-11-22', '2026-11-23']);
    expect(days(await store.pathsOf({ ...all, untilDay: '2026-11-22' }))).toEqual(['2026-11-21', '2026-11-22']);
    // What was seen where the machine is no longer says nothing of where it is.
    expect(days(await store.loadPaths())).toEqual(['2026-11-23']);
  });

  it('are forgotten from the oldest on', async () => {
    const { store } = await kept(row('2026-11-21'), row('2026-11-22'));

    expect(await store.history.forgetPaths('2026-11-22')).toBe(false);
    expect(days(await store.pathsOf(all))).toEqual(['2026-11-22']);
  });
});
