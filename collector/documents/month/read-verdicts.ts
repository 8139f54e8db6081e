import { breathe } from '../../obligations/backup-history/breathe.ts';
import type { VerdictRow } from '../../store/rows.ts';
import type { VerdictHistoryPort } from '../../store/verdict-history-port.ts';
import { defined } from './defined.ts';
import type { VerdictFigures } from './figures.ts';

/** What is judged of the Pemda as a whole or of an area belongs to no department. */
const commonSubjects = /^(pemda$|wilayah\/)/;

/** The department under which a subject is told; empty for what is common. */
export function placeOf({ pd, subject }: { pd: string; subject: string }): string {
  return commonSubjects.test(subject) ? '' : pd;
}

interface Track {
  /** When the month began. */
  before: VerdictRow | undefined;
  now: VerdictRow | undefined;
  nowSinceMs: number;
  breachedMs: number;
  breachCount: number;
}

const changesPerPage = 5000;

/** The verdicts as they were at the end of a month, and how long each was a breach within it, by department. */
export async function readVerdicts(
  history: Pick<VerdictHistoryPort, 'at' | 'changes'>,
  { fromMs, untilMs }: { fromMs: number; untilMs: number },
): Promise<Map<string, VerdictFigures[]>> {
  const tracks = new Map<string, Track>();
  for (const { verdict } of await history.at(fromMs - 1)) {
    const track = { before: verdict, now: verdict, nowSinceMs: fromMs, breachedMs: 0, breachCount: 0 };
    tracks.set(`${verdict.obligation}|${verdict.subject}`, track);
  }
  for (let afterKey = 0; ;) {
    const page = await history.changes({ fromMs, untilMs, afterKey, limit: changesPerPage });
    for (const { atMs, verdict, removed } of page) {
      const name = `${verdict.obligation}|${verdict.subject}`;
      const track = tracks.get(name) ?? newTrack(fromMs);
      move(track, removed ? undefined : verdict, atMs);
      tracks.set(name, track);
    }
    const last = page.at(-1);
    if (last === undefined || page.length < changesPerPage) break;
    afterKey = last.key;
    await breathe();
  }
  return figuresOf(tracks, untilMs);
}

function newTrack(fromMs: number): Track {
  return { before: undefined, now: undefined, nowSinceMs: fromMs, breachedMs: 0, breachCount: 0 };
}

function move(track: Track, verdict: VerdictRow | undefined, atMs: number): void {
  const wasBreached = track.now?.status === 'breached';
  if (wasBreached) track.breachedMs += atMs - track.nowSinceMs;
  else if (verdict?.status === 'breached') track.breachCount += 1;
  track.now = verdict;
  track.nowSinceMs = atMs;
}

function figuresOf(tracks: ReadonlyMap<string, Track>, untilMs: number): Map<string, VerdictFigures[]> {
  const found = new Map<string, VerdictFigures[]>();
  for (const [, track] of [...tracks].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const { now } = track;
    if (now === undefined) continue;
    move(track, now, untilMs);
    const list = found.get(placeOf(now)) ?? [];
    list.push(verdictFigures(now, track));
    found.set(placeOf(now), list);
  }
  return found;
}

function verdictFigures(verdict: VerdictRow, { before, breachedMs, breachCount }: Track): VerdictFigures {
  const { obligation, subject, status, grade, reasonCode, reasonArgs, sinceMs, evidence } = verdict;
  return {
    obligation,
    subject,
    status,
    ...defined({ grade }),
    reasonCode,
    reasonArgs,
    sinceMs,
    evidence,
    breachedSeconds: breachedMs / 1000,
    breachCount,
    ...defined({ before: before?.status }),
  };
}
