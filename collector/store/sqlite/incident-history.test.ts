import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { anIncident } from '../../../test/kit/an-incident.ts';
import { storeFile } from '../../../test/kit/store-file.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { sampleNotice } from '../../notify/notify-test-notice.ts';
import type { NewIncidentEvent } from '../incident-rows.ts';
import type { JudgementChanges } from '../store.ts';
import { openIncidentHistory } from './incident-history.ts';
import { migrations } from './migrations.ts';
import { openSqliteStore } from './sqlite-store.ts';

const nothing: JudgementChanges = {
  verdicts: [],
  removedVerdicts: [],
  incidents: [],
  outbox: [],
  deadlines: [],
  atMs: 0,
};

function line(incident: string, patch: Partial<NewIncidentEvent> = {}): NewIncidentEvent {
  return { incident, atMs: 10, event: 'opened', actor: 'pantau', detail: { cause: 'wan-down' }, ...patch };
}

describe('the history of incidents', () => {
  it('keeps what happened to each, in order, with the incident or not at all', async () => {
    const { store, path } = storeFile();
    await store.saveJudgement({ ...nothing, incidents: [anIncident('INC-1')], events: [line('INC-1')] });
    const note = line('INC-1', { atMs: 15, event: 'note', actor: 'Rina', detail: { text: 'menunggu PLN' } });
    const audit = { atMs: 5, actor: 'Rina', action: 'note', subject: 'INC-1', detail: '' };
    await store.saveIncident(anIncident('INC-1'), audit, [note]);
    const twice = { ...nothing, incidents: [anIncident('INC-2')], events: [line('INC-2')] };
    await expect(store.saveJudgement(twice)).rejects.toThrow('UNIQUE');

    expect(await store.incidentHistory.events('INC-1')).toEqual([line('INC-1'), note]);
    expect(await store.incidentHistory.events('INC-2')).toEqual([]);
    const reader = openIncidentHistory(path);
    expect(await reader.events('INC-1')).toHaveLength(2);
    expect(await reader.incident('INC-1')).toEqual(anIncident('INC-1'));
    reader.close();
  });

  it('tells between them whom the outbox told, and whom it could not', async () => {
    const { store } = storeFile();
    const notice = { ...sampleNotice(), incident: { ...sampleNotice().incident, id: 'INC-1' } };
    const outbox = ['surel', 'kait'].map((channel) => ({ incident: 'INC-1', channel, notice, createdAtMs: 10 }));
    await store.saveJudgement({ ...nothing, incidents: [anIncident('INC-1')], events: [line('INC-1')], outbox });
    store.outbox.markDelivered(1, 12);
    store.outbox.markFailed(2, 'no answer', undefined, 14);
    const note = line('INC-1', { atMs: 13, event: 'note', actor: 'Rina', detail: { text: 'menunggu PLN' } });
    const audit = { atMs: 13, actor: 'Rina', action: 'note', subject: 'INC-1', detail: '' };
    await store.saveIncident(anIncident('INC-1'), audit, [note]);
    const told = (atMs: number, channel: string, outcome: string) =>
      line('INC-1', { atMs, event: 'notified', detail: { notice: 'opened', channel, outcome } });

    expect(await store.incidentHistory.events('INC-1')).toEqual([
      line('INC-1'),
      told(12, 'surel', 'delivered'),
      note,
      told(14, 'kait', 'given-up'),
    ]);
  });

  it('keeps what people found and did over a restart', async () => {
    const file = storeFile();
    const told = anIncident('INC-1', {
      state: 'handling',
      handling: { atMs: 5, by: 'Rina' },
      statedCause: { code: 'cable-cut', text: 'ekskavator', byOtherParty: true, by: 'Rina', atMs: 6 },
      reopened: { count: 2, atMs: 7, sinceMs: 6 },
    });
    await file.store.saveJudgement({ ...nothing, incidents: [told] });
    const store = await file.reopen();

    expect(await store.incidentHistory.incident('INC-1')).toEqual(told);
    expect(await store.loadIncidents({ open: true })).toEqual([told]);
  });

  it('finds those that went on at some moment of a period', async () => {
    const { store } = storeFile();
    const over = (id: string, openedAtMs: number, resolvedAtMs: number | undefined, subject = id) =>
      anIncident(id, { openedAtMs, resolvedAtMs, subject, state: resolvedAtMs === undefined ? 'open' : 'resolved' });
    const incidents = [over('a', 1, 99), over('b', 50, 100), over('c', 150, undefined), over('d', 200, undefined)];
    await store.saveJudgement({ ...nothing, incidents: [...incidents, { ...over('e', 120, 130), pd: 'dishub' }] });
    const ids = async (pd?: string) =>
      (await store.incidentHistory.during({ pd, fromMs: 100, untilMs: 200 })).map(({ id }) => id);

    expect(await ids()).toEqual(['b', 'e', 'c']);
    expect(await ids('dishub')).toEqual(['e']);
    expect((await store.incidentsEndedSince(100)).map(({ id }) => id)).toEqual(['b', 'e']);
  });

  it('settles only what is over and awaited: what came back meanwhile stays open', async () => {
    const { store } = storeFile();
    const awaited = anIncident('INC-1', { state: 'resolved', resolvedAtMs: 20, settleByMs: 30 });
    await store.saveJudgement({ ...nothing, incidents: [awaited] });
    const settled = { ...awaited, settledCause: 'power' as const, settleByMs: undefined };
    const audit = { atMs: 25, actor: 'pantau', action: 'restate', subject: 'INC-1', detail: '' };
    const settle = () => store.settleIncident(settled, audit, [line('INC-1', { event: 'restated' })]);

    const back = { ...awaited, state: 'reopened' as const, resolvedAtMs: undefined, settleByMs: undefined };
    await store.saveJudgement({ ...nothing, incidents: [back] });
    expect(await settle()).toBe(false);
    expect(await store.incident('INC-1')).toEqual(back);
    expect(await store.incidentHistory.events('INC-1')).toEqual([]);

    await store.saveJudgement({ ...nothing, incidents: [awaited] });
    expect(await settle()).toBe(true);
    expect(await store.incident('INC-1')).toEqual(settled);
    expect(await settle()).toBe(false);
  });
});

it('tells of the incidents in an older database what is known of them', async () => {
  const path = `${temporaryFolder()}/pantau.db`;
  const old = new Database(path);
  const before = migrations.findIndex((sql) => sql.includes('CREATE TABLE incident_events'));
  for (const sql of migrations.slice(0, before)) old.exec(sql);
  old.pragma(`user_version = ${before}`);
  old.exec(`INSERT INTO incidents (id, pd, obligation, subject, kind, cause, owner, severity, state, since, opened_at,
    acknowledged_at, acknowledged_by, resolved_at, settled_cause, restated_at, obligations)
    VALUES ('INC-1', 'dinkes', 'a-duty', 'dinkes', 'link', 'wan-down', 'Diskominfo', 'critical', 'resolved', 5, 6, 7,
    'operator', 8, 'power', 9, '["a-duty"]')`);
  old.close();
  const store = openSqliteStore(path);
  try {
    const events = await store.incidentHistory.events('INC-1');
    expect(events.map(({ atMs, event, actor }) => `${atMs} ${event} ${actor}`)).toEqual([
      '6 opened pantau',
      '7 acknowledged operator',
      '8 resolved pantau',
      '9 restated pantau',
    ]);
    expect(events[3]?.detail).toEqual({ cause: 'power', causeBefore: 'wan-down' });
    expect(await store.incident('INC-1')).toMatchObject({ state: 'resolved', settledCause: 'power' });
  } finally {
    await store.close();
  }
});
