import type { PantauConfig } from '../../config/schema.ts';
import { explainVerdict } from '../../obligations/explain.ts';
import type { Citation, Obligation, Regulation } from '../../obligations/regulation.ts';
import { regulations } from '../../obligations/regulations/registry.ts';
import type { Rule } from '../../obligations/rule.ts';
import { ruleNamed, rules } from '../../obligations/rules/registry.ts';
import type { VerdictFigures } from './figures.ts';
import type { Scribe } from './scribe.ts';

/** A duty with the regulation that it stands in, and the rule that judges a subject of it. */
export interface Duty {
  regulation: Regulation;
  obligation: Obligation;
  rule: Rule | undefined;
}

type Duties = ReadonlyMap<string, Pick<Duty, 'regulation' | 'obligation'>>;

/** A configuration is replaced, never changed. */
const known = new WeakMap<object, Duties>();

/** By the built-in regulations and the Pemda's own, also those that are not asked for any more. */
function dutiesOf(config: Pick<PantauConfig, 'ownRegulations'>): Duties {
  const before = known.get(config);
  if (before !== undefined) return before;
  const all = [...regulations, ...(config.ownRegulations ?? [])];
  const duties = new Map(
    all.flatMap((regulation) =>
      regulation.obligations.map((obligation) => [obligation.id, { regulation, obligation }]),
    ),
  );
  known.set(config, duties);
  return duties;
}

/** @returns undefined for a duty that no regulation has any more. */
export function dutyOf(
  { obligation: id, subject }: Pick<VerdictFigures, 'obligation' | 'subject'>,
  config: Pick<PantauConfig, 'ownRegulations'>,
): Duty | undefined {
  const found = dutiesOf(config).get(id);
  if (found === undefined) return undefined;
  const isArea = subject.startsWith('wilayah/');
  const areaRule = rules.find((rule) => rule.subject === 'area' && rule.of === found.obligation.rule);
  return { ...found, rule: isArea ? areaRule : ruleNamed(found.obligation.rule) };
}

/** `Pasal 19 ayat (1) huruf a`, as the regulations cite themselves. */
export function citationWords({ pasal, ayat, huruf, angka }: Citation): string {
  const parts = [
    `Pasal ${pasal}`,
    ayat === undefined ? '' : `ayat (${ayat})`,
    huruf === undefined ? '' : `huruf ${huruf}`,
    angka === undefined ? '' : `angka ${angka}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

export function lawWords(duty: Duty | undefined): string {
  return duty === undefined ? '' : `${citationWords(duty.obligation.citation)} ${duty.regulation.shortTitle}`;
}

/** The reason of a verdict as a sentence. */
export function reasonWords(verdict: VerdictFigures, duty: Duty | undefined, { language, timezone }: Scribe): string {
  return duty?.rule === undefined ? verdict.reasonCode : explainVerdict(verdict, duty.rule, { language, timezone });
}
