import { describe, expect, it } from 'vitest';
import { storeFile } from '../../../test/kit/store-file.ts';
import { sampleNotice } from '../../notify/notify-test-notice.ts';
import type { IncidentRow, VerdictRow } from '../rows.ts';
import type { JudgementChanges } from '../store.ts';

const nowMs = Date.parse('2026-11-22T03:00:00Z');

function incident(id: string, patch: Partial<IncidentRow> = {}): IncidentRow {
  return {
    id,
    pd: 'dinkes',
    obligation: 'lebong-19-1-pencadangan-berkala',
    subject: 'dinkes/simpus',
    kind: 'backup',
    cause: 'backup-overdue',
    owner: 'Dinas Kesehatan',
    severity: 'critical',
    state: 'open',
    sinceMs: nowMs,
    openedAtMs: nowMs,
    acknowledgedAtMs: undefined,
    acknowledgedBy: undefined,
    resolvedAtMs: undefined,
    sites: [],
    obligations: ['lebong-19-1-pencadangan-berkala'],
    settledCause: undefined,
    settleByMs: undefined,
    revision: 0,
    restatedAtMs: undefined,
    ...patch,
  };
}

const verdict: VerdictRow = {
  obligation: 'lebong-19-1-pencadangan-berkala',
  subject: 'dinkes/simpus',
  pd: 'dinkes',
  status: 'breached',
  grade: 'indication',
  severity: 'critical',
  reasonCode: 'backup-overdue',
  reasonArgs: { lastSuccessAtMs: 1, deadlineAtMs: 2 },
  sinceMs: 2,
  evidence: [{ agent: 'a'.repeat(16), session: 'session-0001', seq: 5 }],
};

const nothing: JudgementChanges = {
  verdicts: [],
  removedVerdicts: [],
  incidents: [],
  outbox: [],
  deadlines: [],
  atMs: nowMs,
};

function outboxRow(id: string, event: 'opened' | 'changed' | 'resolved', channel = 'surel') {
  return { incident: id, channel, notice: { ...sampleNotice(), event }, createdAtMs: nowMs };
}

describe('the store of judgements', () => {
  it('keeps verdicts, incidents, notices and deadlines over a restart', async () => {
    const file = storeFile();
    const deadlines = [{ kind: 'verdict' as const, subject: 'a|b', dueAtMs: nowMs + 5 }];
    const outbox = [outboxRow('INC-1', 'opened')];
    await file.store.saveJudgement({
      ...nothing,
      verdicts: [verdict],
      incidents: [incident('INC-1')],
      outbox,
      deadlines,
    });
    const store = await file.reopen();

    expect(await store.loadVerdicts()).toEqual([verdict]);
    expect(await store.loadIncidents({ open: true })).toEqual([incident('INC-1')]);
    expect(await store.nextDeadlineAtMs()).toBe(nowMs + 5);
    expect(await store.outboxSummary()).toEqual({ pendingCount: 1, givenUpCount: 0 });
  });

  it('writes nothing at all when one part cannot be written', async () => {
    const { store } = storeFile();
    await store.saveJudgement({ ...nothing, incidents: [incident('INC-1')] });
    const changes = {
      ...nothing,
      verdicts: [verdict],
      incidents: [incident('INC-2')],
      outbox: [outboxRow('INC-2', 'opened')],
      deadlines: [{ kind: 'verdict' as const, subject: 'a|b', dueAtMs: 5 }],
    };

    await expect(store.saveJudgement(changes)).rejects.toThrow('UNIQUE constraint failed');
    expect(await store.loadVerdicts()).toEqual([]);
    expect((await store.loadIncidents({})).map((row) => row.id)).toEqual(['INC-1']);
    expect(await store.outboxSummary()).toEqual({ pendingCount: 0, givenUpCount: 0 });
    expect(await store.nextDeadlineAtMs()).toBeUndefined();
  });

  it('keeps since when the fault of an open incident is so, when another fault takes its place', async () => {
    const { store } = storeFile();
    await store.saveJudgement({ ...nothing, incidents: [incident('INC-1')] });
    const changed = incident('INC-1', { cause: 'damaged-in-vault', sinceMs: nowMs + 5 });
    await store.saveJudgement({ ...nothing, incidents: [changed] });

    expect(await store.loadIncidents({ open: true })).toEqual([changed]);
  });

  it('has at most one open incident for a duty and its subject, and as many resolved ones as there were', async () => {
    const { store } = storeFile();
    const resolved = (id: string) => incident(id, { state: 'resolved', resolvedAtMs: nowMs + 1 });
    await store.saveJudgement({ ...nothing, incidents: [resolved('INC-1'), resolved('INC-2'), incident('INC-3')] });
    const acknowledged = incident('INC-3', {
      state: 'acknowledged',
      acknowledgedAtMs: nowMs,
      acknowledgedBy: 'operator',
    });
    await store.saveJudgement({ ...nothing, incidents: [acknowledged] });

    await expect(store.saveJudgement({ ...nothing, incidents: [incident('INC-4')] })).rejects.toThrow('UNIQUE');
    await store.saveJudgement({ ...nothing, incidents: [incident('INC-5', { subject: 'dinkes/lain' })] });
    expect((await store.loadIncidents({ open: true })).map((row) => row.id)).toEqual(['INC-3', 'INC-5']);
    expect(await store.loadIncidents({})).toHaveLength(4);
  });

  it('takes a verdict away that has no subject any more', async () => {
    const { store } = storeFile();
    await store.saveJudgement({ ...nothing, verdicts: [verdict] });
    await store.saveJudgement({ ...nothing, removedVerdicts: [verdict] });

    expect(await store.loadVerdicts()).toEqual([]);
  });

  it('gives each due deadline once, oldest first, and leaves the later ones', async () => {
    const { store } = storeFile();
    const at = (subject: string, dueAtMs: number) => ({ kind: 'freshness' as const, subject, dueAtMs });
    await store.saveDeadlines([at('c', 30), at('a', 10), at('b', 20), at('d', 40)]);
    await store.saveDeadlines([at('a', 25)]);

    expect((await store.takeDueDeadlines(30, 2)).map((row) => row.subject)).toEqual(['b', 'a']);
    expect((await store.takeDueDeadlines(30, 2)).map((row) => row.subject)).toEqual(['c']);
    expect(await store.takeDueDeadlines(30, 2)).toEqual([]);
    expect(await store.nextDeadlineAtMs()).toBe(40);
  });
});

