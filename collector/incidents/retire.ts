import type { PantauConfig } from '../config/schema.ts';
import type { Notice } from '../notify/notice.ts';
import { type IncidentRow, type NewIncidentEvent, pantauActor } from '../store/incident-rows.ts';
import type { JudgementChanges, Store } from '../store/store.ts';
import { noticeKey, returnOf } from './build-notice.ts';
import type { TurnState } from './judge-turn.ts';

const reasons = {
  id: 'Objek ini tidak lagi dipantau karena dihapus dari pengaturan.',
  en: 'This is no longer watched: it was removed from the configuration.',
} as const;

/**
 * Ends what the configuration no longer asks for: verdicts go, open incidents are resolved, and whoever was told of one
 * is told that it ended. An alert that nobody ever takes back would stay open in somebody's pager.
 * @param isAsked whether a case named `<obligation>|<subject>` still exists.
 * @returns how many notices went into the outbox.
 */
export async function retire(
  state: TurnState,
  isAsked: (name: string) => boolean,
  deps: { store: Store; config: PantauConfig; nowMs: number },
): Promise<number> {
  const { store, config, nowMs } = deps;
  const verdicts = [...state.verdicts].filter(([name]) => !isAsked(name));
  const incidents = [...state.incidents].filter(([name]) => !isAsked(name));
  // Whatever waits is asked again; the configuration decides anew what holds it back.
  state.holds.clear();
  for (const name of state.waiting.keys()) if (!isAsked(name)) state.waiting.delete(name);
  if (verdicts.length + incidents.length === 0) return 0;
  const changes: JudgementChanges = {
    verdicts: [],
    removedVerdicts: verdicts.map(([, { obligation, subject }]) => ({ obligation, subject })),
    incidents: incidents.map(([, incident]): IncidentRow => ({ ...incident, state: 'resolved', resolvedAtMs: nowMs })),
    events: incidents.map(([, { id }]) => removedLine(id, nowMs)),
    outbox: [],
    deadlines: [],
    atMs: nowMs,
  };
  for (const [, incident] of incidents) {
    for (const { channel, notice } of await store.openedNotices(incident.id)) {
      const ended = resolvedNotice(notice, incident, { config, nowMs });
      changes.outbox.push({ incident: incident.id, channel, notice: ended, createdAtMs: nowMs });
    }
  }
  await store.saveJudgement(changes);
  for (const [name] of verdicts) state.verdicts.delete(name);
  for (const [name] of incidents) state.incidents.delete(name);
  return changes.outbox.length;
}

function removedLine(incident: string, atMs: number): NewIncidentEvent {
  return { incident, atMs, event: 'resolved', actor: pantauActor, detail: { status: 'removed' } };
}

function resolvedNotice(
  { obligation, ...opened }: Notice,
  incident: IncidentRow,
  { config: { language }, nowMs }: { config: PantauConfig; nowMs: number },
): Notice {
  const { id, title } = obligation;
  return {
    ...opened,
    event: 'resolved',
    idempotencyKey: noticeKey('resolved', incident, nowMs),
    incident: { ...opened.incident, ...returnOf(incident), resolvedAtMs: nowMs },
    obligation: { id, title, status: 'not-applicable' },
    reason: reasons[language],
    details: [],
  };
}
