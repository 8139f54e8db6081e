import type { PantauConfig } from '../config/schema.ts';
import type { TouchedFacts } from '../facts/touched-facts.ts';
import type { AgentFacts } from '../facts/node-facts.ts';
import { areasOf } from '../obligations/areas.ts';
import { type Case, casesOf, pemdaSubject } from '../obligations/subjects.ts';
import { isWan } from './held-back.ts';

/** Which cases a change of facts concerns. */
export interface CaseBook {
  all(): readonly Case[];
  /** @param name `<obligation>|<subject>` */
  named(name: string): Case[];
  touchedBy(touched: TouchedFacts): Set<Case>;
  /** Cases that rest on an agent being heard: its site, the sites it probes, the datasets of its department. */
  ofAgent(agent: AgentFacts): Set<Case>;
  /** The duties of the WAN of a site, `<pd>/<site>`. */
  wansOf(site: string): readonly Case[];
  areas(): readonly Case[];
  /** Duties whose rules are shown the incidents of a department. */
  readingIncidents(pd: string): readonly Case[];
  /** Duties with the same rule and subject, itself among them, in the order of the regulations. */
  siblings(judged: Case): readonly Case[];
  /** Every duty of the same subject. */
  sameSubject(judged: Case): readonly Case[];
  /** The same cases, and behind them the areas that any of them belongs to: those are judged by the verdicts of their sites. */
  withAreas(cases: Iterable<Case>): Case[];
}

export function caseName(judged: Case): string {
  return `${judged.obligation.id}|${judged.subject}`;
}

/** A department's register rests on what its machines tell of themselves and on what they claim. */
function departmentsOf({ departments, datasets }: TouchedFacts): Set<string> {
  return new Set([...departments, ...[...datasets].map((name) => name.slice(0, name.indexOf('/')))]);
}

export function createCaseBook(config: PantauConfig): CaseBook {
  const cases = casesOf(config);
  const byName = new Map(cases.map((judged) => [caseName(judged), judged]));
  const bySubject = Map.groupBy(cases, ({ rule, subject }) => `${rule.subject}:${subject}`);
  const readers = cases.filter(({ rule }) => 'readsIncidents' in rule && rule.readsIncidents);
  const siblings = Map.groupBy(cases, siblingKey);
  const areas = cases.filter(({ rule }) => rule.subject === 'area');
  const ofDatasets = cases.filter(({ rule }) => rule.subject === 'dataset');
  const datasetsByPd = Map.groupBy(ofDatasets, ({ pd }) => pd);
  const areasOfSite = areasBySite(config, areas);
  const find = (kind: string, subject: string) => bySubject.get(`${kind}:${subject}`) ?? [];

  return {
    all: () => cases,
    named(name) {
      const judged = byName.get(name);
      return judged === undefined ? [] : [judged];
    },
    touchedBy(touched) {
      const found = new Set<Case>();
      for (const name of touched.datasets) for (const judged of find('dataset', name)) found.add(judged);
      for (const pd of departmentsOf(touched)) for (const judged of find('department', pd)) found.add(judged);
      if (touched.pemda) for (const judged of find('pemda', pemdaSubject)) found.add(judged);
      for (const name of touched.sites) for (const judged of find('site', name)) found.add(judged);
      return found;
    },
    ofAgent({ row, links }) {
      // What a reader sees is part of what is known of every dataset.
      const isReader = row.roles.includes('vault');
      const datasets = isReader ? ofDatasets : (datasetsByPd.get(row.pd) ?? []);
      const found = new Set([...datasets, ...find('site', `${row.pd}/${row.site}`)]);
      for (const link of links.values())
        for (const judged of find('site', `${link.pd}/${link.site}`)) found.add(judged);
      return found;
    },
    wansOf: (site) => find('site', site).filter(isWan),
    areas: () => areas,
    readingIncidents: (pd) => readers.filter((judged) => judged.rule.subject === 'pemda' || judged.pd === pd),
    siblings: (judged) => siblings.get(siblingKey(judged)) ?? [],
    sameSubject: ({ rule, subject }) => find(rule.subject, subject),
    withAreas(given) {
      const own = new Set<Case>();
      const above = new Set<Case>();
      for (const judged of given) {
        if (judged.rule.subject === 'area') above.add(judged);
        else own.add(judged);
        if (!isWan(judged)) continue;
        for (const area of areasOfSite.get(judged.subject) ?? []) above.add(area);
      }
      return [...own, ...above];
    },
  };
}

function siblingKey({ rule, subject }: Case): string {
  return `${rule.name} ${subject}`;
}

function areasBySite(config: PantauConfig, cases: readonly Case[]): Map<string, Case[]> {
  const bySite = new Map<string, Case[]>();
  for (const { name, sites } of areasOf(config)) {
    const own = cases.filter(({ subject }) => subject === name);
    for (const { pd, site } of sites) bySite.set(`${pd}/${site}`, [...(bySite.get(`${pd}/${site}`) ?? []), ...own]);
  }
  return bySite;
}
