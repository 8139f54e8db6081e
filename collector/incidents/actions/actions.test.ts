import { describe, expect, it } from 'vitest';
import { anIncident } from '../../../test/kit/an-incident.ts';
import type { VerdictStatus } from '../../../shared/states.ts';
import type { IncidentRow } from '../../store/incident-rows.ts';
import type { VerdictRow } from '../../store/rows.ts';
import { callsForWrittenNotice, isSerious } from '../serious.ts';
import type { ActionOutcome } from './action.ts';
import { incidentActions } from './registry.ts';

const nowMs = 1_000_000;

function verdict(status: VerdictStatus): VerdictRow {
  const of = { obligation: 'a-duty', subject: 'dinkes/simpus', pd: 'dinkes', grade: undefined, severity: undefined };
  return { ...of, status, reasonCode: 'backup-overdue', reasonArgs: {}, sinceMs: 5, evidence: [] };
}

interface Given {
  body?: Record<string, unknown>;
  status?: VerdictStatus;
  hasOther?: boolean;
}

function act(name: string, incident: IncidentRow, { body = {}, status = 'breached', hasOther = false }: Given = {}) {
  const action = incidentActions.find((each) => each.name === name);
  const view = { incident, verdict: verdict(status), hasOther, actor: 'Rina', nowMs };
  return action?.apply(view, body) as ActionOutcome;
}

const open = anIncident('INC-1');
const over = anIncident('INC-1', { state: 'resolved', resolvedAtMs: 9, closed: { by: 'Joko', text: 'selesai' } });

describe('what people do with an incident', () => {
  it('has a name of its own for each action', () => {
    expect(incidentActions.map(({ name }) => name)).toEqual([
      'acknowledge',
      'handle',
      'note',
      'cause',
      'owner',
      'resolve',
      'reopen',
    ]);
  });

  it('acknowledges what is open, also what came back, and not what is in hand', () => {
    const seen = { acknowledgedAtMs: nowMs, acknowledgedBy: 'Rina', state: 'acknowledged' };

    expect(act('acknowledge', open)).toEqual({ incident: { ...open, ...seen }, event: 'acknowledged', detail: {} });
    expect(act('acknowledge', { ...open, state: 'reopened' }).incident).toMatchObject(seen);
    const inHand = { ...open, state: 'handling' as const, handling: { atMs: 5, by: 'Joko' } };
    expect(() => act('acknowledge', inHand)).toThrow('The incident is in the hands of Joko already.');
  });

  it('takes it in hand, which is to have seen it, and over from somebody else', () => {
    const first = act('handle', open).incident;

    expect(first).toMatchObject({ state: 'handling', handling: { atMs: nowMs, by: 'Rina' }, acknowledgedBy: 'Rina' });
    const other = { ...first, handling: { atMs: 5, by: 'Joko' }, acknowledgedBy: 'Joko' };
    expect(act('handle', other).incident).toMatchObject({ handling: { by: 'Rina' }, acknowledgedBy: 'Joko' });
  });

  it('notes something, whatever the incident is', () => {
    const noted = { event: 'note', detail: { text: 'menunggu PLN' } };

    for (const incident of [open, over]) {
      expect(act('note', incident, { body: { text: 'menunggu PLN' } })).toEqual({ incident, ...noted });
    }
  });

  it('says what broke, and who did it, also afterwards', () => {
    const body = { cause: 'cable-cut', text: 'ekskavator PDAM', byOtherParty: true };
    const { incident, event, detail } = act('cause', { ...over, settledCause: 'wan' }, { body });

    expect(incident.statedCause).toEqual({
      code: 'cable-cut',
      text: 'ekskavator PDAM',
      byOtherParty: true,
      by: 'Rina',
      atMs: nowMs,
    });
    expect([event, detail]).toEqual(['cause', { ...body, causeBefore: 'wan' }]);
    expect(act('cause', open, { body: { cause: 'power' } }).detail).toEqual({
      cause: 'power',
      causeBefore: 'backup-overdue',
      byOtherParty: false,
    });
  });

  it('names who must act, as long as somebody must', () => {
    expect(act('owner', open, { body: { name: 'PT Penyedia' } })).toMatchObject({
      incident: { owner: 'PT Penyedia' },
      detail: { owner: 'PT Penyedia', ownerBefore: 'Dinas Kesehatan' },
    });
    expect(() => act('owner', over, { body: { name: 'PT Penyedia' } })).toThrow('The incident is over');
  });

  it('ends only what no measurement can end', () => {
    const body = { text: 'server dihapuskan' };

    expect(() => act('resolve', open, { body })).toThrow(
      'What was found (backup-overdue) still stands, so that nobody can end the incident: it ends by itself when the ' +
        'evidence says that all is well. Note what was done, or ask for a waiver.',
    );
    expect(act('resolve', open, { body, status: 'no-evidence' })).toMatchObject({
      incident: { state: 'resolved', resolvedAtMs: nowMs, closed: { by: 'Rina', text: 'server dihapuskan' } },
      event: 'resolved',
      told: 'resolved',
    });
    expect(() => act('resolve', over, { body, status: 'no-evidence' })).toThrow('The incident is over');
  });

  it('opens again what was ended too early, and not what is measured to be well', () => {
    const body = { text: 'masih mati' };
    const again = act(
      'reopen',
      { ...over, reopened: { count: 1, atMs: 3, sinceMs: 2 } },
      { body, status: 'no-evidence' },
    );

    expect(again).toMatchObject({
      incident: { state: 'reopened', resolvedAtMs: undefined, reopened: { count: 2, atMs: nowMs, sinceMs: nowMs } },
      event: 'reopened',
      told: 'reopened',
    });
    expect(again.incident).not.toHaveProperty('closed');
    expect(() => act('reopen', over, { body, status: 'compliant' })).toThrow(
      'The duty is "compliant" by what was found, so that the incident stays over; add a note instead.',
    );
    expect(() => act('reopen', over, { body, hasOther: true })).toThrow('Another incident of the same duty');
    expect(() => act('reopen', open, { body })).toThrow('The incident is open.');
  });
});

describe('a serious incident', () => {
  const config = { incidents: { reopenWithin: '1h', seriousAfter: '2h' }, regulations: ['sigi-perbup-27-2019'] };
  const warning = { ...open, severity: 'warning' as const };
  const lasted = (downSeconds: number) => ({ downSeconds, unknownSeconds: 0 });

  it('is critical or long', () => {
    expect(isSerious({ severity: 'critical' }, lasted(1), config)).toBe(true);
    expect(isSerious(warning, lasted(7199), config)).toBe(false);
    expect(isSerious(warning, lasted(7200), config)).toBe(true);
    expect(isSerious(warning, { downSeconds: 3600, unknownSeconds: 3600 }, config)).toBe(true);
  });

  it('must be told in writing only when somebody said that another party did it', () => {
    const stated = { code: 'attack' as const, by: 'Rina', atMs: 1 };
    const by = (byOtherParty: boolean, seconds: number) =>
      callsForWrittenNotice({ ...warning, statedCause: { ...stated, byOtherParty } }, lasted(seconds), config);

    expect([by(true, 10_800), by(false, 10_800), by(true, 1)]).toEqual([true, false, false]);
    expect(callsForWrittenNotice(warning, lasted(10_800), config)).toBe(false);
    const told = { ...warning, statedCause: { ...stated, byOtherParty: true } };
    const elsewhere = { ...config, regulations: ['lebong-perbup-22-2022'] };
    expect(callsForWrittenNotice(told, lasted(10_800), elsewhere)).toBe(false);
  });
});
