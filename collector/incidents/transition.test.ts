import { describe, expect, it } from 'vitest';
import type { VerdictStatus } from '../../shared/states.ts';
import type { IncidentRow, VerdictRow } from '../store/rows.ts';
import { transition } from './transition.ts';

const nowMs = 1_000_000;
const made = { id: 'INC-2', kind: 'backup', owner: 'Dinas Kesehatan', severity: 'critical' as const };
const fresh = () => made;

function verdict(
  status: VerdictStatus,
  reasonCode = 'backup-overdue',
  severity: VerdictRow['severity'] = 'critical',
): VerdictRow {
  return {
    obligation: 'a-duty',
    subject: 'dinkes/simpus',
    pd: 'dinkes',
    status,
    grade: undefined,
    severity: status === 'breached' ? severity : undefined,
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
  sites: [],
  obligations: ['a-duty'],
  settledCause: undefined,
  settleByMs: undefined,
  revision: 0,
  restatedAtMs: undefined,
};
const acknowledged: IncidentRow = { ...opened, state: 'acknowledged', acknowledgedAtMs: 8, acknowledgedBy: 'operator' };

/** The one thing that changes, if anything does. */
function move(open: IncidentRow | undefined, next: VerdictRow) {
  const moves = transition(open, next, { fresh, nowMs });
  expect(moves.length).toBeLessThanOrEqual(1);
  return moves[0];
}

describe('an incident', () => {
  it('goes on and is told of again when another fault takes the place of its own', () => {
    const faults = [['backup-shrunk'], ['damaged-in-vault']];
    const odd: IncidentRow = { ...acknowledged, severity: 'warning', cause: 'backup-shrunk' };
    const failed = { ...verdict('breached', 'job-failed'), sinceMs: 9 };

    expect(transition(odd, failed, { fresh, faults, nowMs })).toEqual([
      { event: 'changed', incident: { ...opened, severity: 'critical', cause: 'job-failed', sinceMs: 9 } },
    ]);
    expect(transition(opened, verdict('breached', 'backup-shrunk', 'warning'), { fresh, faults, nowMs })).toEqual([
      { event: 'changed', incident: { ...opened, cause: 'backup-shrunk' } },
    ]);
    const missing: IncidentRow = { ...opened, cause: 'job-failed' };
    expect(transition(missing, verdict('breached', 'backup-overdue'), { fresh, faults, nowMs })).toMatchObject([
      { event: undefined, incident: { id: 'INC-1', cause: 'backup-overdue' } },
    ]);
  });

  it('that becomes more urgent is told of again, once, and never becomes less urgent', () => {
    const warned: IncidentRow = { ...opened, severity: 'warning', cause: 'backup-shrunk' };
    const worse = move(warned, verdict('breached'));

    expect(worse).toEqual({
      incident: { ...warned, cause: 'backup-overdue', severity: 'critical' },
      event: 'escalated',
    });
    const critical = worse?.incident ?? warned;
    expect(move(critical, verdict('breached'))).toBeUndefined();
    expect(move(critical, verdict('breached', 'partial-success', 'warning'))).toEqual({
      incident: { ...critical, cause: 'partial-success' },
      event: undefined,
    });
  });

  it('is opened by a breach where none is open, and people are told', () => {
    expect(move(undefined, verdict('breached'))).toEqual({
      event: 'opened',
      incident: { ...opened, id: 'INC-2', openedAtMs: nowMs },
    });
  });

  describe('that ended only just now', () => {
    const handled: IncidentRow = { ...acknowledged, handling: { atMs: 9, by: 'Rina' } };
    const ended: IncidentRow = {
      ...handled,
      state: 'resolved',
      resolvedAtMs: 20,
      settledCause: 'power',
      settleByMs: 30,
      closed: { by: 'Rina', text: 'selesai' },
    };
    const back = { ...verdict('breached', 'job-failed', 'warning'), sinceMs: 25 };

    it('is opened again by the same fault, as urgent as that is now, and people are told', () => {
      const { handling } = handled;
      const again = { ...opened, cause: 'job-failed', severity: 'warning', state: 'reopened', handling };

      expect(transition(undefined, back, { fresh, ended, nowMs })).toEqual([
        { event: 'reopened', incident: { ...again, reopened: { count: 1, atMs: nowMs, sinceMs: 25 } } },
      ]);
      const before = { count: 3, atMs: 8, sinceMs: 7 };
      expect(transition(undefined, back, { fresh, ended: { ...ended, reopened: before }, nowMs })).toMatchObject([
        { incident: { reopened: { count: 4, atMs: nowMs, sinceMs: 25 } } },
      ]);
    });

    it('stays as it is when another fault comes, or while something holds the breach back', () => {
      const faults = [['damaged-in-vault']];
      const damaged = verdict('breached', 'damaged-in-vault');

      expect(transition(undefined, damaged, { fresh, faults, ended, nowMs })).toMatchObject([
        { event: 'opened', incident: { id: 'INC-2' } },
      ]);
      expect(transition(undefined, back, { fresh, ended, isHeldBack: true, nowMs })).toEqual([]);
      expect(transition(undefined, verdict('compliant'), { fresh, ended, nowMs })).toEqual([]);
    });
  });

  it('is not opened while something holds it back, and ends whatever does', () => {
    const held = { fresh, isHeldBack: true, nowMs };

    expect(transition(undefined, verdict('breached'), held)).toEqual([]);
    expect(transition(opened, verdict('compliant'), held)).toMatchObject([{ event: 'resolved' }]);
    expect(transition(opened, verdict('breached', 'backup-too-small'), held)).toMatchObject([
      { incident: { id: 'INC-1', cause: 'backup-too-small' } },
    ]);
  });

  it.each(['compliant', 'no-evidence', 'not-applicable', 'waived'] as const)('is not opened by %s', (status) => {
    expect(move(undefined, verdict(status))).toBeUndefined();
  });

  it.each([opened, acknowledged])('that is $state stays so while the breach goes on', (incident) => {
    expect(move(incident, verdict('breached'))).toBeUndefined();
  });

  it.each([opened, acknowledged])('that is $state is neither resolved nor changed by missing evidence', (incident) => {
    expect(move(incident, verdict('no-evidence', 'not-yet-due'))).toBeUndefined();
    const over = { ...verdict('no-evidence', 'no-inventory'), endsBreach: true };
    expect(move(incident, over)).toMatchObject({ event: 'resolved' });
  });

  it.each([opened, acknowledged])('that is $state takes a new cause without telling anybody again', (incident) => {
    expect(move(incident, verdict('breached', 'backup-too-small'))).toEqual({
      event: undefined,
      incident: { ...incident, cause: 'backup-too-small' },
    });
  });

  describe.each([opened, acknowledged])('that is $state', (incident) => {
    it.each(['compliant', 'not-applicable', 'waived'] as const)('is resolved by %s, and people are told', (status) => {
      expect(move(incident, verdict(status))).toEqual({
        event: 'resolved',
        incident: { ...incident, state: 'resolved', resolvedAtMs: nowMs },
      });
    });
  });
});
