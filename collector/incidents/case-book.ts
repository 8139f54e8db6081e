import type { PantauConfig } from '../config/schema.ts';
import type { TouchedFacts } from '../facts/fleet.ts';
import type { AgentFacts } from '../facts/node-facts.ts';
import { type Case, casesOf } from '../obligations/subjects.ts';

/** Which cases a change of facts concerns. */
export interface CaseBook {
  all(): readonly Case[];
  /** @param name `<obligation>|<subject>` */
  named(name: string): Case[];
  touchedBy(touched: TouchedFacts): Set<Case>;
  /** Cases that rest on an agent being heard: its site, the sites it probes, the datasets of its department. */
  ofAgent(agent: AgentFacts): Set<Case>;
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
  const bySubject = new Map<string, Case[]>();
  for (const judged of cases) {
    const key = `${judged.rule.subject}:${judged.subject}`;
    bySubject.set(key, [...(bySubject.get(key) ?? []), judged]);
  }
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
      for (const name of touched.sites) for (const judged of find('site', name)) found.add(judged);
      return found;
    },
    ofAgent({ row, links }) {
      // What a reader sees is part of what is known of every dataset.
      const isReader = row.roles.includes('vault');
      const datasets = cases.filter(
        (judged) => judged.rule.subject === 'dataset' && (isReader || judged.pd === row.pd),
      );
      const found = new Set([...datasets, ...find('site', `${row.pd}/${row.site}`)]);
      for (const link of links.values())
        for (const judged of find('site', `${link.pd}/${link.site}`)) found.add(judged);
      return found;
    },
  };
}
