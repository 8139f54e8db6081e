import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followAll, shortRows, wholeLedger } from '../../../test/kit/ledger-world.ts';
import { storeFile } from '../../../test/kit/store-file.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { VerdictRow } from '../rows.ts';
import type { JudgementChanges, Store } from '../store.ts';
import type { VerdictChange } from '../verdict-history-port.ts';
import { migrations } from './migrations.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { openVerdictHistory } from './verdict-history.ts';

function verdict(subject: string, patch: Partial<VerdictRow> = {}): VerdictRow {
  const [pd = ''] = subject.split('/');
  const said = { status: 'compliant' as const, grade: undefined, severity: undefined, reasonCode: 'in-time' };
  return { obligation: 'a-duty', subject, pd, ...said, reasonArgs: {}, sinceMs: 1, evidence: [], ...patch };
}

const nothing: JudgementChanges = {
  verdicts: [],
  removedVerdicts: [],
  incidents: [],
  outbox: [],
  deadlines: [],
  atMs: 0,
};

const all = { fromMs: 0, untilMs: Number.MAX_SAFE_INTEGER };
const shown = ({ atMs, verdict: { subject, reasonCode }, removed }: VerdictChange) =>
  `${atMs} ${subject} ${removed ? 'removed' : reasonCode}`;

/** Changes as they come: at `atMs` the subject is said to be so, or nothing is said of it any more. */
interface Step {
  atMs: number;
  subject: string;
  reasonCode: string | undefined;
}

async function write(store: Store, steps: readonly Step[]): Promise<void> {
  const known = new Set<string>();
  for (const { atMs, subject, reasonCode } of steps) {
    const row = verdict(subject, { reasonCode: reasonCode ?? '' });
    if (reasonCode !== undefined) {
      known.add(subject);
      await store.saveJudgement({ ...nothing, verdicts: [row], atMs });
    } else if (known.delete(subject)) await store.saveJudgement({ ...nothing, removedVerdicts: [row], atMs });
  }
}

/** What was so at an instant, worked out from the steps alone. */
function replayed(steps: readonly Step[], untilMs: number): string[] {
  const now = new Map<string, string>();
  for (const { atMs, subject, reasonCode } of steps) {
    if (atMs > untilMs) continue;
    if (reasonCode === undefined) now.delete(subject);
    else now.set(subject, `${subject} ${reasonCode}`);
  }
  return [...now.values()].toSorted();
}

const anySteps = fc.array(
  fc.record({
    atMs: fc.integer({ min: 1, max: 50 }),
    subject: fc.constantFrom('dinkes/simpus', 'dinkes/arsip', 'dishub/web'),
    reasonCode: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
  }),
  { maxLength: 25 },
);
const anyHistory = anySteps.map((steps) => steps.toSorted((a, b) => a.atMs - b.atMs));

