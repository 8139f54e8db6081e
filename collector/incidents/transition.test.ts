import { describe, expect, it } from 'vitest';
import type { VerdictStatus } from '../../shared/states.ts';
import type { IncidentRow, VerdictRow } from '../store/rows.ts';
import { transition } from './transition.ts';

const nowMs = 1_000_000;
const made = { id: 'INC-2', kind: 'backup', owner: 'Dinas Kesehatan', severity: 'critical' as const };
const fresh = () => made;

function verdict(status: VerdictStatus, reasonCode = 'backup-overdue'): VerdictRow {
  return {
    obligation: 'a-duty',
    subject: 'dinkes/simpus',
    pd: 'dinkes',
    status,
    grade: undefined,
    reasonCode,
    reasonArgs: {},
    sinceMs: 5,
    evidence: [],
  };
}

const opened: IncidentRow = {
  ...made,
  id: 'INC-1',
  pd: 'dinkes',
  obligation: 'a-duty',
  subject: 'dinkes/simpus',
  cause: 'backup-overdue',
  state: 'open',
  sinceMs: 5,
  openedAtMs: 7,
  acknowledgedAtMs: undefined,
  acknowledgedBy: undefined,
  resolvedAtMs: undefined,
};
const acknowledged: IncidentRow = { ...opened, state: 'acknowledged', acknowledgedAtMs: 8, acknowledgedBy: 'operator' };

describe('an incident', () => {
  it('is opened by a breach where none is open, and people are told', () => {
    expect(transition(undefined, verdict('breached'), fresh, nowMs)).toEqual({
      event: 'opened',
      incident: { ...opened, id: 'INC-2', openedAtMs: nowMs },
    });
  });

  it.each(['compliant', 'no-evidence', 'not-applicable', 'waived'] as const)('is not opened by %s', (status) => {
    expect(transition(undefined, verdict(status), fresh, nowMs)).toBeUndefined();
  });

  it.each([opened, acknowledged])('that is $state stays so while the breach goes on', (incident) => {
    expect(transition(incident, verdict('breached'), fresh, nowMs)).toBeUndefined();
  });

  it.each([opened, acknowledged])('that is $state is neither resolved nor changed by missing evidence', (incident) => {
    expect(transition(incident, verdict('no-evidence', 'not-yet-due'), fresh, nowMs)).toBeUndefined();
  });

  it.each([opened, acknowledged])('that is $state takes a new cause without telling anybody again', (incident) => {
    expect(transition(incident, verdict('breached', 'backup-too-small'), fresh, nowMs)).toEqual({
      event: undefined,
      incident: { ...incident, cause: 'backup-too-small' },
    });
  });

  describe.each([opened, acknowledged])('that is $state', (incident) => {
    it.each(['compliant', 'not-applicable', 'waived'] as const)('is resolved by %s, and people are told', (status) => {
      expect(transition(incident, verdict(status), fresh, nowMs)).toEqual({
        event: 'resolved',
        incident: { ...incident, state: 'resolved', resolvedAtMs: nowMs },
      });
    });
  });
});
