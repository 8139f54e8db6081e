import { expect, it } from 'vitest';
import { anIncident } from '../../test/kit/an-incident.ts';
import type { VerdictRow } from '../store/rows.ts';
import { otherEndingInWords, otherEndingOf } from './ending.ts';
import { timelineOf } from './timeline.ts';

const verdict: VerdictRow = {
  obligation: 'lebong-19-1-pencadangan-berkala',
  subject: 'dinkes/simpus',
  pd: 'dinkes',
  status: 'waived',
  grade: undefined,
  severity: undefined,
  reasonCode: 'never-started',
  reasonArgs: { waiverNumber: '800/12', waiverUntil: '2026-12-31' },
  sinceMs: 1,
  evidence: [],
};

it.each([
  ['waived', 'Berakhir karena dikecualikan (Nomor 800/12)'],
  ['not-applicable', 'Berakhir karena kewajibannya tidak lagi berlaku'],
  ['compliant', undefined],
] as const)('the line of an incident that ended by %s tells why', (status, words) => {
  const before = anIncident('INS-7');
  const after = anIncident('INS-7', { state: 'resolved', resolvedAtMs: 9 });
  const [line] = timelineOf(before, after, { event: 'resolved', verdict: { ...verdict, status }, nowMs: 9 });
  const ending = line && otherEndingOf(line);

  expect(line?.event).toBe('resolved');
  expect(ending && otherEndingInWords(ending, 'id')).toBe(words);
});
