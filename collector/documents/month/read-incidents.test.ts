import { describe, expect, it } from 'vitest';
import type { IncidentEvent, IncidentEventRow, IncidentRow } from '../../store/incident-rows.ts';
import type { VerdictChange } from '../../store/verdict-history-port.ts';
import type { VerdictStatus } from '../../../shared/states.ts';
import { readIncidents } from './read-incidents.ts';

const hourMs = 3_600_000;
/** A month of a hundred hours. */
const month = { fromMs: 1000 * hourMs, untilMs: 1100 * hourMs };

function incident(patch: Partial<IncidentRow> = {}): IncidentRow {
  return {
    id: 'INC-1',
    pd: 'dinkes',
    obligation: 'a-duty',
    subject: 'dinkes/kantor',
    kind: 'network',
    cause: 'a-reason',
    owner: 'Dinas Kesehatan',
    severity: 'warning',
    state: 'open',
    sinceMs: 1010 * hourMs,
    openedAtMs: 1011 * hourMs,
    acknowledgedAtMs: undefined,
    acknowledgedBy: undefined,
    resolvedAtMs: undefined,
    sites: [],
    obligations: ['a-duty'],
    settledCause: undefined,
    settleByMs: undefined,
    revision: 0,
    restatedAtMs: undefined,
    ...patch,
  };
}

const event = (hour: number, name: IncidentEvent, detail: IncidentEventRow['detail'] = {}): IncidentEventRow => ({
  incident: 'INC-1',
  atMs: hour * hourMs,
  event: name,
  actor: 'pantau',
  detail,
});

function change(hour: number, status: VerdictStatus, sinceHour = hour): VerdictChange {
  const said = { obligation: 'a-duty', subject: 'dinkes/kantor', pd: 'dinkes', grade: undefined, severity: undefined };
  const reason = { reasonCode: 'a-reason', reasonArgs: {}, evidence: [] };
  return {
    key: hour,
    atMs: hour * hourMs,
    verdict: { ...said, ...reason, status, sinceMs: sinceHour * hourMs },
    removed: false,
  };
}

async function told(row: IncidentRow, events: IncidentEventRow[], changes: VerdictChange[] = []) {
  const found = await readIncidents(
    {
      incidentsDuring: () => [row],
      incidentEvents: async () => events,
      verdictHistory: {
        at: async (atMs) => changes.filter((each) => each.atMs <= atMs).slice(-1),
        changes: async ({ fromMs, untilMs }) => changes.filter(({ atMs }) => atMs >= fromMs && atMs < untilMs),
      },
    },
    month,
  );
  return found.get('dinkes')?.[0];
}

describe('an incident in the month that is told', () => {
  it('was over at its end, although the same fault came back later', async () => {
    const events = [
      event(1011, 'opened', { sinceMs: 1010 * hourMs }),
      event(1020, 'resolved'),
      event(1150, 'reopened'),
    ];
    const found = await told(incident({ state: 'reopened' }), events);

    expect(found).toMatchObject({ sinceMs: 1010 * hourMs, resolvedAtMs: 1020 * hourMs, reopenedCount: 0 });
    expect(found?.monthSeconds).toBe(10 * 3600);
  });

  it('ended by a waiver or by the configuration, which is no recovery', async () => {
    const waived = event(1020, 'resolved', { status: 'waived', reasonCode: 'a-reason', waiverNumber: '800/12' });
    const ends = [
      waived,
      event(1020, 'resolved', { status: 'removed' }),
      event(1020, 'resolved', { status: 'compliant' }),
    ];
    const found = await Promise.all(
      ends.map((end) => told(incident({ state: 'resolved' }), [event(1011, 'opened'), end])),
    );

    expect(found.map((figures) => figures?.otherEnding)).toEqual([
      { status: 'waived', waiverNumber: '800/12' },
      { status: 'removed' },
      undefined,
    ]);
    expect(found[0]?.resolvedAtMs).toBe(1020 * hourMs);
  });

  it('is none where it was over before and came back after', async () => {
    const events = [event(901, 'opened'), event(950, 'resolved'), event(1150, 'reopened')];
    expect(await told(incident({ sinceMs: 900 * hourMs, openedAtMs: 901 * hourMs }), events)).toBeUndefined();
  });

  it('does not count the time in which it was over', async () => {
    const back = event(1061, 'reopened', { sinceMs: 1060 * hourMs });
    const found = await told(incident({ state: 'reopened' }), [event(1011, 'opened'), event(1020, 'resolved'), back]);

    expect(found).toMatchObject({ durationSeconds: 50 * 3600, monthSeconds: 50 * 3600, reopenedCount: 1 });
    expect(found).not.toHaveProperty('resolvedAtMs');
  });

  it('tells apart what was down and what was not known', async () => {
    const changes = [change(1011, 'breached', 1010), change(1030, 'no-evidence'), change(1050, 'breached')];
    const found = await told(incident(), [event(1011, 'opened')], changes);

    expect(found).toMatchObject({
      monthSeconds: 90 * 3600,
      downSeconds: 70 * 3600,
      unknownSeconds: 20 * 3600,
    });
  });

  it('is not as it became later: owner, urgency, and who had acknowledged it', async () => {
    const events = [
      event(1011, 'opened', { owner: 'Diskominfo', severity: 'info' }),
      event(1012, 'acknowledged'),
      event(1120, 'owner', { owner: 'Dinas Kesehatan' }),
      event(1121, 'escalated', { severity: 'critical' }),
    ];
    const found = await told(incident({ severity: 'critical' }), events);

    expect(found).toMatchObject({ owner: 'Diskominfo', severity: 'info', acknowledgedAtMs: 1012 * hourMs });
  });
});
