import { describe, expect, it } from 'vitest';
import type { Judgement } from '../rule.ts';
import { mandiriTikStatusRecorded } from './mandiri-tik-status-recorded.ts';
import { department } from './registers/department-facts.test-kit.ts';
import { dayStart, nowMs, reference, register } from './registers/register.test-kit.ts';

const decree = (from: string, until?: string) => ({
  pd: 'dinkes',
  number: '188.45/7/2025',
  from,
  ...(until === undefined ? {} : { until }),
});
const evidence = [reference('mandiri-tik')];

describe('mandiri-tik-status-recorded', () => {
  it.each<[string, boolean, ReturnType<typeof decree>[], Judgement]>([
    [
      'nobody says that it is one',
      false,
      [],
      { status: 'not-applicable', reasonCode: 'not-mandiri', reasonArgs: {}, evidence: [] },
    ],
    [
      'only the configuration says so',
      true,
      [],
      { status: 'no-evidence', reasonCode: 'not-recorded', reasonArgs: {}, evidence: [], endsBreach: true },
    ],
    [
      'a decree says so, whatever the configuration does',
      false,
      [decree('2025-01-01', '2026-12-31')],
      {
        status: 'compliant',
        reasonCode: 'recorded',
        reasonArgs: { number: '188.45/7/2025' },
        evidence,
        recheckAtMs: dayStart('2027-01-01'),
      },
    ],
    [
      'its decree has ended, and the configuration goes on saying so',
      true,
      [decree('2020-01-01', '2025-12-31')],
      {
        status: 'breached',
        exceeded: 'finding',
        sinceAtMs: dayStart('2026-01-01'),
        reasonCode: 'ended',
        reasonArgs: { number: '188.45/7/2025', untilDay: '2025-12-31' },
        evidence,
      },
    ],
    [
      'its decree has ended, and nobody says so any more',
      false,
      [decree('2020-01-01', '2025-12-31')],
      { status: 'not-applicable', reasonCode: 'not-mandiri', reasonArgs: {}, evidence: [] },
    ],
    [
      'its decree is still to come',
      true,
      [decree('2027-01-01')],
      {
        status: 'no-evidence',
        reasonCode: 'not-recorded',
        reasonArgs: {},
        evidence: [],
        endsBreach: true,
        recheckAtMs: dayStart('2027-01-01'),
      },
    ],
  ])('%s', (_name, isMandiriTik, rows, expected) => {
    const registers = register({ 'mandiri-tik': rows });

    expect(mandiriTikStatusRecorded.judge(department({ isMandiriTik, registers }), {}, nowMs)).toEqual(expected);
  });
});
