import type { PantauConfig } from '../../config/schema.ts';
import { areaPrefix } from '../areas.ts';
import { regulations, regulationsOf } from '../regulations/registry.ts';
import type { Rule } from '../rule.ts';
import { ruleNamed, rules } from '../rules/registry.ts';
import { type Case, pemdaSubject } from '../subjects.ts';

/** The duty that a verdict is about, also when the configuration does not ask for it any more; undefined for no duty of ours. */
export function caseOfVerdict(
  { obligation: id, subject, pd }: { obligation: string; subject: string; pd: string },
  config: Pick<PantauConfig, 'regulations' | 'ownRegulations'>,
): Case | undefined {
  for (const regulation of [...regulationsOf(config), ...regulations]) {
    const obligation = regulation.obligations.find((each) => each.id === id);
    const rule = obligation && ruleFor(obligation.rule, subject);
    if (obligation !== undefined && rule !== undefined) {
      return { regulation, obligation, rule, pd, part: partOf(subject, pd), subject };
    }
  }
  return undefined;
}

/** The duty of a site is judged for areas, too, by another rule. */
function ruleFor(name: string, subject: string): Rule | undefined {
  if (!subject.startsWith(`${areaPrefix}/`)) return ruleNamed(name);
  return rules.find((rule) => rule.subject === 'area' && rule.of === name) ?? ruleNamed(name);
}

function partOf(subject: string, pd: string): string | undefined {
  if (subject === pemdaSubject || subject === pd) return undefined;
  return subject.startsWith(`${pd}/`) ? subject.slice(pd.length + 1) : subject;
}
