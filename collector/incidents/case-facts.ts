import { maintenanceAt } from '../config/maintenance.ts';
import { areaFacts } from '../obligations/area-case.ts';
import type { AreaSubjectFacts } from '../obligations/area-facts.ts';
import type { CaseView } from '../obligations/case-view.ts';
import { datasetFacts } from '../obligations/dataset-case.ts';
import type { DepartmentSubjectFacts, PemdaSubjectFacts } from '../obligations/register-facts.ts';
import type { PemdaRule } from '../obligations/rule.ts';
import { departmentFacts } from '../obligations/department-case.ts';
import type { CaseFacts } from '../obligations/judge-case.ts';
import { pemdaFacts } from '../obligations/pemda-case.ts';
import { siteFacts } from '../obligations/site-case.ts';
import type { IncidentView } from '../obligations/incident-view.ts';
import type { SiteSubjectFacts } from '../obligations/site-facts.ts';
import type { Case } from '../obligations/subjects.ts';
import type { VerdictRow } from '../store/rows.ts';
import { caseName } from './case-book.ts';
import { incidentViews } from './incident-views.ts';
import type { TurnDeps, TurnState } from './judge-turn.ts';

export interface FactsView {
  state: TurnState;
  deps: TurnDeps;
  nowMs: number;
  /** The newest verdict on a case, by `<obligation>|<subject>`. */
  verdict(name: string): VerdictRow | undefined;
  /** Of the sites that were looked at in this turn, `<pd>/<site>`: most have several duties. */
  sites: Map<string, SiteSubjectFacts>;
  /** The same of departments. */
  departments: Map<string, DepartmentSubjectFacts>;
  /** Read when the first rule of the turn asks for them. */
  incidents?: Promise<IncidentView[]>;
}

function incidentsOf(view: FactsView): Promise<IncidentView[]> {
  view.incidents ??= incidentViews(view.deps, view.nowMs);
  return view.incidents;
}

/** What the rule of a case is shown. */
export async function factsFor(judged: Case, view: FactsView): Promise<CaseFacts> {
  const { deps, state, nowMs } = view;
  const given = { config: deps.config, fleet: deps.fleet, nowMs, startedAtMs: deps.startedAtMs, ...registersOf(deps) };
  switch (judged.rule.subject) {
    case 'department': {
      const department = await departmentOf(judged, given, view);
      const { readsMonths, readsIncidents } = judged.rule;
      if (readsIncidents === true) {
        const incidents = (await incidentsOf(view)).filter(({ pd }) => pd === judged.pd);
        return { department: { ...department, incidents } };
      }
      if (readsMonths === undefined) return { department };
      const months = await state.linkMonths.of(judged.pd, readsMonths, { ...deps, nowMs });
      return { department: { ...department, months } };
    }
    case 'site':
      return { site: siteOf(judged, given, view.sites) };
    case 'pemda': {
      const incidents = judged.rule.readsIncidents === true ? { incidents: await incidentsOf(view) } : {};
      return { pemda: { ...pemdaFacts(given), ...(await aboutPusatData(judged.rule, view)), ...incidents } };
    }
    case 'area':
      return { area: areaFacts({ ...given, ...aboutArea(judged, view) }, judged.subject) };
    default: {
      const pd = deps.config.perangkatDaerah.find((known) => known.id === judged.pd);
      const dataset = pd?.datasets.find((known) => known.id === judged.part);
      const known = state.knownSinceMs.get(judged.subject);
      const knownSinceMs = known ?? (await deps.store.firstSeenMs('dataset', judged.subject, nowMs));
      if (known === undefined) state.knownSinceMs.set(judged.subject, knownSinceMs);
      return { dataset: datasetFacts(given, judged.pd, dataset, knownSinceMs) };
    }
  }
}

async function aboutPusatData(
  { readsPusatData }: PemdaRule,
  { state, deps, nowMs }: FactsView,
): Promise<Pick<PemdaSubjectFacts, 'pusatData'>> {
  return readsPusatData === true ? { pusatData: await state.pusatDataMonths.of({ ...deps, nowMs }) } : {};
}

function registersOf({ registers }: TurnDeps): Pick<CaseView, 'registers'> {
  return registers === undefined ? {} : { registers };
}

function siteOf({ subject, pd, part = '' }: Case, given: CaseView, known: FactsView['sites']): SiteSubjectFacts {
  const site = known.get(subject) ?? siteFacts(given, pd, part);
  known.set(subject, site);
  return site;
}

async function departmentOf({ pd }: Case, given: CaseView, view: FactsView): Promise<DepartmentSubjectFacts> {
  const department = view.departments.get(pd) ?? (await departmentFacts(given, pd, view.deps.store));
  view.departments.set(pd, department);
  return department;
}

function aboutArea(judged: Case, view: FactsView) {
  const { deps, nowMs } = view;
  return {
    wanVerdict: (site: string) => view.verdict(`${judged.obligation.id}|${site}`),
    isMaintained: (pd: string, site: string) => maintenanceAt(deps.config, { pd, site }, nowMs) !== undefined,
    ongoing: ongoingOf(judged, view),
  };
}

/** A common outage that was told goes on in its incident; one that was only found, in its verdict. */
function ongoingOf(judged: Case, { state }: FactsView): AreaSubjectFacts['ongoing'] {
  const name = caseName(judged);
  const incident = state.incidents.get(name);
  const verdict = state.verdicts.get(name);
  const breach = verdict?.status === 'breached' ? verdict : undefined;
  const cause = incident?.cause ?? breach?.reasonCode;
  // Of a Pusat Data that is cut off nothing is known about the sites.
  if (cause === undefined || judged.rule.faults?.flat().includes(cause) === true) return undefined;
  if (incident !== undefined) return { sites: incident.sites, sinceMs: incident.sinceMs };
  return breach && { sites: breach.sites ?? [], sinceMs: breach.sinceMs };
}
