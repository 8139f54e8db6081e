import type { PantauConfig } from '../config/schema.ts';
import type { Obligation, Regulation } from './regulation.ts';
import { regulations as allRegulations } from './regulations/registry.ts';
import type { Rule } from './rule.ts';
import { ruleNamed } from './rules/registry.ts';

/** One duty of one subject: what a verdict is about. */
export interface Case {
  regulation: Regulation;
  obligation: Obligation;
  rule: Rule;
  pd: string;
  /** Id of the dataset or site; undefined for a department as a whole, or one without any. */
  part: string | undefined;
  /** `<pd>/<part>`, or `<pd>` without a part. */
  subject: string;
}

export function subjectName(pd: string, part: string | undefined): string {
  return part === undefined ? pd : `${pd}/${part}`;
}

/** Every case that a configuration asks to be judged. */
export function casesOf(config: PantauConfig): Case[] {
  const cases: Case[] = [];
  for (const regulation of allRegulations.filter((known) => config.regulations.includes(known.id))) {
    for (const obligation of regulation.obligations) {
      const rule = ruleNamed(obligation.rule);
      if (rule === undefined) continue;
      for (const pd of config.perangkatDaerah) {
        for (const part of partsOf(rule, pd)) {
          cases.push({ regulation, obligation, rule, pd: pd.id, part, subject: subjectName(pd.id, part) });
        }
      }
    }
  }
  return cases;
}

function partsOf(rule: Rule, pd: PantauConfig['perangkatDaerah'][number]): (string | undefined)[] {
  if (rule.subject === 'department') return [undefined];
  if (rule.subject === 'site') return pd.sites.map((site) => site.id);
  return pd.datasets.length === 0 ? [undefined] : pd.datasets.map((dataset) => dataset.id);
}