describe('the outbox', () => {
  it('never gives "resolved" before "opened" of the same incident and channel is through', async () => {
    const { store } = storeFile();
    const rows = [outboxRow('INC-1', 'opened'), outboxRow('INC-1', 'opened', 'kait'), outboxRow('INC-1', 'resolved')];
    await store.saveJudgement({ ...nothing, outbox: rows });
    const due = () => store.outbox.dueEntries(nowMs, 10).map((entry) => `${entry.channel} ${entry.notice.event}`);
    const [first] = store.outbox.dueEntries(nowMs, 10);

    expect(due()).toEqual(['surel opened', 'kait opened']);
    store.outbox.markFailed(first?.id ?? 0, 'no answer', nowMs + 60_000, nowMs);
    expect(due()).toEqual(['kait opened']);
    store.outbox.markDelivered(first?.id ?? 0, nowMs);
    expect(due()).toEqual(['kait opened', 'surel resolved']);
  });

  it('lets "resolved" through when "opened" was given up', async () => {
    const { store } = storeFile();
    await store.saveJudgement({ ...nothing, outbox: [outboxRow('INC-1', 'opened'), outboxRow('INC-1', 'resolved')] });
    store.outbox.markFailed(store.outbox.dueEntries(nowMs, 1)[0]?.id ?? 0, 'gone', undefined, nowMs);

    expect(store.outbox.dueEntries(nowMs, 10).map((entry) => entry.notice.event)).toEqual(['resolved']);
    expect(await store.outboxSummary()).toEqual({ pendingCount: 1, givenUpCount: 1 });
  });

  it('holds each notice once', async () => {
    const { store } = storeFile();
    await store.saveJudgement({ ...nothing, outbox: [outboxRow('INC-1', 'opened')] });
    await store.saveJudgement({ ...nothing, outbox: [outboxRow('INC-1', 'opened')] });

    expect(store.outbox.dueEntries(nowMs, 10)).toHaveLength(1);
  });

  it('holds each change of an incident, of which there can be many', async () => {
    const { store } = storeFile();
    const first = outboxRow('INC-1', 'changed');
    for (const row of [first, first, { ...first, createdAtMs: nowMs + 1 }]) {
      await store.saveJudgement({ ...nothing, outbox: [row] });
    }
    for (const { id } of store.outbox.dueEntries(nowMs + 1, 10)) store.outbox.markDelivered(id, nowMs + 1);

    expect(store.outbox.dueEntries(nowMs + 1, 10)).toHaveLength(1);
  });

  it('still has after a restart what was not delivered, with the number of attempts', async () => {
    const file = storeFile();
    await file.store.saveJudgement({ ...nothing, outbox: [outboxRow('INC-1', 'opened')] });
    file.store.outbox.markFailed(1, 'no answer', nowMs + 1000, nowMs);
    const store = await file.reopen();

    expect(store.outbox.nextAttemptAtMs()).toBe(nowMs + 1000);
    expect(store.outbox.dueEntries(nowMs, 10)).toEqual([]);
    expect(store.outbox.dueEntries(nowMs + 1000, 10)).toMatchObject([{ id: 1, attemptCount: 1, createdAtMs: nowMs }]);
  });

  it('gives a notice whose time lies further ahead than any wait: the clock was ahead when it was written', async () => {
    const { store } = storeFile();
    await store.saveJudgement({ ...nothing, outbox: [outboxRow('INC-1', 'opened')] });
    const hourMs = 3_600_000;

    expect(store.outbox.dueEntries(nowMs - 7 * hourMs, 10)).toHaveLength(1);
    // A wait that a receiver asked for is no such thing.
    expect(store.outbox.dueEntries(nowMs - hourMs, 10)).toEqual([]);
  });
});
