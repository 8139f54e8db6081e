import { expect, it } from 'vitest';
import type { VerdictRow } from '../../store/rows.ts';
import type { ChangesFilter, VerdictChange } from '../../store/verdict-history-port.ts';
import { readVerdicts } from './read-verdicts.ts';

const month = { fromMs: 1_000_000, untilMs: 2_000_000 };

function verdict(subject: string, status: VerdictRow['status']): VerdictRow {
  const said = { status, grade: undefined, severity: undefined, reasonCode: status, reasonArgs: {} };
  return { obligation: 'duty', subject, pd: subject.split('/')[0] ?? '', ...said, sinceMs: 0, evidence: [] };
}

/** A history of one duty: subject, moment and what became of it; undefined for removed. */
function historyOf(lines: readonly (readonly [string, number, VerdictRow['status'] | undefined])[]) {
  const all = lines.map(([subject, atMs, status], at): VerdictChange => ({
    key: at + 1,
    atMs,
    verdict: verdict(subject, status ?? 'compliant'),
    removed: status === undefined,
  }));
  return {
    at: (atMs: number) => {
      const last = new Map(all.filter((each) => each.atMs <= atMs).map((each) => [each.verdict.subject, each]));
      return Promise.resolve([...last.values()].filter(({ removed }) => !removed));
    },
    changes: ({ fromMs, untilMs, afterKey = 0, limit = -1 }: ChangesFilter) => {
      const found = all.filter((each) => each.atMs >= fromMs && each.atMs < untilMs && each.key > afterKey);
      return Promise.resolve(limit < 0 ? found : found.slice(0, limit));
    },
  };
}

it('tells how each stood at the end, and how long it was a breach within the month', async () => {
  const history = historyOf([
    ['a/kantor', 500_000, 'breached'],
    ['a/kantor', 1_300_000, 'compliant'],
    ['a/kantor', 1_800_000, 'breached'],
    ['a/kantor', 2_100_000, 'compliant'],
    ['b/kantor', 900_000, 'breached'],
    ['b/kantor', 1_500_000, undefined],
    ['c/kantor', 1_400_000, 'no-evidence'],
    ['pemda', 100_000, 'waived'],
    ['wilayah/timur', 1_900_000, 'breached'],
  ]);

  const found = await readVerdicts(history, month);

  const shown = [...found].map(([pd, own]) => [
    pd,
    own.map(({ subject, status, breachedSeconds, breachCount, before }) =>
      [subject, status, breachedSeconds, breachCount, before ?? '-'].join(' '),
    ),
  ]);
  expect(Object.fromEntries(shown)).toEqual({
    a: ['a/kantor breached 500 1 breached'],
    c: ['c/kantor no-evidence 0 0 -'],
    '': ['pemda waived 0 0 waived', 'wilayah/timur breached 100 1 -'],
  });
});

it('is the same however long the month is', async () => {
  const count = 12_345;
  const lines = Array.from({ length: count }, (_, at) => {
    const status = at % 2 === 0 ? 'breached' : 'compliant';
    return ['a/kantor', month.fromMs + at * 10, status] as const;
  });
  const [own] =
    (await readVerdicts(historyOf(lines), { fromMs: month.fromMs, untilMs: month.fromMs + count * 10 })).get('a') ?? [];

  expect(own).toMatchObject({ breachCount: 6173, breachedSeconds: (6173 * 10) / 1000, status: 'breached' });
});