describe('the history of verdicts', () => {
  it('gives changes in the order in which they were judged, of whom and of when they are asked for', async () => {
    const { store } = storeFile();
    await store.saveJudgement({ ...nothing, verdicts: [verdict('dinkes/simpus'), verdict('dishub/web')], atMs: 10 });
    const breach = verdict('dinkes/simpus', { status: 'breached', reasonCode: 'overdue', sinceMs: 15 });
    await store.saveJudgement({
      ...nothing,
      verdicts: [breach, verdict('dinkes/simpus', { obligation: 'b' })],
      atMs: 20,
    });
    const list = async (filter: object) => (await store.verdictHistory.changes({ ...all, ...filter })).map(shown);

    expect(await list({})).toEqual([
      '10 dinkes/simpus in-time',
      '10 dishub/web in-time',
      '20 dinkes/simpus overdue',
      '20 dinkes/simpus in-time',
    ]);
    expect(await list({ pd: 'dinkes', fromMs: 20, untilMs: 21 })).toHaveLength(2);
    expect(await list({ pd: 'dinkes', untilMs: 20 })).toEqual(['10 dinkes/simpus in-time']);
    expect(await list({ obligation: 'a-duty', subject: 'dinkes/simpus' })).toEqual([
      '10 dinkes/simpus in-time',
      '20 dinkes/simpus overdue',
    ]);
    expect(await list({ afterKey: 1, limit: 2 })).toEqual(['10 dishub/web in-time', '20 dinkes/simpus overdue']);
    expect(await store.verdictHistory.count({ ...all, pd: 'dinkes', limit: 1 })).toBe(3);
    const [, , third] = await store.verdictHistory.changes(all);
    expect(third).toEqual({ key: 3, atMs: 20, verdict: breach, removed: false });
  });

  it('tells when nothing was said of a case any more, and what was said last', async () => {
    const { store } = storeFile();
    await store.saveJudgement({ ...nothing, verdicts: [verdict('dinkes/simpus')], atMs: 10 });
    await store.saveJudgement({ ...nothing, removedVerdicts: [verdict('dinkes/simpus')], atMs: 30 });

    expect((await store.verdictHistory.changes(all)).at(-1)).toMatchObject({
      atMs: 30,
      removed: true,
      verdict: { pd: 'dinkes', reasonCode: 'in-time' },
    });
    expect((await store.verdictHistory.at(29)).map(shown)).toEqual(['10 dinkes/simpus in-time']);
    expect(await store.verdictHistory.at(30)).toEqual([]);
  });

  it('does not let a clock that was ahead hide what was judged after it was set right', async () => {
    const { store } = storeFile();
    for (const [atMs, reasonCode] of [
      [900, 'ahead'],
      [20, 'right'],
    ] as const) {
      await store.saveJudgement({ ...nothing, verdicts: [verdict('dinkes/simpus', { reasonCode })], atMs });
    }

    expect((await store.verdictHistory.at(1000)).map(shown)).toEqual(['20 dinkes/simpus right']);
  });

  it('is at every instant what a replay of all that was judged gives', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, fc.integer({ min: 0, max: 51 }), async (steps, atMs) => {
        const store = openSqliteStore(`${temporaryFolder()}/pantau.db`);
        try {
          await write(store, steps);
          const found = (await store.verdictHistory.at(atMs)).map(
            ({ verdict: { subject, reasonCode } }) => `${subject} ${reasonCode}`,
          );
          expect(found.toSorted()).toEqual(replayed(steps, atMs));
          const ofOne = await store.verdictHistory.at(atMs, { pd: 'dishub' });
          expect(ofOne.map((change) => change.verdict.subject)).toEqual(
            replayed(steps, atMs).flatMap((text) => (text.startsWith('dishub/') ? ['dishub/web'] : [])),
          );
        } finally {
          await store.close();
        }
      }),
      { numRuns: 15 },
    );
  });

  it('can be read beside the collector that writes it', async () => {
    const { store, path } = storeFile();
    await store.saveJudgement({ ...nothing, verdicts: [verdict('dinkes/simpus')], atMs: 10 });
    const reader = openVerdictHistory(path);
    await store.saveJudgement({ ...nothing, verdicts: [verdict('dishub/web')], atMs: 20 });

    expect((await reader.at(20)).map(shown)).toEqual(['10 dinkes/simpus in-time', '20 dishub/web in-time']);
    reader.close();
  });
});

