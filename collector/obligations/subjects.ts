import type { PantauConfig } from '../config/schema.ts';
import { judgedAreas } from './areas.ts';
import { paramsOf } from './params-of.ts';
import type { Obligation, Regulation } from './regulation.ts';
import { regulationsOf } from './regulations/registry.ts';
import type { AreaRule, Rule } from './rule.ts';
import { ruleNamed, rules } from './rules/registry.ts';

/** One duty of one subject: what a verdict is about. */
export interface Case {
  regulation: Regulation;
  obligation: Obligation;
  rule: Rule;
  pd: string;
  /** Id of the dataset or site, or `wilayah/<area>`; undefined for a department as a whole, or one without any. */
  part: string | undefined;
  /** `<pd>/<part>`, `<pd>` without a part, `pemda`, or the area. */
  subject: string;
}

/** What concerns the Pemda as a whole; no department may be called so. */
export const pemdaSubject = 'pemda';

export function subjectName(pd: string, part: string | undefined): string {
  return part === undefined ? pd : `${pd}/${part}`;
}

/** Every case that a configuration asks to be judged, in the order in which it names the regulations. */
export function casesOf(config: PantauConfig): Case[] {
  const cases: Case[] = [];
  for (const regulation of regulationsOf(config)) {
    for (const obligation of regulation.obligations) {
      const rule = ruleNamed(obligation.rule);
      if (rule === undefined) continue;
      if (rule.subject === 'pemda') {
        const { pd } = config.pemda.diskominfo;
        cases.push({ regulation, obligation, rule, pd, part: undefined, subject: pemdaSubject });
        continue;
      }
      for (const pd of config.perangkatDaerah) {
        for (const part of partsOf(rule, pd)) {
          cases.push({ regulation, obligation, rule, pd: pd.id, part, subject: subjectName(pd.id, part) });
        }
      }
      for (const areaRule of areaRules.filter(({ of }) => of === rule.name)) {
        cases.push(...areaCases(areaRule, { regulation, obligation }, config));
      }
    }
  }
  return cases;
}

const areaRules = rules.filter((rule): rule is AreaRule => rule.subject === 'area');

/** What many sites have in common is Diskominfo's, who must act for all of them. */
function areaCases(rule: AreaRule, duty: Pick<Case, 'regulation' | 'obligation'>, config: PantauConfig): Case[] {
  const { areaSites } = paramsOf(rule, duty.obligation, config);
  const { pd } = config.pemda.diskominfo;
  return judgedAreas(config, Number(areaSites)).map(({ name }) => ({ ...duty, rule, pd, part: name, subject: name }));
}

function partsOf(rule: Rule, pd: PantauConfig['perangkatDaerah'][number]): (string | undefined)[] {
  if (rule.subject === 'area' || rule.subject === 'pemda') return [];
  if (rule.subject === 'department') return [undefined];
  if (rule.subject === 'site') return pd.sites.map((site) => site.id);
  return pd.datasets.length === 0 ? [undefined] : pd.datasets.map((dataset) => dataset.id);
}
