import { maintenanceAt } from '../config/maintenance.ts';
import { wanDownReason } from '../obligations/area-case.ts';
import type { Case } from '../obligations/subjects.ts';
import type { IncidentRow, VerdictRow } from '../store/rows.ts';
import { type CaseBook, caseName } from './case-book.ts';
import type { HoldView, Outage, Teller } from './held-back.ts';
import type { TurnDeps, TurnState } from './judge-turn.ts';

interface Known {
  /** The newest verdict, of this turn where it was judged in it. */
  verdict(name: string): VerdictRow | undefined;
  incident(name: string): IncidentRow | undefined;
}

/** What decides whether a breach is told now, from every verdict and every open incident. */
export function holdView(deps: Pick<TurnDeps, 'config' | 'fleet' | 'book'>, known: Known, nowMs: number): HoldView {
  const { config, book } = deps;
  const outages = outagesOf(book, known);
  return {
    nowMs,
    intervalSeconds: config.agents.intervalSeconds,
    maintenanceAt: (place) => maintenanceAt(config, place, nowMs),
    sitesOf: (judged) => sitesOfDataset(deps, judged),
    downSites: { get: (site) => downSite(site, book, known, outages) },
    outages,
    siblingTelling: (judged) => siblingTelling(judged, book, known),
  };
}

function sitesOfDataset({ config, fleet }: Pick<TurnDeps, 'config' | 'fleet'>, { pd, part }: Case): string[] {
  const department = config.perangkatDaerah.find(({ id }) => id === pd);
  const dataset = department?.datasets.find(({ id }) => id === part);
  if (dataset === undefined) return [];
  const agents = fleet
    .agentsOf(pd)
    .filter(({ row, present }) => present !== undefined && (dataset.node ?? row.node) === row.node);
  return [...new Set(agents.map(({ row }) => `${row.pd}/${row.site}`))];
}

export function knownOf(state: TurnState, drafts: ReadonlyMap<string, { verdict: VerdictRow }>): Known {
  return {
    verdict: (name) => drafts.get(name)?.verdict ?? state.verdicts.get(name),
    incident: (name) => state.incidents.get(name),
  };
}

/** What was found goes on while nothing can be seen: unknown is not healthy. */
function outagesOf(book: CaseBook, known: Known): Outage[] {
  return book.areas().flatMap((judged) => {
    const verdict = known.verdict(caseName(judged));
    const incident = known.incident(caseName(judged));
    const isUnseen = verdict?.status === 'no-evidence' && incident !== undefined;
    const sites = verdict?.status === 'breached' ? verdict.sites : isUnseen ? incident.sites : undefined;
    return sites === undefined ? [] : [{ ...tellerOf(judged), sites: new Set(sites) }];
  });
}

/** Asked of one site at a time: a Pemda has many, and a turn may be about one. */
function downSite(subject: string, book: CaseBook, known: Known, outages: readonly Outage[]): Teller | undefined {
  for (const judged of book.wansOf(subject)) {
    const verdict = known.verdict(caseName(judged));
    if (verdict?.status === 'breached' && verdict.reasonCode === wanDownReason) return tellerOf(judged);
    if (verdict?.status !== 'no-evidence') continue;
    if (known.incident(caseName(judged))?.cause === wanDownReason) return tellerOf(judged);
    const outage = outages.find(({ sites }) => sites.has(subject));
    if (outage !== undefined) return tellerOf(outage);
  }
  return undefined;
}

/** Of duties with the same rule and subject one tells: the one that does already, else the first that is breached. */
function siblingTelling(judged: Case, book: CaseBook, known: Known): Teller | undefined {
  const all = book.siblings(judged);
  const [other] = tellingElsewhere(judged, book, known);
  if (all.length < 2) return other && tellerOf(other);
  const telling =
    all.find((each) => each !== judged && known.incident(caseName(each)) !== undefined) ??
    all.find((each) => known.verdict(caseName(each))?.status === 'breached');
  const elsewhere = telling === undefined || telling === judged ? other : telling;
  return elsewhere && tellerOf(elsewhere);
}

/** Duties of the same subject whose rules tell of the very fault that this one is about (`toldBy`). */
function tellingElsewhere(judged: Case, book: CaseBook, known: Known): Case[] {
  const { toldBy } = judged.rule;
  if (toldBy === undefined) return [];
  return book.sameSubject(judged).filter((other) => isTelling(other, toldBy, known));
}

function isTelling(other: Case, toldBy: NonNullable<Case['rule']['toldBy']>, known: Known): boolean {
  const verdict = known.verdict(caseName(other));
  // What was told stays told while there is no evidence about it, as the incident does.
  const cause = verdict?.status === 'no-evidence' ? known.incident(caseName(other))?.cause : verdict?.reasonCode;
  const isOpen = verdict?.status === 'breached' || verdict?.status === 'no-evidence';
  return isOpen && cause !== undefined && toldBy[other.rule.name]?.includes(cause) === true;
}

/** Every duty that one fault breaches, the given one first. */
export function breachedTogether(judged: Case, book: CaseBook, known: Known): string[] {
  const isBreached = (each: Case) => each !== judged && known.verdict(caseName(each))?.status === 'breached';
  const others = book.siblings(judged).filter(isBreached);
  const told = book
    .sameSubject(judged)
    .filter((each) => isBreached(each) && tellingElsewhere(each, book, known).includes(judged));
  return [judged, ...others, ...told].map(({ obligation }) => obligation.id);
}

function tellerOf(from: { obligation: Case['obligation'] | string; subject: string }): Teller {
  const { obligation, subject } = from;
  return { obligation: typeof obligation === 'string' ? obligation : obligation.id, subject };
}