describe('forgetting what was replaced long ago', () => {
  it('leaves what stood at the limit and all that came after, so that the past is as it was from there on', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, fc.integer({ min: 0, max: 51 }), async (steps, beforeMs) => {
        const store = openSqliteStore(`${temporaryFolder()}/pantau.db`);
        try {
          await write(store, steps);
          await followAll(store);
          while (await store.history.forgetVerdictChanges(beforeMs));
          for (let atMs = beforeMs; atMs <= 51; atMs += 5) {
            const found = (await store.verdictHistory.at(atMs)).map(
              ({ verdict: { subject, reasonCode } }) => `${subject} ${reasonCode}`,
            );
            expect(found.toSorted()).toEqual(replayed(steps, atMs));
          }
          const old = await store.verdictHistory.changes({ fromMs: 0, untilMs: beforeMs });
          expect(old.length).toBeLessThanOrEqual(3 + 1);
        } finally {
          await store.close();
        }
      }),
      { numRuns: 15 },
    );
  });

  it('takes many of them a few hundred at a time, and never the verdict that stands', async () => {
    const { store } = storeFile();
    const verdicts = Array.from({ length: 1200 }, (_, at) => verdict('dinkes/simpus', { reasonCode: `said ${at}` }));
    await store.saveJudgement({ ...nothing, verdicts, atMs: 7 });
    await followAll(store);
    let callCount = 1;
    while (await store.history.forgetVerdictChanges(5000)) callCount += 1;

    expect(callCount).toBe(3);
    expect((await store.verdictHistory.changes(all)).map(shown)).toEqual(['7 dinkes/simpus said 1199']);
  });

  it('keeps what the ledger has not taken yet, however old it is', async () => {
    const { store } = storeFile();
    for (const [at, reasonCode] of ['first', 'second', 'third'].entries()) {
      await store.saveJudgement({ ...nothing, verdicts: [verdict('dinkes/simpus', { reasonCode })], atMs: at + 1 });
    }

    while (await store.history.forgetVerdictChanges(5000));
    await followAll(store);
    while (await store.history.forgetVerdictChanges(5000));

    expect(shortRows(await wholeLedger(store))).toEqual(['1 verdict first', '2 verdict second', '3 verdict third']);
    expect((await store.verdictHistory.changes(all)).map(shown)).toEqual(['3 dinkes/simpus third']);
  });

  it('forgets in the end what was said of a case that is long gone, and numbers what follows anew all the same', async () => {
    const { store } = storeFile();
    await store.saveJudgement({ ...nothing, verdicts: [verdict('dinkes/simpus')], atMs: 10 });
    await store.saveJudgement({ ...nothing, removedVerdicts: [verdict('dinkes/simpus')], atMs: 30 });
    await followAll(store);
    await store.history.forgetVerdictChanges(100);
    await store.saveJudgement({ ...nothing, verdicts: [verdict('dishub/web')], atMs: 110 });
    await store.history.forgetVerdictChanges(100);

    expect(await store.verdictHistory.changes(all)).toMatchObject([{ key: 3, atMs: 110 }]);
  });
});

it('finds in an older database whose verdicts changed, and takes those that are gone for removed by now', async () => {
  const path = `${temporaryFolder()}/pantau.db`;
  const old = new Database(path);
  const before = migrations.findIndex((sql) => sql.includes('verdict_changes_by_pd'));
  for (const sql of migrations.slice(0, before)) old.exec(sql);
  old.pragma(`user_version = ${before}`);
  const add = old.prepare('INSERT INTO verdict_changes (obligation, subject, at, body) VALUES (?, ?, ?, ?)');
  for (const subject of ['dinkes/simpus', 'dinkes/simpus', 'dishub/web']) {
    add.run('a-duty', subject, 10, JSON.stringify(verdict(subject)));
  }
  old
    .prepare('INSERT INTO verdicts (obligation, subject, pd, body, since) VALUES (?, ?, ?, ?, ?)')
    .run('a-duty', 'dishub/web', 'dishub', JSON.stringify(verdict('dishub/web')), 1);
  old.close();
  const store = openSqliteStore(path);
  try {
    expect(await store.verdictHistory.count({ ...all, pd: 'dinkes' })).toBe(3);
    expect(await store.verdictHistory.at(10)).toHaveLength(2);
    expect((await store.verdictHistory.at(Number.MAX_SAFE_INTEGER)).map(shown)).toEqual(['10 dishub/web in-time']);
  } finally {
    await store.close();
  }
});
