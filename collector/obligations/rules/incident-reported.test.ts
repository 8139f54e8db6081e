import { describe, expect, it } from 'vitest';
import type { IncidentView } from '../incident-view.ts';
import type { Judgement } from '../rule.ts';
import { incidentReported } from './incident-reported.ts';
import { department } from './registers/department-facts.test-kit.ts';
import { nowMs, reference, register } from './registers/register.test-kit.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

function incident(patch: Partial<IncidentView> = {}): IncidentView {
  return {
    id: 'INS-1',
    pd: 'dinkes',
    obligation: 'sigi-14-2-b-backbone',
    severity: 'critical',
    openedAtMs: nowMs - 2 * dayMs,
    resolvedAtMs: undefined,
    isSerious: true,
    decision: { atMs: nowMs - 30 * minuteMs, isByOtherParty: true },
    ...patch,
  };
}

const report = (of = 'INS-1') => ({
  pd: 'dinkes',
  kind: 'insiden',
  date: '2026-11-25',
  recipient: 'Diskominfo',
  incident: of,
});
const judge = (incidents: IncidentView[], rows: ReturnType<typeof report>[] = [], params = {}): Judgement =>
  incidentReported.judge(department({ incidents, registers: register({ report: rows }) }), params, nowMs);

describe('incident-reported', () => {
  it.each<[string, IncidentView[]]>([
    ['nothing happened', []],
    ['what happened is not serious', [incident({ isSerious: false, resolvedAtMs: nowMs - dayMs })]],
    ['it was nobody else', [incident({ decision: { atMs: nowMs, isByOtherParty: false } })]],
    ['it is long over', [incident({ openedAtMs: nowMs - 200 * dayMs, resolvedAtMs: nowMs - 100 * dayMs })]],
  ])('is no matter when %s', (_name, incidents) => {
    expect(judge(incidents)).toEqual({
      status: 'not-applicable',
      reasonCode: 'no-incident',
      reasonArgs: { lookBackDays: 90 },
      evidence: [],
    });
  });

  it('looks again at one that goes on: it may become serious by lasting', () => {
    expect(judge([incident({ isSerious: false })])).toMatchObject({
      status: 'not-applicable',
      recheckAtMs: nowMs + 60 * minuteMs,
    });
  });

  it('waits until a person has decided who caused it', () => {
    expect(judge([incident({ decision: undefined })])).toEqual({
      status: 'no-evidence',
      reasonCode: 'undecided',
      reasonArgs: { incident: 'INS-1', incidentCount: 1 },
      evidence: [{ incident: 'INS-1' }],
      endsBreach: true,
    });
  });

  it('gives our own hour from that decision on, and is an indication after it', () => {
    const dueAtMs = nowMs + 30 * minuteMs;
    expect(judge([incident()])).toEqual({
      status: 'no-evidence',
      reasonCode: 'not-yet-reported',
      reasonArgs: { incident: 'INS-1', dueAtMs },
      evidence: [{ incident: 'INS-1' }],
      endsBreach: true,
      recheckAtMs: dueAtMs + 1,
    });
    expect(judge([incident()], [], { withinMinutes: 20 })).toEqual({
      status: 'breached',
      exceeded: 'indication',
      sinceAtMs: nowMs - 10 * minuteMs,
      reasonCode: 'not-reported',
      reasonArgs: { incident: 'INS-1', dueAtMs: nowMs - 10 * minuteMs },
      evidence: [{ incident: 'INS-1' }],
    });
  });

  it('is content when each has its report', () => {
    expect(judge([incident()], [report()])).toEqual({
      status: 'compliant',
      reasonCode: 'reported',
      reasonArgs: { incidentCount: 1 },
      evidence: [{ incident: 'INS-1' }, reference('report')],
    });
    expect(judge([incident(), incident({ id: 'INS-2' })], [report()]).reasonCode).toBe('not-yet-reported');
    expect(judge([incident(), incident({ id: 'INS-2', decision: undefined })], [report()]).reasonCode).toBe(
      'undecided',
    );
  });
});
