import type { MaintenancePlace } from '../config/maintenance.ts';
import { wanDownReason, wanUnstableReason } from '../obligations/area-case.ts';
import { wholePemda } from '../obligations/areas.ts';
import { returnPatienceMs } from '../obligations/case-view.ts';
import type { Case } from '../obligations/subjects.ts';
import type { VerdictRow } from '../store/rows.ts';

/** Why a breach opens no incident at present. It is judged and shown all the same. */
export type Hold =
  | { kind: 'maintenance'; reason: string; untilMs: number }
  /** What lies above has failed, and whoever must act was told of that. */
  | { kind: 'parent'; obligation: string; subject: string }
  /** A duty of another regulation tells of the same fault. */
  | { kind: 'sibling'; obligation: string; subject: string }
  /** It stands only until evidence arrives that is on its way. */
  | { kind: 'evidence' }
  /** It is new: a common cause would show within this time. */
  | { kind: 'gathering'; untilMs: number };

/** Since when a breach waits for company, and how long. */
export interface Waiting {
  sinceMs: number;
  durationMs: number;
  isUnderParent: boolean;
}

export interface Candidate {
  judged: Case;
  verdict: Pick<VerdictRow, 'reasonCode' | 'sites'>;
  isAwaited: boolean;
  /** From the last time that it was looked at; undefined when the breach is new. */
  waiting: Waiting | undefined;
}

/** The case that tells of a fault. */
export interface Teller {
  obligation: string;
  subject: string;
}

export interface Outage extends Teller {
  sites: ReadonlySet<string>;
}

/** What decides whether a breach is told now. */
export interface HoldView {
  nowMs: number;
  intervalSeconds: number;
  maintenanceAt(place: MaintenancePlace): { reason: string; untilMs: number } | undefined;
  /** Where the machines of a dataset stand, `<pd>/<site>`. */
  sitesOf(judged: Case): readonly string[];
  /** Sites that cannot be reached, and who tells of it. */
  downSites: Pick<ReadonlyMap<string, Teller>, 'get'>;
  /** Common outages of areas and of the Pemda as a whole. */
  outages: readonly Outage[];
  /** The duty of another regulation that is to tell of the same fault. */
  siblingTelling(judged: Case): Teller | undefined;
}

/** So many intervals a breach of the network waits for others like it: all are judged within one. */
export const gatheringIntervals = 1.5;

/**
 * Whether a breach without an incident may open one now. Only creation is ever held back: whoever has an open incident
 * is not asked here, and its resolution neither.
 */
export function heldBackBy(candidate: Candidate, view: HoldView): { hold: Hold | undefined; waiting: Waiting } {
  const parent = parentOf(candidate, view);
  const waiting = nextWaiting(candidate, parent !== undefined, view);
  const waitsUntilMs = waiting.sinceMs + waiting.durationMs;
  const sibling = view.siblingTelling(candidate.judged);
  const hold =
    maintenanceOf(candidate.judged, view) ??
    (parent && { kind: 'parent' as const, ...parent }) ??
    (sibling && { kind: 'sibling' as const, ...sibling }) ??
    (candidate.isAwaited ? { kind: 'evidence' as const } : undefined) ??
    (view.nowMs < waitsUntilMs ? { kind: 'gathering' as const, untilMs: waitsUntilMs } : undefined);
  return { hold, waiting };
}

function nextWaiting({ judged, waiting }: Candidate, isUnderParent: boolean, view: HoldView): Waiting {
  const { nowMs, intervalSeconds } = view;
  const gatheringMs = gatheringIntervals * intervalSeconds * 1000;
  const isNetwork = judged.rule.subject === 'site' || judged.rule.subject === 'area';
  const before = waiting ?? { sinceMs: nowMs, durationMs: isNetwork ? gatheringMs : 0, isUnderParent: false };
  if (isUnderParent || !before.isUnderParent) return { ...before, isUnderParent };
  // What lay above is mended just now; whatever is well again needs a moment to show it.
  const durationMs = isWan(judged) ? gatheringMs : returnPatienceMs(intervalSeconds);
  return { sinceMs: nowMs, durationMs, isUnderParent: false };
}

const wanRule = 'wan-reachable';

export function isWan({ rule }: Case): boolean {
  return rule.name === wanRule || (rule.subject === 'area' && rule.of === wanRule);
}

function parentOf({ judged, verdict }: Candidate, view: HoldView): Teller | undefined {
  switch (judged.rule.subject) {
    case 'area':
      if (judged.subject === wholePemda) return undefined;
      return tellerOf(
        view.outages.find(({ subject, sites }) => subject === wholePemda && hasAny(sites, verdict.sites)),
      );
    case 'site':
      if (!isWan(judged)) return view.downSites.get(judged.subject);
      // A line that comes and goes with the outage is part of it; one that is only slow is another matter.
      if (verdict.reasonCode !== wanDownReason && verdict.reasonCode !== wanUnstableReason) return undefined;
      return tellerOf(view.outages.find(({ sites }) => sites.has(judged.subject)));
    case 'dataset': {
      const tellers = view.sitesOf(judged).map((site) => view.downSites.get(site));
      return tellers.includes(undefined) ? undefined : tellers[0];
    }
    default:
      return undefined;
  }
}

function tellerOf(outage: Outage | undefined): Teller | undefined {
  return outage && { obligation: outage.obligation, subject: outage.subject };
}

function hasAny(all: ReadonlySet<string>, some: readonly string[] = []): boolean {
  return some.some((each) => all.has(each));
}

/** An area is no place of its own: its sites are, and those under maintenance do not count there. */
function maintenanceOf(judged: Case, view: HoldView): Hold | undefined {
  const { rule, pd, part } = judged;
  if (rule.subject === 'area') return undefined;
  const sites = rule.subject === 'dataset' ? view.sitesOf(judged) : [];
  const places = sites.map((site) => ({ pd, site: site.slice(pd.length + 1) }));
  const own = rule.subject === 'site' ? { pd, site: part } : { pd };
  const windows = (places.length === 0 ? [own] : places).map((place) => view.maintenanceAt(place));
  const [first] = windows;
  if (first === undefined || windows.includes(undefined)) return undefined;
  // It is asked again when the first of them ends.
  const untilMs = Math.min(...windows.map((window) => window?.untilMs ?? Infinity));
  return { kind: 'maintenance', reason: first.reason, untilMs };
}
